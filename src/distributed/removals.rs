//! Finds what can be removed of some articles.

use super::part::Part;
use crate::article::ArticleId;
use crate::dedup::divided::{
    CoveredArticle, SiteLine, covered_articles_of_part, runs_of_masked_text, runs_of_text, short_line_hashes,
};
use crate::detect::Findings;
use crate::settings::Settings;

/// Finds the articles of a part whose words are in articles that stay. `findings` are those of the part, to which all
/// matches belong, not only those that join clusters. `lines` are the lines of the sites of its articles that are around
/// enough stories of the collection.
pub fn covered_articles(findings: &Findings, lines: &[SiteLine<'_>]) -> Vec<CoveredArticle> {
    let settings = findings.settings();
    covered_articles_of_part(
        (findings.corpus(), findings.identical()),
        findings.matches(),
        findings.clusters(),
        &findings.verifier(),
        (settings.dedup_rule(), &settings.preference),
        lines,
    )
}

impl Part {
    /// Returns the hash of each short line of an article.
    pub fn short_lines(&self, id: ArticleId) -> Vec<u64> {
        short_line_hashes(self.corpus(), id)
    }

    /// Returns the hashes of the runs of words of an article's masked text that have to be in an article that stays.
    pub fn masked_runs(&self, id: ArticleId, settings: &Settings) -> Vec<u64> {
        runs_of_masked_text(self.corpus(), id, settings.dedup_rule())
    }

    /// Returns the hashes of the runs of words of an article, masked or not.
    pub fn runs(&self, id: ArticleId, settings: &Settings) -> Vec<u64> {
        runs_of_text(self.corpus(), id, settings.dedup_rule())
    }
}
