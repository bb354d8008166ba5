//! Articles and their sketches in, the pile as it is compared out: folded, masked, with its candidates.

use super::candidates::candidates;
use super::masking::mask_boilerplate;
use super::signed::{Signed, sign};
use super::sketches::{Sketchbook, Sketcher};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::error::Error;
use crate::index::Pair;
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::sketch::ValueFilter;
use crate::store::Budget;
use crate::store::{StoreWriter, give_memory_back};

/// Articles that are ready to be compared.
#[derive(Debug)]
pub(super) struct Pile {
    pub(super) settings: Settings,
    /// The least score that may make a match.
    pub(super) lowest: f64,
    pub(super) corpus: Corpus,
    pub(super) copies: IdenticalArticles,
    pub(super) sources: Vec<SourceSummary>,
    /// The first of each set of identical articles.
    pub(super) leaders: Vec<ArticleId>,
    pub(super) signed: Signed,
    /// The pairs that are worth verifying.
    pub(super) pairs: Vec<Pair>,
    /// How many different articles are masked.
    pub(super) masked: usize,
    pub(super) budget: Budget,
}

impl Pile {
    /// Folds identical articles, masks, signs what is left, and finds candidates.
    ///
    /// # Errors
    /// What does not fit into memory cannot be kept.
    pub(super) fn new(
        settings: Settings,
        lowest: f64,
        mut corpus: Corpus,
        book: Sketchbook,
        sources: Vec<SourceSummary>,
        budget: Budget,
    ) -> Result<Self, Error> {
        let Folded { copies, leaders, masked, shared } =
            fold_and_mask(&mut corpus, &book, &settings, budget)?;
        drop(book);
        give_memory_back();
        let (signed, posted) = sign(&corpus, &leaders, shared.as_ref(), &settings, budget)?;
        let pairs = candidates(&corpus, &signed, posted, &settings, lowest, budget)?;
        give_memory_back();
        Ok(Self { settings, lowest, corpus, copies, sources, leaders, signed, pairs, masked, budget })
    }

    /// Gives back the memory of the signatures.
    pub(super) fn without_signatures(self) -> Self {
        Self { signed: Signed::default(), ..self }
    }

    /// Compares the same articles by other settings, without reading them again.
    ///
    /// # Errors
    /// What does not fit into memory cannot be kept.
    pub(super) fn again(mut self, settings: Settings) -> Result<Self, Error> {
        self.corpus.unmask();
        let store = StoreWriter::new(&settings.temp_folder(), settings.reserve());
        let book = Sketchbook::of_all(&self.corpus, &Sketcher::new(&settings), store, self.budget)?;
        Self::new(settings, self.lowest, self.corpus, book, self.sources, self.budget)
    }
}

/// What folding and masking leaves to be compared.
pub(super) struct Folded {
    copies: IdenticalArticles,
    leaders: Vec<ArticleId>,
    /// How many different articles are masked.
    masked: usize,
    /// The fingerprints that several of them have, where that was asked.
    shared: Option<ValueFilter>,
}

/// Marks junk, folds identical articles into one, and masks what sites repeat.
///
/// # Errors
/// What is left of masked articles cannot be kept.
pub(super) fn fold_and_mask(
    corpus: &mut Corpus,
    book: &Sketchbook,
    settings: &Settings,
    budget: Budget,
) -> Result<Folded, Error> {
    let mut copies = IdenticalArticles::new(corpus, None);
    corpus.mark_junk(&copies);
    if let Some(within) = settings.within {
        copies = IdenticalArticles::new(corpus, Some(within));
    }
    let leaders = copies.leaders();
    let (masked, shared) = match settings.boilerplate {
        true => {
            let (masked, shared) = mask_boilerplate(corpus, &copies, &leaders, book, settings, budget)?;
            (masked, Some(shared))
        }
        false => (0, None),
    };
    Ok(Folded { copies, leaders, masked, shared })
}
