//! The articles that were taken in, before they are compared. Remembered ones may be added to them.

use std::collections::BTreeSet;

use super::counts::Counts;
use super::findings::Findings;
use super::freed_memory::return_freed_memory_after;
use super::prepared::Prepared;
use super::verification::verify;
use super::what_was_read::WhatWasRead;
use crate::article::ArticleId;
use crate::boilerplate::Templates;
use crate::cluster::cluster;
use crate::corpus::{Corpus, Identity, Segment, SegmentStore, StoredSegment};
use crate::error::Error;
use crate::index::{ArticleFingerprints, Fingerprints, Scratch, Sketcher, StoredFingerprints};
use crate::progress::{Progress, Stage, check_cancelled};
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::sketch::Fingerprint;
use crate::store::{Budget, Store};
use crate::verify::Verifier;

/// All articles that were taken in, in segments, and their fingerprints.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(super) settings: Settings,
    pub(super) segments: Vec<StoredSegment>,
    pub(super) store: SegmentStore,
    pub(super) fingerprints: Vec<StoredFingerprints>,
    pub(super) fingerprint_store: Store,
    pub(super) collections: BTreeSet<String>,
    pub(super) budget: Budget,
}

impl Taken {
    /// Returns the settings of the run.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Masks by further templates, too, which come before those of the settings.
    pub(crate) fn add_templates(&mut self, templates: &Templates) {
        self.settings.templates = templates.with(&self.settings.templates);
    }

    /// Calls `visit` with what identifies each article, and with its fingerprints, in the order of reading.
    pub(crate) fn for_each(&self, mut visit: impl FnMut(Identity, &[Fingerprint])) {
        let mut buffer = Vec::new();
        for (segment, fingerprints) in self.segments.iter().zip(&self.fingerprints) {
            for index in 0..segment.len() {
                let fingerprints = fingerprints.read(index, &self.fingerprint_store, &mut buffer);
                visit(segment.identity(index, &self.store), fingerprints);
            }
        }
    }

    /// Adds articles that are kept in memory, with their fingerprints.
    pub(crate) fn add(&mut self, articles: Segment, fingerprints: Fingerprints) {
        self.fingerprints.push(fingerprints.hold());
        self.segments.push(articles.hold());
    }

    /// Finds what the articles share.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn find(self, read: WhatWasRead, progress: &dyn Progress) -> Result<Findings, Error> {
        let WhatWasRead { sources, references, suspects, invalid } = read;
        let lowest_score = self.settings.threshold;
        let Prepared {
            settings,
            mut corpus,
            identical,
            sources,
            pairs,
            masked,
            printed_elsewhere,
            storage,
            ..
        } = self.prepare(lowest_score, sources, progress)?.without_signatures();
        let copies = identical.sets().map(<[ArticleId]>::len).sum();
        Budget::check_articles(settings.memory_for_articles(), corpus.len(), copies)?;
        let budget = storage.budget;
        progress.stage(Stage::Verifying, Some(pairs.len() as u64));
        let candidates = pairs.len();
        corpus.load_tokens(budget.tokens_to_verify(candidates));
        let verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule());
        check_cancelled(progress)?;
        let matches = verify(&corpus, &verifier, pairs, progress, &storage)?;
        check_cancelled(progress)?;
        let counted = verifier.distinct_shingles();
        corpus.unload_tokens_to(budget.tokens_to_cluster(matches.len()));
        return_freed_memory_after(&corpus);
        progress.stage(Stage::Clustering, None);
        let verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule())
            .with_distinct_shingles(counted);
        let rule = settings.cluster_rule();
        let clusters =
            cluster(&corpus, &identical, &matches, &verifier, rule, &settings.preference, &storage)?;
        return_freed_memory_after(&corpus);
        let counts = Counts::new(&settings, &corpus, &identical, masked, candidates, matches.len());
        Ok(Findings {
            settings,
            corpus,
            identical,
            matches,
            clusters,
            printed_elsewhere,
            counts,
            sources,
            references,
            suspects,
            invalid,
        })
    }

    /// Prepares the articles, and finds candidates for matches with a score of at least `lowest_score`.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(super) fn prepare(
        self,
        lowest_score: f64,
        sources: Vec<SourceSummary>,
        progress: &dyn Progress,
    ) -> Result<Prepared, Error> {
        progress.stage(Stage::Sorting, None);
        let (settings, corpus, fingerprints, budget) = self.into_corpus();
        Prepared::new(settings, lowest_score, corpus, fingerprints, sources, budget, progress)
    }

    /// Returns the articles as a corpus, their fingerprints, and the memory budget of what follows.
    pub(super) fn into_corpus(self) -> (Settings, Corpus, ArticleFingerprints, Budget) {
        let mut corpus = Corpus::from_stored(self.segments, self.store);
        corpus.set_collections(self.collections);
        let fingerprints = ArticleFingerprints::new(self.fingerprints, self.fingerprint_store);
        (self.settings, corpus, fingerprints, self.budget)
    }
}

/// Returns the fingerprints of the articles of a segment.
pub(crate) fn fingerprints_of_segment(sketcher: &Sketcher, articles: &Segment) -> Fingerprints {
    let (mut scratch, mut out) = (Scratch::default(), Fingerprints::default());
    for index in 0..articles.len() {
        sketcher.fingerprint(articles.tokens(index), &mut scratch, &mut out);
    }
    out
}
