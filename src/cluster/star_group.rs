//! Finds the passage that a group of articles shares, as seen from one of them.

use std::collections::BTreeSet;

use super::clipped_match::ClippedMatch;
use super::member_verifier::MemberVerifier;
use super::overlap::{group_by_overlap, is_half_of};
use crate::article::ArticleId;
use crate::verify::{Match, Region};

/// An article that shares text with the center of a star.
#[derive(Clone, Copy)]
pub(super) struct Satellite<'m> {
    /// The match, with the center as its first article.
    pub(super) found: &'m Match,
    /// True if it is in one group of the star only. A satellite in several groups does not show where one story ends
    /// and the other begins.
    pub(super) is_in_one_group: bool,
}

/// Articles that share one passage with the center of a star.
pub(super) struct StarGroup<'m> {
    pub(super) center: ArticleId,
    pub(super) satellites: Vec<Satellite<'m>>,
    /// The passage, as tokens of the center.
    pub(super) passage: Region,
}

/// The passage of a group as seen from one of its articles.
pub(super) struct GroupView<'m> {
    /// The passage, as tokens of that article.
    pub(super) passage: Region,
    /// The matches with the others that belong to the view, with that article as the first.
    pub(super) matches: Vec<Match>,
    /// The satellites that do not belong to it.
    pub(super) unseen: Vec<Satellite<'m>>,
}

impl<'m> StarGroup<'m> {
    /// Creates a group and finds its passage.
    pub(super) fn new(center: ArticleId, satellites: Vec<Satellite<'m>>) -> Self {
        let parts = satellites.iter().map(|other| (&other.found.region_a, other.is_in_one_group));
        let passage = shared_passage(parts);
        Self { center, satellites, passage }
    }

    /// Returns the group as seen from its center.
    pub(super) fn seen_from_center(&self) -> GroupView<'m> {
        let matches = self.satellites.iter().map(|other| other.found.clone()).collect();
        GroupView { passage: self.passage.clone(), matches, unseen: Vec::new() }
    }

    /// Returns the group as seen from one of its articles, after verifying all others against it. `None` if fewer than
    /// half of the others belong to this view.
    ///
    /// The passage is the part of the group's passage that the article contains. The others belong to the view if they
    /// match the article and if their parts of that passage overlap.
    pub(super) fn seen_from(
        &self,
        id: ArticleId,
        verifier: &mut MemberVerifier<'_>,
    ) -> Option<GroupView<'m>> {
        let Some(own) = self.satellites.iter().find(|own| own.found.b == id) else {
            return Some(self.seen_from_center());
        };
        let passage = ClippedMatch::new(own.found, &self.passage).region_b();
        let others = self.satellites.iter().filter(|other| other.found.b != id);
        let mut matches = vec![own.found.seen_from(id)];
        matches.extend(others.clone().filter_map(|other| verifier.verify_member(id, other.found.b)));
        let parts: Vec<Region> = matches.iter().map(|found| found.region_a.intersection(&passage)).collect();
        // The center contains the whole passage, so it is in every group of parts that overlap. A part without a word
        // overlaps every other.
        let mut seen = group_by_overlap(&parts).into_iter().rev().max_by_key(Vec::len)?;
        seen.retain(|&index| !parts[index].is_empty());
        if !is_half_of(seen.len() as u32, self.satellites.len() as u32) {
            return None;
        }
        let seen: BTreeSet<ArticleId> = seen.into_iter().map(|index| matches[index].b).collect();
        matches.retain(|found| seen.contains(&found.b));
        let unseen = others.filter(|other| !seen.contains(&other.found.b)).copied().collect();
        Some(GroupView { passage, matches, unseen })
    }
}

/// Returns the passage of a group in one article, from the part of the article that each other member contains and
/// whether that member shows where the passage ends. Members of several groups do not: a page with two stories
/// contains both. If there are only such members, all of them show the ends.
fn shared_passage<'m>(parts: impl Iterator<Item = (&'m Region, bool)>) -> Region {
    let (showing_ends, others): (Vec<_>, Vec<_>) = parts.partition(|&(_, shows_ends)| shows_ends);
    let passage = union(if showing_ends.is_empty() { &others } else { &showing_ends });
    // The text between the ends that only members of several groups contain belongs to the passage, too.
    let ends = passage.ranges().first().zip(passage.ranges().last());
    let between_ends = Region::new(ends.map(|(first, last)| first.start..last.end));
    passage.union(&union(&others).intersection(&between_ends))
}

fn union(parts: &[(&Region, bool)]) -> Region {
    Region::new(parts.iter().flat_map(|(part, _)| part.ranges().iter().cloned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ranges<'a> = &'a [(u32, u32)];
    type Case<'a> = (&'a str, &'a [(Ranges<'a>, bool)], Ranges<'a>);

    #[test]
    fn members_of_one_group_show_the_ends_of_the_passage() {
        let (story, page): (Ranges<'_>, Ranges<'_>) = (&[(10, 50)], &[(0, 100)]);
        let two_parts: Ranges<'_> = &[(10, 20), (40, 50)];
        let cases: &[Case<'_>] = &[
            ("nobody", &[], &[]),
            ("one member", &[(story, true)], story),
            ("a page with more than the story", &[(story, true), (page, false)], story),
            ("a page with the text between two parts", &[(two_parts, true), (page, false)], story),
            ("two parts, and no text between them in others", &[(two_parts, true)], two_parts),
            ("only pages", &[(two_parts, false), (page, false)], page),
        ];
        let region = |ranges: Ranges<'_>| Region::new(ranges.iter().map(|&(start, end)| start..end));
        for (name, parts, expected) in cases {
            let parts: Vec<(Region, bool)> =
                parts.iter().map(|&(ranges, shows_ends)| (region(ranges), shows_ends)).collect();
            let passage = shared_passage(parts.iter().map(|(part, shows_ends)| (part, *shows_ends)));
            assert_eq!(passage, region(expected), "{name}");
        }
    }
}
