//! Who reprints whom: stories by the outlets that print them, pairs of outlets, outlets, and agencies with their
//! outlets.
//!
//! Input: clusters. A story is printed by an outlet if one of the outlet's articles is in one of the story's clusters;
//! it counts once for the outlet, whatever the number of the articles. Who had a text first follows from the dates of
//! the collection and from what articles say about their source, so it is evidence, not proof: the first outlet may be
//! missing in the collection, and dates of scrapes are not those of publication.
//!
//! Cost: linear in the members of the clusters, and in the number of articles.

mod agency_sites;
mod counts;
mod lag;
mod printed_story;
mod printing;
mod site_pairs;
mod sites;
mod stories;

use serde::Serialize;

pub use self::agency_sites::AgencySiteRecord;
pub use self::counts::ReprintCounts;
pub use self::site_pairs::SitePairRecord;
pub use self::sites::SiteRecord;
pub use self::stories::StoryRecord;

use self::agency_sites::agency_sites;
use self::printed_story::PrintedStory;
use self::site_pairs::site_pairs;
use self::sites::sites;
use crate::cluster::{Clusters, ListedClusters};
use crate::corpus::Corpus;
use crate::detect::Findings;

/// Who reprints whom.
#[derive(Clone, Debug, Serialize)]
pub struct ReprintReport<'a> {
    /// Totals.
    pub counts: ReprintCounts,
    /// The stories that several outlets print, those of the most outlets first.
    pub stories: Vec<StoryRecord<'a>>,
    /// The pairs of outlets that print the same stories, those with the most stories of their own first.
    pub site_pairs: Vec<SitePairRecord<'a>>,
    /// The outlets that print such stories, those with the most stories first.
    pub sites: Vec<SiteRecord<'a>>,
    /// The outlets that print stories of an agency, by agency; the agency with the most stories first.
    pub agencies: Vec<AgencySiteRecord<'a>>,
}

impl<'a> ReprintReport<'a> {
    /// Creates the report of clusters. Stories of fewer than `least_sites` outlets are left out; those of one outlet always are.
    /// Clusters of junk are left out.
    pub fn new(corpus: &'a Corpus, clusters: &Clusters, least_sites: usize) -> Self {
        // A cluster of junk is a story of its own.
        let listed = ListedClusters::all(clusters);
        let of_articles = listed.stories().filter(|story| !story[0].is_junk(corpus));
        let all: Vec<PrintedStory<'_>> = of_articles.map(|story| PrintedStory::new(corpus, &story)).collect();
        let found = all.len();
        let is_reported = |story: &PrintedStory<'_>| story.printings.len() >= least_sites.max(2);
        let reported: Vec<PrintedStory<'_>> = all.into_iter().filter(is_reported).collect();
        let mut stories: Vec<StoryRecord<'_>> =
            reported.iter().map(|story| StoryRecord::new(corpus, story)).collect();
        stories.sort_by(StoryRecord::by_reach);
        Self {
            counts: ReprintCounts::new(corpus, &reported, found),
            stories,
            site_pairs: site_pairs(corpus, &reported),
            sites: sites(corpus, &reported),
            agencies: agency_sites(&reported),
        }
    }

    /// Leaves only the first `top` rows of each table.
    pub fn truncate(&mut self, top: usize) {
        self.stories.truncate(top);
        self.site_pairs.truncate(top);
        self.sites.truncate(top);
        self.agencies.truncate(top);
    }
}

impl Findings {
    /// Returns who reprints whom: stories, pairs of outlets, outlets and agencies, of all stories that at least two
    /// outlets print.
    pub fn reprint_report(&self) -> ReprintReport<'_> {
        ReprintReport::new(self.corpus(), self.clusters(), 2)
    }
}

#[cfg(test)]
mod tests;
