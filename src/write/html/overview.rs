//! Shows what a page is about above its list: how many entries there are over time, by site and by agency.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::timeline::timeline;
use super::untrusted::{isolated, safe};
use crate::article::ArticleId;
use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::verify::Match;

/// The largest number of sites, and of agencies, that are listed.
const MOST_LISTED: usize = 10;

/// The times, sites and agencies of the entries of a page.
pub(super) struct Overview<'a> {
    /// The title of the drawing of times.
    title: &'static str,
    times: Vec<Seconds>,
    undated: usize,
    /// The number of entries with each site.
    sites: BTreeMap<&'a str, usize>,
    /// The number of entries that are credited to each agency.
    agencies: BTreeMap<&'a str, usize>,
}

impl<'a> Overview<'a> {
    /// Creates the overview of clusters. A story is counted once, at its earliest date.
    pub(super) fn of_clusters(corpus: &'a Corpus, clusters: &ListedClusters<'_>) -> Self {
        let mut overview = Self::new("Stories by their earliest date");
        for story in clusters.stories() {
            let members = story.iter().flat_map(|cluster| &cluster.members);
            overview.count_time(earliest(corpus, members.map(|member| member.id)));
            for cluster in &story {
                let ids = cluster.members.iter().map(|member| member.id);
                overview.count(corpus, ids, cluster.agency(corpus));
            }
        }
        overview
    }

    /// Creates the overview of pairs.
    pub(super) fn of_pairs(corpus: &'a Corpus, pairs: &[Match]) -> Self {
        let mut overview = Self::new("Pairs by the date of the earlier article");
        for found in pairs {
            let ids = [found.a, found.b];
            overview.count_time(earliest(corpus, ids.into_iter()));
            let agency = ids.into_iter().find_map(|id| corpus.header(id).credit);
            overview.count(corpus, ids.into_iter(), agency);
        }
        overview
    }

    fn new(title: &'static str) -> Self {
        Self { title, times: Vec::new(), undated: 0, sites: BTreeMap::new(), agencies: BTreeMap::new() }
    }

    fn count_time(&mut self, time: Option<Seconds>) {
        match time {
            Some(time) => self.times.push(time),
            None => self.undated += 1,
        }
    }

    /// Counts the sites and the agency of an entry.
    fn count(&mut self, corpus: &'a Corpus, ids: impl Iterator<Item = ArticleId>, agency: Option<&'a str>) {
        let sites: BTreeSet<&str> = ids.filter_map(|id| corpus.site(id)).collect();
        for site in sites {
            *self.sites.entry(site).or_default() += 1;
        }
        if let Some(agency) = agency {
            *self.agencies.entry(agency).or_default() += 1;
        }
    }

    /// Returns the names of the agencies.
    pub(super) fn agencies(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.agencies.keys().copied()
    }

    /// Returns the overview. A click on a site or an agency sets the filter with the given ID.
    pub(super) fn markup(&self) -> Markup {
        html! {
            section #overview .overview aria-label="Overview" {
                // One bar would say nothing.
                @if self.times.iter().min() < self.times.iter().max() {
                    div {
                        (timeline(self.title, &self.times))
                        @if self.undated > 0 { p .dim { (self.undated) " without a date" } }
                    }
                }
                (ranking("Sites", "site", &self.sites))
                (ranking("Agencies", "agency", &self.agencies))
            }
        }
    }
}

/// Returns the earliest time of articles.
pub(super) fn earliest(corpus: &Corpus, ids: impl Iterator<Item = ArticleId>) -> Option<Seconds> {
    ids.filter_map(|id| corpus.header(id).time).min()
}

/// Returns the names with the greatest counts as buttons that set a filter, with bars; nothing if there are none.
fn ranking(title: &str, filter: &str, counts: &BTreeMap<&str, usize>) -> Markup {
    let mut names: Vec<(&str, usize)> = counts.iter().map(|(&name, &count)| (name, count)).collect();
    names.sort_by_key(|&(name, count)| (Reverse(count), name));
    let others = names.len().saturating_sub(MOST_LISTED);
    names.truncate(MOST_LISTED);
    let greatest = names.first().map_or(1, |&(_, count)| count);
    html! {
        @if !names.is_empty() {
            figure {
                figcaption { (title) ", by entries" }
                ol .ranking {
                    @for (name, count) in names {
                        li {
                            button type="button" data-filter=(filter) data-value=(safe(name)) { (isolated(name)) }
                            svg .bar aria-hidden="true" viewBox={ "0 0 " (greatest) " 1" } preserveAspectRatio="none" {
                                path d={ "M0 0h" (count) "v1h-" (count) "z" };
                            }
                            span .share { (count) }
                        }
                    }
                }
                @if others > 0 { p .dim { (others) " more" } }
            }
        }
    }
}
