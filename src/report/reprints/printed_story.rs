//! A story as outlets print it: which of them do, and who had which text before whom.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::printing::{Printing, earliest, names_as_source};
use crate::article::ArticleId;
use crate::cluster::{ChoiceReason, Cluster, StoryId, most_credited};
use crate::corpus::Corpus;
use crate::provenance::{Seconds, is_surely_before};

/// A story as outlets print it.
#[derive(Clone, Debug)]
pub(super) struct PrintedStory<'a> {
    pub(super) id: StoryId,
    /// The representative of the cluster with the earliest one: who had the story first, as far as is known.
    pub(super) first: ArticleId,
    /// Why it was chosen.
    pub(super) why: ChoiceReason,
    /// The outlets that print it, by name.
    pub(super) printings: BTreeMap<&'a str, Printing<'a>>,
    /// The copies that outlets print of others' texts, by the names of both: the earlier, then the later one; in the order
    /// of the alphabet if it is not known who was earlier.
    pub(super) copies: BTreeMap<(&'a str, &'a str), Copy>,
    /// All articles in its clusters, also those of no known site; ascending.
    pub(super) articles: Vec<ArticleId>,
}

/// A copy that an outlet prints of another's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// True if it is known which of the outlets had the text first.
    pub(super) is_ordered: bool,
    /// True if the later outlet names the earlier one as the source.
    pub(super) is_credited: bool,
    /// The time between both, if the dates show this order.
    pub(super) lag: Option<Seconds>,
    /// The article of the later outlet.
    pub(super) later: ArticleId,
}

impl<'a> PrintedStory<'a> {
    /// Collects the printings of a story from its clusters, of which there is at least one.
    pub(super) fn new(corpus: &'a Corpus, clusters: &[Cluster]) -> Self {
        let is_lead = |cluster: &&Cluster| cluster.story_id == cluster.id.into();
        let lead = clusters.iter().find(is_lead).unwrap_or(&clusters[0]);
        let mut story = Self {
            id: lead.story_id,
            first: lead.representative,
            why: lead.why,
            printings: BTreeMap::new(),
            copies: BTreeMap::new(),
            articles: Vec::new(),
        };
        for cluster in clusters {
            story.add(corpus, cluster);
        }
        let lists = story.printings.values_mut().map(|printing| &mut printing.articles);
        for articles in lists.chain([&mut story.articles]) {
            articles.sort_unstable();
            articles.dedup();
        }
        story
    }

    fn add(&mut self, corpus: &'a Corpus, cluster: &Cluster) {
        let agency = cluster.agency(corpus);
        let mut by_outlet: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
        for member in &cluster.members {
            self.articles.push(member.id);
            if let Some(outlet) = corpus.outlet(member.id) {
                by_outlet.entry(outlet).or_default().push(member.id);
                let printing = self.printings.entry(outlet).or_insert_with(|| Printing::new(outlet));
                printing.add(corpus, agency, member.id);
            }
        }
        let Some(source) = corpus.outlet(cluster.representative) else { return };
        by_outlet.remove(source);
        for (outlet, ids) in by_outlet {
            let (names, copy) = copy(corpus, cluster, (source, outlet), &ids);
            let known = self.copies.entry(names).or_insert(copy);
            if !known.is_ordered {
                *known = copy;
            }
            known.is_credited |= copy.is_credited;
        }
    }

    /// Returns the outlet that had the story first, as far as is known.
    pub(super) fn first_site(&self, corpus: &'a Corpus) -> Option<&'a str> {
        corpus.outlet(self.first)
    }

    /// Returns the printings of the other outlets.
    pub(super) fn reprints(&self, corpus: &'a Corpus) -> impl Iterator<Item = &Printing<'a>> {
        let first = self.first_site(corpus);
        self.printings.values().filter(move |printing| Some(printing.outlet) != first)
    }

    /// Returns the agency to which most of its articles are credited, the first by name of equals.
    pub(super) fn agency(&self, corpus: &Corpus) -> Option<&'static str> {
        most_credited(corpus, self.articles.iter().copied())
    }

    /// Returns the times of its articles that have a date.
    pub(super) fn times(&self, corpus: &Corpus) -> impl Iterator<Item = Seconds> {
        self.articles.iter().filter_map(|&id| corpus.time(id))
    }

    /// Returns the times from the first article of the source to the first article of each other outlet, where the
    /// dates show this order.
    pub(super) fn lags(&self, corpus: &'a Corpus) -> Vec<Seconds> {
        let Some(begin) = corpus.time(self.first) else { return Vec::new() };
        let firsts = self
            .reprints(corpus)
            .filter_map(|printing| printing.articles.iter().filter_map(|&id| corpus.time(id)).min());
        firsts.filter(|&time| is_surely_before(begin, time)).map(|time| time - begin).collect()
    }
}

/// Compares the representative of a cluster with the articles of another outlet, of which there is at least one. Returns
/// the names of the outlets as [`PrintedStory::copies`] has them, and what is known.
fn copy<'a>(
    corpus: &Corpus,
    cluster: &Cluster,
    (source, outlet): (&'a str, &'a str),
    ids: &[ArticleId],
) -> ((&'a str, &'a str), Copy) {
    let representative = cluster.representative;
    let id = earliest(corpus, ids).unwrap_or(representative);
    let is_credited = names_as_source(corpus, ids, representative);
    let others_name_it =
        matches!(cluster.why, ChoiceReason::AgencyThatOthersCredit | ChoiceReason::NamedAsSource);
    // Who names the source had the text after it, whatever the dates of scrapes are. Otherwise dates decide.
    let order = match corpus.time(representative).zip(corpus.time(id)) {
        _ if is_credited => Ordering::Less,
        Some((first, second)) if is_surely_before(first, second) => Ordering::Less,
        Some((first, second)) if is_surely_before(second, first) => Ordering::Greater,
        _ if others_name_it => Ordering::Less,
        _ => Ordering::Equal,
    };
    let is_ordered = order != Ordering::Equal;
    let lag = |earlier, later| {
        let (earlier, later) = corpus.time(earlier).zip(corpus.time(later))?;
        is_surely_before(earlier, later).then_some(later - earlier)
    };
    if order == Ordering::Greater || !is_ordered && outlet < source {
        let lag = lag(id, representative);
        ((outlet, source), Copy { is_ordered, is_credited, lag, later: representative })
    } else {
        ((source, outlet), Copy { is_ordered, is_credited, lag: lag(representative, id), later: id })
    }
}
