//! A star in, a cluster out: the passage, the article that represents it, and the members as seen from there.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::overlap::all_overlap;
use super::preference::{Preference, Rank, own_agency};
use super::star::Stars;
use super::{Cluster, Kind, Member, Why};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::{Seconds, names_site};
use crate::verify::{Match, Passage, PassageEvidence, Region, Relation};

/// A member that carries nine tenths of the passage carries the whole of it: what is missing is a headline or a word
/// in between, not an excerpt's share.
const WHOLE: f64 = 0.9;
/// Preferred representatives that are tried before the center of the star is taken.
const TRIES: usize = 4;
/// Dates further apart than this are another occasion, no revision: a week.
const REVISION: u64 = 7 * 24 * 3600;

/// An article that carries something of a star's center.
#[derive(Clone, Copy)]
pub(super) struct Spoke<'a> {
    /// The match, with the center as `a`.
    pub(super) found: &'a Match,
    /// Whether it stands in no other group of the same center. Those that do tell nothing about where one story
    /// ends and the other begins.
    pub(super) alone: bool,
}

/// The choice of a representative for one group of a star.
pub(super) struct Choice<'s, 'a, 'm> {
    stars: &'s mut Stars<'a>,
    center: ArticleId,
    spokes: &'m [Spoke<'m>],
    /// What the group carries of the center.
    passage: Region,
}

impl<'s, 'a, 'm> Choice<'s, 'a, 'm> {
    pub(super) fn new(stars: &'s mut Stars<'a>, center: ArticleId, spokes: &'m [Spoke<'m>]) -> Self {
        let all_alone = spokes.iter().all(|spoke| spoke.alone);
        let passage = passage(spokes.iter().map(|spoke| (&spoke.found.region_a, all_alone || spoke.alone)));
        Self { stars, center, spokes, passage }
    }

    /// Makes the cluster around the best representative that every member aligns with.
    pub(super) fn cluster(mut self) -> Cluster {
        let (preferred, why) = self.preferred();
        for (tried, candidate) in preferred.into_iter().enumerate() {
            let leader = self.stars.copies.leader(candidate);
            if let Some((passage, spokes)) = self.seen_from(leader) {
                let why = if tried == 0 { why } else { Why::SharedByAll };
                return self.finish(candidate, why, &passage, &spokes);
            }
        }
        let (passage, spokes) = self.seen_from_center();
        self.finish(self.center, Why::SharedByAll, &passage, &spokes)
    }

    fn seen_from_center(&self) -> (Region, Vec<Match>) {
        (self.passage.clone(), self.spokes.iter().map(|spoke| spoke.found.clone()).collect())
    }

    /// Gives those of them that carry the whole passage and are preferred, in order, and why the first one is.
    fn preferred(&self) -> (Vec<ArticleId>, Why) {
        let corpus = self.stars.corpus;
        let mut ranks: Vec<Rank> = Vec::new();
        let mut add = |leader: ArticleId, carried: u32| {
            let besides = corpus.words(leader) as u32 - carried;
            let copies = self.stars.copies.of(leader).iter();
            ranks.extend(copies.map(|&id| self.stars.preference.rank(corpus, id, besides)));
        };
        add(self.center, self.passage.len());
        for spoke in self.spokes {
            let carried = spoke.found.region_a.overlap(&self.passage);
            if f64::from(carried) >= WHOLE * f64::from(self.passage.len()) {
                add(spoke.found.b, aligned(spoke.found, &self.passage).1.len());
            }
        }
        ranks.sort_unstable();
        (ranks.iter().take(TRIES).map(Rank::id).collect(), self.stars.preference.why(&ranks))
    }

    /// Looks at the group from another of its members: its part of the passage and the matches with all others;
    /// nothing where one of them does not align there.
    fn seen_from(&mut self, leader: ArticleId) -> Option<(Region, Vec<Match>)> {
        if leader == self.center {
            return Some(self.seen_from_center());
        }
        let others: Vec<(ArticleId, bool)> = std::iter::once((self.center, false))
            .chain(self.spokes.iter().map(|spoke| (spoke.found.b, spoke.alone)))
            .filter(|&(id, _)| id != leader)
            .collect();
        let leader_alone = self.spokes.iter().any(|spoke| spoke.found.b == leader && spoke.alone);
        let all_alone = self.spokes.iter().all(|spoke| spoke.alone);
        let mut matches = Vec::with_capacity(others.len());
        for &(id, _) in &others {
            matches.push(self.stars.spoke(leader, id)?);
        }
        let tells =
            |&(id, alone): &(ArticleId, bool)| all_alone || alone || leader_alone && id == self.center;
        let regions = matches.iter().map(|found| &found.region_a);
        let passage = passage(regions.zip(others.iter().map(tells)));
        let carried: Vec<Region> =
            matches.iter().map(|found| found.region_a.intersection(&passage)).collect();
        (carried.iter().all(|region| !region.is_empty()) && all_overlap(&carried))
            .then_some((passage, matches))
    }

    fn finish(&self, representative: ArticleId, why: Why, passage: &Region, spokes: &[Match]) -> Cluster {
        let (corpus, copies) = (self.stars.corpus, self.stars.copies);
        let leader = copies.leader(representative);
        let mut members = vec![whole_member(corpus, representative, representative, passage)];
        members.extend(
            copies
                .of(leader)
                .iter()
                .filter(|&&id| id != representative)
                .map(|&id| whole_member(corpus, representative, id, passage)),
        );
        let mut carried = vec![passage.clone(); members.len() - 1];
        for found in spokes {
            let member = self.member(representative, passage, found);
            for &id in copies.of(found.b) {
                carried.push(found.region_a.intersection(passage));
                members.push(Member { id, kind: kind(corpus, representative, id), ..member.clone() });
            }
        }
        members[0].bridge = falls_apart(&carried, self.stars.rule.threshold);
        sort_by_date(corpus, &mut members[1..]);
        let why = told_by_others(corpus, representative, &members, why);
        Cluster { id: 0, representative, why, passage: passage.clone(), members }
    }

    /// Sees a spoke as a member: its passage against the representative's.
    fn member(&self, representative: ArticleId, passage: &Region, found: &Match) -> Member {
        let threshold = self.stars.rule.threshold;
        let (carried, own) = aligned(found, passage);
        let coverage = f64::from(carried.len()) / f64::from(passage.len());
        let passages: Vec<(Range<u32>, Range<u32>)> =
            clipped(found, passage).iter().map(|passage| (passage.a(), passage.b())).collect();
        let is_equal = is_equal_run(found, passage);
        let article_coverage = f64::from(own.len()) / f64::from(found.words[1]);
        let relation = PassageEvidence { is_equal, coverage, article_coverage }.relation(threshold);
        Member {
            id: found.b,
            relation: Some(relation),
            kind: kind(self.stars.corpus, representative, found.b),
            coverage,
            article_coverage,
            resemblance: found.resemblance(),
            passages,
            bridge: false,
        }
    }
}

/// Finds the passage of a group in one article, from what each other member carries of it and whether that member
/// tells where the passage ends. Those that stand in several groups do not: a page with two stories carries both. But
/// what they carry between parts of the passage belongs to it.
fn passage<'m>(carried: impl Iterator<Item = (&'m Region, bool)>) -> Region {
    let (telling, others): (Vec<_>, Vec<_>) = carried.partition(|&(_, tells)| tells);
    let unite = |regions: &[(&Region, bool)]| {
        Region::new(regions.iter().flat_map(|(region, _)| region.ranges().iter().cloned()))
    };
    let told = unite(if telling.is_empty() { &others } else { &telling });
    let ends = told.ranges().first().zip(told.ranges().last());
    let hull = Region::new(ends.map(|(first, last)| first.start..last.end));
    told.union(&unite(&others).intersection(&hull))
}

fn clipped(found: &Match, passage: &Region) -> Vec<Passage> {
    found.passages.iter().flat_map(|aligned| aligned.clip_a(passage.ranges())).collect()
}

/// Gives what a match aligns inside a passage of its first article: in the first article, and in the second.
fn aligned(found: &Match, passage: &Region) -> (Region, Region) {
    let clipped = clipped(found, passage);
    (Region::new(clipped.iter().map(Passage::a)), Region::new(clipped.iter().map(Passage::b)))
}

/// Tells whether a match holds the whole passage as one equal run.
fn is_equal_run(found: &Match, passage: &Region) -> bool {
    let whole = |aligned: &Passage| aligned.words() == passage.len() && aligned.blocks.len() == 1;
    clipped(found, passage).iter().any(whole)
}

/// Tells whether members would not match each other without the representative: each carries part of the passage,
/// and two of them match where they share enough of it.
fn falls_apart(carried: &[Region], threshold: f64) -> bool {
    let matches = |one: &Region, other: &Region| {
        f64::from(one.overlap(other)) >= threshold * f64::from(one.len().min(other.len()))
    };
    let Some(longest) = carried.iter().max_by_key(|region| region.len()) else {
        return false;
    };
    if carried.iter().all(|region| matches(longest, region)) {
        return false;
    }
    let mut waiting: Vec<&Region> = carried.iter().collect();
    let mut reached: Vec<&Region> = waiting.pop().into_iter().collect();
    while let Some(region) = reached.pop() {
        let (near, far): (Vec<&Region>, Vec<&Region>) =
            waiting.into_iter().partition(|other| matches(region, other));
        reached.extend(near);
        waiting = far;
    }
    !waiting.is_empty()
}

/// Sees an article that is identical to the representative, or the representative itself, as a member.
fn whole_member(corpus: &Corpus, representative: ArticleId, id: ArticleId, passage: &Region) -> Member {
    let is_representative = id == representative;
    Member {
        id,
        relation: (!is_representative).then_some(Relation::Exact),
        kind: if is_representative { None } else { kind(corpus, representative, id) },
        coverage: 1.0,
        article_coverage: f64::from(passage.len()) / corpus.words(id) as f64,
        resemblance: 1.0,
        passages: passage.ranges().iter().map(|range| (range.clone(), range.clone())).collect(),
        bridge: false,
    }
}

/// Makes the cluster of articles that are identical word for word.
pub(super) fn identical(corpus: &Corpus, set: &[ArticleId], preference: &Preference) -> Cluster {
    let whole = 0..corpus.words(set[0]) as u32;
    let passage = Region::new(std::iter::once(whole));
    let mut ranks: Vec<Rank> = set.iter().map(|&id| preference.rank(corpus, id, 0)).collect();
    ranks.sort_unstable();
    let representative = ranks[0].id();
    let mut members: Vec<Member> =
        ranks.iter().map(|rank| whole_member(corpus, representative, rank.id(), &passage)).collect();
    sort_by_date(corpus, &mut members[1..]);
    let why = told_by_others(corpus, representative, &members, preference.why(&ranks));
    Cluster { id: 0, representative, why, passage, members }
}

fn sort_by_date(corpus: &Corpus, members: &mut [Member]) {
    members.sort_by_key(|member| (corpus.time(member.id).unwrap_or(Seconds::MAX), member.id));
}

/// Says what other members tell of the representative as the source, where they do and it was not asked for otherwise:
/// that they credit the agency on whose own site it stands, or name its site in a copyright line.
fn told_by_others(corpus: &Corpus, representative: ArticleId, members: &[Member], why: Why) -> Why {
    let is_told = matches!(
        why,
        Why::EarliestSeen | Why::AmongEarliest | Why::OnAgencySite | Why::LeastBesides | Why::FirstByKey
    );
    if !is_told {
        return why;
    }
    let site = corpus.site(representative);
    let others = || members.iter().map(|member| member.id).filter(|&other| corpus.site(other) != site);
    let own_agency = own_agency(corpus, representative);
    if own_agency.is_some_and(|agency| others().any(|other| corpus.credit(other) == Some(agency))) {
        return Why::AgencyThatOthersCredit;
    }
    let names_site = |site: &str| {
        others().any(|other| corpus.copyright(other).is_some_and(|owner| names_site(owner, site)))
    };
    if site.is_some_and(names_site) { Why::NamedInCopyright } else { why }
}

/// Tells reprints from revisions: nothing where a site is unknown or the dates are far apart.
pub fn kind(corpus: &Corpus, representative: ArticleId, id: ArticleId) -> Option<Kind> {
    let [one, other] = [representative, id];
    if corpus.site(one)? != corpus.site(other)? {
        return Some(Kind::Reprint);
    }
    let far =
        corpus.time(one).zip(corpus.time(other)).is_some_and(|(one, other)| one.abs_diff(other) > REVISION);
    (!far).then_some(Kind::Revision)
}

/// Gives clusters their numbers: a hash of the representative's key and content, and of the passage where that is
/// not most of it, so that a number stays while the representative does, whoever joins.
pub(super) fn number(corpus: &Corpus, clusters: &mut [Cluster]) {
    // Without the passage and with it.
    let hashes = |cluster: &Cluster| {
        let mut hasher = Xxh3::new();
        hasher.update(corpus.key(cluster.representative).as_bytes());
        hasher.update(&corpus.content(cluster.representative).to_le_bytes());
        let without = hasher.digest();
        for range in cluster.passage.ranges() {
            hasher.update(&range.start.to_le_bytes());
            hasher.update(&range.end.to_le_bytes());
        }
        (without, hasher.digest())
    };
    let hashes: Vec<(u64, u64)> = clusters.par_iter().map(hashes).collect();
    let mut given = BTreeSet::new();
    for (cluster, (without, with)) in clusters.iter_mut().zip(hashes) {
        let most = cluster.passage.len() as usize * 2 > corpus.words(cluster.representative);
        cluster.id = if most && !given.contains(&without) { without } else { with };
        // IdenticalArticles of one key that are far apart in time make several clusters.
        while !given.insert(cluster.id) {
            cluster.id = xxh3_64(&cluster.id.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case<'a> = (&'a str, &'a [Range<u32>], bool);

    #[test]
    fn falls_apart_where_parts_do_not_match() {
        let cases: &[Case<'_>] = &[
            ("nobody", &[], false),
            ("one", std::slice::from_ref(&(0..50)), false),
            ("two that share all", &[0..50, 0..50], false),
            ("two halves", &[0..50, 50..100], true),
            ("enough of the shorter", &[0..100, 90..110], false),
            ("less than enough", &[0..100, 91..111], true),
            ("two, and one that shares enough with each", &[0..60, 40..100, 20..80], false),
            ("two, and one that shares enough with the first", &[0..60, 50..100, 0..50], true),
            ("a chain", &[0..20, 40..60, 10..30, 30..50, 20..40], false),
        ];
        for (name, ranges, expected) in cases {
            let carried: Vec<Region> = ranges.iter().map(|range| Region::new([range.clone()])).collect();
            assert_eq!(falls_apart(&carried, 0.5), *expected, "{name}");
        }
    }
}
