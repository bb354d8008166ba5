//! The findings of a run.

use rayon::prelude::*;

use super::counts::Counts;
use crate::article::ArticleId;
use crate::cluster::{Cluster, Clusters, StoryId, cluster};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::dedup::{self, Deduplication, KnownArticle, Removal, dedup};
use crate::read::{SourceSummary, SuspectTexts};
use crate::settings::Settings;
use crate::store::Storage;
use crate::verify::{Matches, Verifier};

/// The result of a run: the articles, the identical ones among them, and all matches.
#[derive(Debug)]
pub struct Findings {
    pub(super) settings: Settings,
    pub(super) corpus: Corpus,
    pub(super) identical: IdenticalArticles,
    pub(super) matches: Matches,
    pub(super) clusters: Clusters,
    pub(super) printed_elsewhere: Vec<(ArticleId, ArticleId)>,
    pub(super) counts: Counts,
    pub(super) sources: Vec<SourceSummary>,
    pub(super) references: Vec<SourceSummary>,
    pub(super) suspects: SuspectTexts,
    pub(super) invalid: Vec<u64>,
}

impl Findings {
    /// Finds the clusters of matches between the articles of a part of a collection, which chains of matches do not leave.
    pub(crate) fn of_part(settings: Settings, corpus: Corpus, matches: Matches) -> Self {
        let identical = IdenticalArticles::new(&corpus, settings.within);
        let verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule());
        let rule = settings.cluster_rule();
        let storage = Storage::in_memory();
        let clusters =
            cluster(&corpus, &identical, &matches, &verifier, rule, &settings.preference, &storage)
                .expect("a store in memory needs no file");
        let counts = Counts::new(&settings, &corpus, &identical, 0, 0, matches.len());
        Self {
            settings,
            corpus,
            identical,
            matches,
            clusters,
            printed_elsewhere: Vec::new(),
            counts,
            sources: Vec::new(),
            references: Vec::new(),
            suspects: SuspectTexts::default(),
            invalid: Vec::new(),
        }
    }

    /// Returns the settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns the key of an article.
    pub fn key(&self, id: ArticleId) -> &str {
        self.corpus.key(id)
    }

    /// Returns the text of an article, if texts are kept (the setting `keep_texts`).
    pub fn text(&self, id: ArticleId) -> Option<&str> {
        self.corpus.text(id)
    }

    /// Returns the sets of identical articles.
    pub fn identical(&self) -> &IdenticalArticles {
        &self.identical
    }

    /// Returns the matches between articles that are not identical, by their smaller article. Of identical articles
    /// only the first is matched with others.
    pub fn matches(&self) -> &Matches {
        &self.matches
    }

    /// Returns the clusters, largest first, those of one story after the largest of them; clusters of junk come last.
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// Returns, for each long text that is masked as boilerplate of a site although an article of another site, which does
    /// not repeat it, has it: an article of which it is masked, and that article. It may be a story that a site prints
    /// beside other text on several pages.
    pub fn printed_elsewhere(&self) -> &[(ArticleId, ArticleId)] {
        &self.printed_elsewhere
    }

    /// Changes the ids of stories.
    pub(crate) fn rename_stories(&mut self, id: impl Fn(StoryId) -> StoryId) {
        self.clusters.rename_stories(id);
    }

    /// Drops the clusters for which `is_kept` is false.
    pub(crate) fn retain_clusters(&mut self, is_kept: impl Fn(&Corpus, &Cluster) -> bool) {
        let Self { corpus, clusters, .. } = self;
        clusters.retain(|cluster| is_kept(corpus, cluster));
    }

    /// Sets new articles that are never removed, since an earlier run kept them.
    pub(crate) fn set_staying(&mut self, ids: &[ArticleId]) {
        self.corpus.set_staying(ids);
    }

    /// Returns the articles that can be removed because all that they say is in articles that stay, by number.
    pub fn removals(&self) -> Vec<Removal> {
        self.deduplication().removals
    }

    /// Returns the articles that can be removed, and those that stay because of what is not in their texts.
    pub fn deduplication(&self) -> Deduplication {
        let Self { settings, corpus, identical, matches, clusters, .. } = self;
        dedup(
            corpus,
            identical,
            matches,
            clusters,
            &self.verifier(),
            settings.dedup_rule(),
            &settings.preference,
        )
    }

    /// Returns the articles that are in the reference collection already, by number.
    pub fn known(&self) -> Vec<KnownArticle> {
        dedup::known(&self.corpus, &self.identical, &self.settings.preference)
    }

    /// Returns a verifier of the articles, by the settings of the run.
    pub(crate) fn verifier(&self) -> Verifier<'_> {
        Verifier::new(&self.corpus, self.settings.align_rule(), self.settings.judge_rule())
    }

    /// Returns the number of articles, candidates, matches and so on.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Returns the inputs that were read, in reading order, without those of the reference collection.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.sources
    }

    /// Returns the inputs of the reference collection, in reading order.
    pub fn references(&self) -> &[SourceSummary] {
        &self.references
    }

    /// Returns the numbers of texts that are probably stored wrongly, also of the reference collection.
    pub fn suspect_texts(&self) -> &SuspectTexts {
        &self.suspects
    }

    /// Returns the article of each record that was read, in reading order; nothing for a record that could not be
    /// parsed. Records of the reference collection are left out.
    pub fn records(&self) -> Vec<Option<ArticleId>> {
        let mut ids: Vec<ArticleId> = self.corpus.ids().filter(|&id| !self.corpus.is_reference(id)).collect();
        ids.par_sort_unstable_by_key(|&id| self.corpus.segment_and_row(id));
        let mut records = Vec::with_capacity(ids.len() + self.invalid.len());
        let mut invalid = self.invalid.iter().peekable();
        for id in ids {
            while invalid.next_if(|&&number| number == records.len() as u64).is_some() {
                records.push(None);
            }
            records.push(Some(id));
        }
        records.extend(invalid.map(|_| None));
        records
    }
}
