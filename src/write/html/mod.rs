//! Writes results as HTML pages for people. A page needs no network, and no text of an article can run a script in
//! it.
//!
//! A page for review has thousands of clusters, so it has to open fast. At first it shows only a heading for each
//! cluster. The members of a cluster are in a `<noscript>` element: a browser that runs scripts keeps its content
//! as one string until the cluster is opened, and a browser that does not run scripts shows it. The text of each
//! article is in the page once, as inert data, after the script: the list can be used while a browser still reads the
//! texts. The script cuts and marks a text when a member is opened.
//!
//! Invariants: a page is written as a stream, one entry or text at a time; pairs are sorted before.
//! Cost: one verification for each member of a cluster, to find the words of its passage that differ; about 1 kB of
//! page for each entry and each member, in addition to the texts.

mod article_row;
mod cluster_entry;
mod headline;
mod labeling_page;
mod marks_legend;
mod overview;
mod page;
mod page_data;
mod pair_entry;
mod region_bar;
mod review_page;
mod text_view;
mod timeline;
mod untrusted;

pub(in crate::write) use self::labeling_page::{LabelingPair, write_labeling_page};
pub(in crate::write) use self::page::Page;
pub(in crate::write) use self::timeline::timeline;
pub(in crate::write) use self::untrusted::{isolated, safe};

use std::io::{self, Write};

use maud::html;

use self::overview::Overview;
use self::page_data::PageData;
use self::review_page::{CLUSTERS, PAIRS};
use super::report_format::ReportFormat;
use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::report::Matcher;
use crate::verify::Match;

/// Writes a page on which results are reviewed in a browser. The texts must have been kept (the setting
/// `keep_texts`) for passages to be shown.
#[derive(Clone, Debug)]
pub struct Html<'a> {
    /// Returns what members and representatives share.
    matcher: Matcher<'a>,
}

impl<'a> Html<'a> {
    /// Creates the format. `matcher` is of the run whose results are written.
    pub fn new(matcher: Matcher<'a>) -> Self {
        Self { matcher }
    }
}

impl ReportFormat for Html<'_> {
    fn clusters(
        &self,
        corpus: &Corpus,
        clusters: &ListedClusters<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut matcher = self.matcher.clone();
        let mut data = PageData::new(corpus);
        let overview = Overview::of_clusters(corpus, clusters);
        CLUSTERS.begin(&cluster_entry::summary(corpus, clusters), &overview, out)?;
        for (index, cluster) in clusters.iter().enumerate() {
            let place = clusters.place_in_story(index);
            let entry = cluster_entry::cluster_entry(&mut data, &mut matcher, &cluster, place);
            writeln!(out, "{}", entry.into_string())?;
        }
        CLUSTERS.end(&data, out)
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut data = PageData::new(corpus);
        let mut pairs: Vec<Match> = pairs.collect();
        // Those that most certainly are copies are first.
        let order = |one: &Match, other: &Match| {
            let by_score = pair_entry::score(other).total_cmp(&pair_entry::score(one));
            by_score
                .then(other.aligned_words().cmp(&one.aligned_words()))
                .then((one.a, one.b).cmp(&(other.a, other.b)))
        };
        pairs.sort_by(order);
        PAIRS.begin(&html! {}, &Overview::of_pairs(corpus, &pairs), out)?;
        for found in pairs {
            writeln!(out, "{}", pair_entry::pair_entry(&mut data, &found).into_string())?;
        }
        PAIRS.end(&data, out)
    }
}
