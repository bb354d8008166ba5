//! What a run found: corpus, matches and clusters in, whatever is asked about them out.

use rayon::prelude::*;

use super::Counts;
use crate::article::ArticleId;
use crate::cluster::Cluster;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::dedup::{Removal, dedup};
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::verify::{Matches, Verifier};

/// What the articles of a run share.
#[derive(Debug)]
pub struct Findings {
    pub(super) settings: Settings,
    pub(super) corpus: Corpus,
    pub(super) copies: IdenticalArticles,
    pub(super) matches: Matches,
    pub(super) clusters: Vec<Cluster>,
    pub(super) counts: Counts,
    pub(super) sources: Vec<SourceSummary>,
    pub(super) references: Vec<SourceSummary>,
    pub(super) invalid: Vec<u64>,
}

impl Findings {
    /// Gives the settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Gives the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Tells which articles are identical.
    pub fn copies(&self) -> &IdenticalArticles {
        &self.copies
    }

    /// Gives the matches between articles that are not identical, by their smaller article. Of identical articles
    /// only the first is matched with others.
    pub fn matches(&self) -> &Matches {
        &self.matches
    }

    /// Gives the clusters, largest first, those of junk behind all others.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// Finds the articles that may go, because what they say stands in others that stay; by number.
    pub fn removals(&self) -> Vec<Removal> {
        let Self { settings, corpus, copies, matches, clusters, .. } = self;
        let verifier = Verifier::new(corpus, settings.align_rule(), settings.judge_rule());
        dedup(corpus, copies, matches, clusters, &verifier, settings.dedup_rule(), &settings.preference)
    }

    /// Tells how much of what was seen.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Tells what was read, in reading order, the reference pile apart.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.sources
    }

    /// Tells what was read of the reference pile, in reading order.
    pub fn references(&self) -> &[SourceSummary] {
        &self.references
    }

    /// Tells what became of each record that a reader handed out, in reading order, the reference pile apart: its
    /// article, or nothing where it could not be parsed.
    pub fn records(&self) -> Vec<Option<ArticleId>> {
        let mut ids: Vec<ArticleId> = self.corpus.ids().filter(|&id| !self.corpus.is_reference(id)).collect();
        ids.par_sort_unstable_by_key(|&id| self.corpus.place_in_parts(id));
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
