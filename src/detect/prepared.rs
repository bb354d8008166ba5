//! Prepares articles for comparison: folds identical ones, masks boilerplate, indexes the cores, and finds candidates.

use super::freed_memory::return_freed_memory_after;
use super::masking::{Masked, mask_boilerplate};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::error::Error;
use crate::index::{ArticleFingerprints, Pair, Signatures, Sketcher, candidates, sign};
use crate::progress::{Progress, Stage, check_cancelled};
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::store::{Budget, Storage};

/// Articles that are ready to be compared.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) settings: Settings,
    /// The lowest score of a match that the candidates are for.
    pub(crate) lowest_score: f64,
    pub(crate) corpus: Corpus,
    pub(crate) identical: IdenticalArticles,
    pub(crate) sources: Vec<SourceSummary>,
    /// The first article of each set of identical articles.
    pub(crate) leaders: Vec<ArticleId>,
    pub(crate) signatures: Signatures,
    /// The candidates, ascending.
    pub(crate) pairs: Vec<Pair>,
    /// The number of leaders of which something is masked.
    pub(crate) masked: usize,
    /// The texts that are masked though another site prints them in an article (see [`Masked`]).
    pub(crate) printed_elsewhere: Vec<(ArticleId, ArticleId)>,
    pub(crate) storage: Storage,
}

impl Prepared {
    /// Prepares the articles of a corpus.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn new(
        settings: Settings,
        lowest_score: f64,
        mut corpus: Corpus,
        fingerprints: ArticleFingerprints,
        sources: Vec<SourceSummary>,
        budget: Budget,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let storage = settings.storage(budget);
        progress.stage(Stage::Masking, None);
        check_cancelled(progress)?;
        let Folded { identical, leaders, masked: Masked { leaders: masked, printed_elsewhere, shared } } =
            fold_and_mask(&mut corpus, &fingerprints, &settings, &storage)?;
        drop(fingerprints);
        return_freed_memory_after(&corpus);
        check_cancelled(progress)?;
        progress.stage(Stage::Indexing, None);
        let rule = settings.index_rule_for(lowest_score);
        let (signatures, postings) = sign(&corpus, &leaders, shared, &rule, &storage)?;
        check_cancelled(progress)?;
        let pairs = candidates(&corpus, &signatures, postings, &rule, &storage)?;
        return_freed_memory_after(&corpus);
        Ok(Self {
            settings,
            lowest_score,
            corpus,
            identical,
            sources,
            leaders,
            signatures,
            pairs,
            masked,
            printed_elsewhere,
            storage,
        })
    }

    /// Frees the memory of the signatures.
    pub(super) fn without_signatures(self) -> Self {
        Self { signatures: Signatures::default(), ..self }
    }

    /// Prepares the same articles by other settings, without reading them again.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn again(mut self, settings: Settings, progress: &dyn Progress) -> Result<Self, Error> {
        self.corpus.unmask();
        let sketcher = Sketcher::new(&settings.index_rule());
        let fingerprints = ArticleFingerprints::of_all(&self.corpus, &sketcher, &self.storage)?;
        let (lowest_score, budget) = (self.lowest_score, self.storage.budget);
        Self::new(settings, lowest_score, self.corpus, fingerprints, self.sources, budget, progress)
    }
}

/// The result of folding identical articles and masking boilerplate.
pub(super) struct Folded {
    identical: IdenticalArticles,
    leaders: Vec<ArticleId>,
    masked: Masked,
}

/// Marks junk, folds identical articles into one, and masks what sites repeat.
///
/// # Errors
/// [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(super) fn fold_and_mask(
    corpus: &mut Corpus,
    fingerprints: &ArticleFingerprints,
    settings: &Settings,
    storage: &Storage,
) -> Result<Folded, Error> {
    let (identical, leaders) = fold(corpus, settings);
    let masked = match settings.boilerplate {
        true => mask_boilerplate(corpus, &identical, &leaders, fingerprints, settings, storage)?,
        false => Masked::default(),
    };
    Ok(Folded { identical, leaders, masked })
}

/// Marks junk, and folds identical articles into one. Returns the sets of identical articles, and their leaders.
pub(super) fn fold(corpus: &mut Corpus, settings: &Settings) -> (IdenticalArticles, Vec<ArticleId>) {
    let mut identical = IdenticalArticles::new(corpus, None);
    corpus.mark_junk(&identical);
    if let Some(within) = settings.within {
        identical = IdenticalArticles::new(corpus, Some(within));
    }
    let leaders = identical.leaders();
    (identical, leaders)
}
