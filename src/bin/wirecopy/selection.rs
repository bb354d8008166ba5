//! Selects and orders the clusters and pairs that a report shows.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use wirecopy::ArticleId;
use wirecopy::cluster::{Cluster, ClusterHead, Clusters, Kind, ListedClusters, kind};
use wirecopy::corpus::Corpus;
use wirecopy::verify::{Match, Relation};

use crate::args::{ClusterSelectionArgs, ClusterSort, PairSelectionArgs, PairSort};

/// The key by which something is ordered: smaller ones first, and those without one last.
type Rank = Option<f64>;

fn by_rank(one: Rank, other: Rank) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => other.is_some().cmp(&one.is_some()),
    }
}

/// Returns whether a name is asked for: all are if none is given.
fn is_asked(asked: &[String], name: Option<&str>) -> bool {
    asked.is_empty() || name.is_some_and(|name| asked.iter().any(|asked| asked == name))
}

impl ClusterSelectionArgs {
    /// Returns the clusters to report, in order.
    pub(crate) fn select<'c>(&self, corpus: &Corpus, clusters: &'c Clusters) -> ListedClusters<'c> {
        let included = clusters.iter().enumerate().filter(|(_, cluster)| self.includes(corpus, cluster));
        let top = self.top.unwrap_or(usize::MAX);
        // They are in the order of size already.
        if self.sort == ClusterSort::Size {
            return ListedClusters::new(clusters, included.map(|(index, _)| index).take(top));
        }
        let ranked: Vec<(usize, Rank)> =
            included.map(|(index, cluster)| (index, self.rank(corpus, &cluster))).collect();
        let sorted = sorted(corpus, clusters.heads(), &ranked);
        ListedClusters::new(clusters, sorted.into_iter().map(|(index, _)| index).take(top))
    }

    fn includes(&self, corpus: &Corpus, cluster: &Cluster) -> bool {
        cluster.members.len() >= self.min_size
            && (self.min_sites == 0 || cluster.sites(corpus) >= self.min_sites)
            && cluster.members.iter().any(|member| {
                is_asked(&self.kind, member.kind.map(Kind::name))
                    && is_asked(&self.relation, member.relation.map(Relation::name))
            })
    }

    fn rank(&self, corpus: &Corpus, cluster: &Cluster) -> Rank {
        let first_seen = || {
            cluster.members.iter().filter_map(|member| corpus.time(member.id)).min().map(|time| time as f64)
        };
        match self.sort {
            ClusterSort::Size => Some(-(cluster.members.len() as f64)),
            ClusterSort::Sites => Some(-(cluster.sites(corpus) as f64)),
            ClusterSort::Cohesion => Some(-cluster.cohesion()),
            ClusterSort::Date => first_seen(),
            ClusterSort::Newest => first_seen().map(|time| -time),
        }
    }
}

/// Sorts clusters, given by index, by their ranks. Those of one story, which are next to each other, stay together.
fn sorted(corpus: &Corpus, heads: &[ClusterHead], clusters: &[(usize, Rank)]) -> Vec<(usize, Rank)> {
    let story = |&(index, _): &(usize, Rank)| heads[index].story_id;
    let mut stories: Vec<Vec<(usize, Rank)>> =
        clusters.chunk_by(|one, other| story(one) == story(other)).map(<[_]>::to_vec).collect();
    for story in &mut stories {
        story.sort_by(|&(_, one), &(_, other)| by_rank(one, other));
    }
    let is_junk = |index: usize| corpus.is_junk(heads[index].representative);
    stories.sort_by(|one, other| {
        let ((one, one_rank), (other, other_rank)) = (one[0], other[0]);
        is_junk(one).cmp(&is_junk(other)).then(by_rank(one_rank, other_rank))
    });
    stories.into_iter().flatten().collect()
}

/// The pairs to report, and the number of those that are left out.
pub(crate) struct SelectedPairs<'a> {
    arguments: &'a PairSelectionArgs,
    corpus: &'a Corpus,
    pub(crate) reported: usize,
    pub(crate) left_out: usize,
}

impl<'a> SelectedPairs<'a> {
    /// Prepares the selection of pairs of a corpus.
    pub(crate) fn new(arguments: &'a PairSelectionArgs, corpus: &'a Corpus) -> Self {
        Self { arguments, corpus, reported: 0, left_out: 0 }
    }

    /// Calls `report` with the pairs to report, in order.
    pub(crate) fn report<E>(
        &mut self,
        pairs: impl Iterator<Item = Match>,
        report: impl FnOnce(&mut dyn Iterator<Item = Match>) -> Result<(), E>,
    ) -> Result<(), E> {
        let top = self.arguments.top.unwrap_or(usize::MAX);
        let (mut found, mut included) = (0, 0);
        let mut chosen = pairs.inspect(|_| found += 1).filter(|pair| self.includes(pair));
        let reported = if self.arguments.sort == PairSort::Key {
            let mut first = chosen.by_ref().take(top).inspect(|_| included += 1);
            report(&mut first)?;
            // The others are counted.
            chosen.for_each(drop);
            included
        } else {
            let sorted = self.sorted(chosen, top);
            let count = sorted.len();
            report(&mut sorted.into_iter())?;
            count
        };
        self.reported = reported;
        self.left_out = found - reported;
        Ok(())
    }

    fn includes(&self, pair: &Match) -> bool {
        let PairSelectionArgs { min_sites, kind: kinds, relation, .. } = self.arguments;
        let outlets = || {
            let outlets = [pair.a, pair.b].into_iter().filter_map(|id| self.corpus.outlet(id));
            outlets.collect::<BTreeSet<_>>().len()
        };
        is_asked(relation, Some(pair.relation.name()))
            && (kinds.is_empty() || is_asked(kinds, kind(self.corpus, pair.a, pair.b).map(Kind::name)))
            && (*min_sites == 0 || outlets() >= *min_sites)
    }

    /// Returns the first `top` pairs. Never holds many more than twice as many.
    fn sorted(&self, pairs: impl Iterator<Item = Match>, top: usize) -> Vec<Match> {
        /// The least number of pairs that are sorted at a time.
        const AT_ONCE: usize = 1 << 12;
        let most = top.saturating_mul(2).max(AT_ONCE);
        let mut kept: Vec<(Rank, Match)> = Vec::new();
        let sort = |kept: &mut Vec<(Rank, Match)>| {
            kept.sort_by(|(one, _), (other, _)| by_rank(*one, *other));
            kept.truncate(top);
        };
        for pair in pairs {
            kept.push((self.rank(&pair), pair));
            if kept.len() >= most {
                sort(&mut kept);
            }
        }
        sort(&mut kept);
        kept.into_iter().map(|(_, pair)| pair).collect()
    }

    fn rank(&self, pair: &Match) -> Rank {
        let time = |id: ArticleId| self.corpus.time(id);
        let later = || Some(time(pair.a)?.max(time(pair.b)?) as f64);
        match self.arguments.sort {
            PairSort::Key => None,
            PairSort::Coverage => Some(-pair.coverage_a().max(pair.coverage_b())),
            PairSort::Resemblance => Some(-pair.resemblance()),
            PairSort::Words => Some(-f64::from(pair.aligned_words())),
            PairSort::Date => later(),
            PairSort::Newest => later().map(|time| -time),
        }
    }
}
