//! Articles and their sketches in, the pile as it is compared out: folded, masked, with its candidates.

use super::candidates::candidates;
use super::masking::mask_boilerplate;
use super::sketches::{Sketchbook, Sketcher};
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::{Copies, Corpus};
use crate::index::Pair;
use crate::read::SourceSummary;

/// Memory that fingerprints may take at a time while they are sorted for masking.
const SLICE_BYTES: usize = 64 << 20;

/// Articles that are ready to be compared.
#[derive(Debug)]
pub(super) struct Pile {
    pub(super) settings: Settings,
    pub(super) corpus: Corpus,
    pub(super) copies: Copies,
    pub(super) sources: Vec<SourceSummary>,
    /// The first of each set of identical articles.
    pub(super) leaders: Vec<ArticleId>,
    pub(super) book: Sketchbook,
    /// The pairs that are worth verifying.
    pub(super) pairs: Vec<Pair>,
    /// How many different articles are masked.
    pub(super) masked: usize,
}

impl Pile {
    /// Folds identical articles, masks, sketches again what was masked, and finds candidates.
    pub(super) fn new(
        settings: Settings,
        mut corpus: Corpus,
        mut book: Sketchbook,
        sources: Vec<SourceSummary>,
    ) -> Self {
        let Folded { copies, leaders, masked } = fold_and_mask(&mut corpus, &mut book, &settings);
        let pairs = candidates(&corpus, &leaders, &book, &settings);
        Self { settings, corpus, copies, sources, leaders, book, pairs, masked }
    }

    /// Gives back the memory of the sketches.
    pub(super) fn without_sketches(self) -> Self {
        Self { book: Sketchbook::default(), ..self }
    }

    /// Compares the same articles by other settings, without reading them again.
    pub(super) fn again(mut self, settings: Settings) -> Self {
        self.corpus.unmask();
        let book = Sketchbook::of_all(&self.corpus, &Sketcher::new(&settings));
        Self::new(settings, self.corpus, book, self.sources)
    }
}

/// What folding and masking leaves to be compared.
pub(super) struct Folded {
    copies: Copies,
    leaders: Vec<ArticleId>,
    /// How many different articles are masked.
    masked: usize,
}

/// Marks junk, folds identical articles into one, masks what sites repeat, and sketches again what was masked.
pub(super) fn fold_and_mask(corpus: &mut Corpus, book: &mut Sketchbook, settings: &Settings) -> Folded {
    let mut copies = Copies::new(corpus, None);
    corpus.mark_junk(&copies);
    if let Some(within) = settings.within {
        copies = Copies::new(corpus, Some(within));
    }
    let leaders = copies.leaders();
    let mut masked = 0;
    if settings.boilerplate {
        let (rule, shortest) = (settings.boilerplate_rule(), settings.shortest_article());
        let ids = mask_boilerplate(corpus, &copies, &leaders, book, rule, shortest, SLICE_BYTES);
        book.renew(corpus, &Sketcher::new(settings), &ids);
        masked = ids.len();
    }
    Folded { copies, leaders, masked }
}
