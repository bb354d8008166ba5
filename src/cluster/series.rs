//! Recognizes series: what one outlet prints on one occasion after another with other news in it.
//!
//! An office announces grants in the words of the last announcement, a paper calls for applications each season, a
//! columnist ends every column alike. Two articles of a series look like two versions of one article, and no rule for
//! pairs tells them apart. Five on five occasions can be told: an article is revised within days, and is told again at a
//! later stage of its story once or twice. What an outlet prints on five occasions is its frame.
//!
//! So the text of a star's center is divided, for each outlet that has many articles around it: words that these share with the
//! center on five occasions are the outlet's frame, the others are the center's own. An article of the outlet that has
//! less than half of these is another one of the series, if the center is one of them or a copy of one: then it is in the
//! same outlet, or one of the outlet's articles has its own words. One that has them is a version of the center, also if it
//! is printed on the same occasion as many others.
//!
//! That one has them matters: an outlet that copies a story and adds something else on each of six occasions must not hide it.

use std::collections::BTreeMap;
use std::iter::once;
use std::ops::Range;

use super::match_graph::SharedText;
use super::overlap::is_half_of;
use crate::article::ArticleId;
use crate::corpus::{Corpus, is_one_occasion};
use crate::provenance::Seconds;
use crate::verify::{Match, Region, Relation, overlap};

/// The minimum number of occasions on which an outlet prints what is a frame.
const FEWEST_OCCASIONS: usize = 5;

/// The series that the center of a star is in, or is a copy of one of.
pub(super) struct Series<'a> {
    corpus: &'a Corpus,
    /// For each outlet with a series, the words of the center that are not in its frame.
    own_words: BTreeMap<&'a str, Region>,
}

impl<'a> Series<'a> {
    /// Finds the series of a center. `matches` are those with its neighbors, with the center as the first of each.
    pub(super) fn around(
        corpus: &'a Corpus,
        center: ArticleId,
        matches: &BTreeMap<ArticleId, Match>,
    ) -> Self {
        let mut series = Self { corpus, own_words: BTreeMap::new() };
        // The center may be one of the series. An error page is one page, whatever the time that it says.
        if matches.len() + 1 < FEWEST_OCCASIONS || corpus.is_junk(center) {
            return series;
        }
        let mut of_outlets: BTreeMap<&str, Vec<&Match>> = BTreeMap::new();
        for found in matches.values() {
            // Two scrapes of one page are one article.
            if let Some(outlet) =
                corpus.outlet(found.b).filter(|_| !corpus.have_one_address([found.a, found.b]))
            {
                of_outlets.entry(outlet).or_default().push(found);
            }
        }
        let own_words = |(outlet, of_outlet): (&'a str, Vec<&Match>)| {
            Some((outlet, own_words(corpus, center, outlet, &of_outlet)?))
        };
        series.own_words = of_outlets.into_iter().filter_map(own_words).collect();
        series
    }

    /// Returns whether the second article of a match of the center is in a series, and is no version or copy of the center.
    pub(super) fn has_another(&self, found: &Match) -> bool {
        if self.own_words.is_empty() || found.relation == Relation::Exact {
            return false;
        }
        let own_words = self.corpus.outlet(found.b).and_then(|outlet| self.own_words.get(outlet));
        own_words.is_some_and(|own| !has_most(found, own))
            && !self.corpus.have_one_address([found.a, found.b])
    }
}

/// Returns the words of a center that are not in the frame of a series of an outlet; nothing if the center is none of the
/// series and no copy of one. `matches` are those with articles of the outlet.
fn own_words(corpus: &Corpus, center: ArticleId, outlet: &str, matches: &[&Match]) -> Option<Region> {
    let words = Region::new(once(0..corpus.words(center) as u32));
    let is_of_outlet = corpus.outlet(center) == Some(outlet);
    let shared = matches.iter().filter_map(|found| Some((corpus.time(found.b)?, found.region_a.clone())));
    let center_time = corpus.time(center).filter(|_| is_of_outlet);
    let dated = shared.chain(center_time.map(|time| (time, words.clone())));
    let frame = printed_often(&divide_by_occasion(dated.collect()));
    let own = words.without(&frame);
    let is_one_of_series = || is_of_outlet || matches.iter().any(|found| has_most(found, &own));
    (!frame.is_empty() && is_one_of_series()).then_some(own)
}

/// Returns whether the second article of a match has most of the own words of the first one.
fn has_most(found: &Match, own: &Region) -> bool {
    is_most(found.region_a.overlap(own), own.len())
}

/// Returns whether one of two other articles of a series may be a version of the second one: if that one has most of the
/// words that the first does not share with the center.
pub(super) fn may_be_version(corpus: &Corpus, text: &SharedText<'_>) -> bool {
    let with_other: u32 = text.with_other.iter().map(|range| range.end - range.start).sum();
    let in_common = with_other - overlap(text.with_other, text.with_center.ranges());
    is_most(in_common, corpus.words(text.id) as u32 - text.with_center.len())
}

/// Returns whether `part` is at least half of an article's own words, if it has any.
fn is_most(part: u32, own: u32) -> bool {
    part > 0 && is_half_of(part, own)
}

/// Divides texts by their dates. Each occasion begins with the earliest text that is in none yet, and contains those of the
/// next week.
fn divide_by_occasion(mut dated: Vec<(Seconds, Region)>) -> Vec<Region> {
    dated.sort_unstable_by_key(|&(time, _)| time);
    let mut occasions = Vec::new();
    let mut rest = dated.as_slice();
    while let [(first, _), ..] = rest {
        let is_near = |(time, _): &(Seconds, Region)| is_one_occasion(*time, *first);
        let (near, later) = rest.split_at(rest.partition_point(is_near));
        occasions.push(Region::new(near.iter().flat_map(|(_, region)| region.ranges()).cloned()));
        rest = later;
    }
    occasions
}

/// Returns the positions that are in so many regions that they are a frame.
fn printed_often(occasions: &[Region]) -> Region {
    let ranges = || occasions.iter().flat_map(Region::ranges);
    let begins = ranges().map(|range| (range.start, 1));
    let mut changes: Vec<(u32, isize)> = begins.chain(ranges().map(|range| (range.end, -1))).collect();
    changes.sort_unstable();
    let mut count = 0;
    let often = changes.windows(2).filter_map(|pair| {
        count += pair[0].1;
        let range: Range<u32> = pair[0].0..pair[1].0;
        (count >= FEWEST_OCCASIONS as isize).then_some(range)
    });
    Region::new(often)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Seconds = 24 * 3600;

    /// Returns the region of ranges, each with its begin and its end.
    fn region(ranges: &[(u32, u32)]) -> Region {
        Region::new(ranges.iter().map(|&(begin, end)| begin..end))
    }

    #[test]
    fn an_occasion_is_a_week() {
        let dated = |days: &[Seconds]| -> Vec<(Seconds, Region)> {
            (0..).zip(days).map(|(at, day)| (day * DAY, region(&[(at, at + 1)]))).collect()
        };
        let cases: [(&str, &[Seconds], usize); 4] = [
            ("none", &[], 0),
            ("one week, in any order", &[12, 5, 9], 1),
            ("a day more", &[5, 13], 2),
            ("from the first of each", &[1, 8, 9, 16, 17], 3),
        ];
        for (name, days, expected) in cases {
            assert_eq!(divide_by_occasion(dated(days)).len(), expected, "{name}");
        }
        assert_eq!(divide_by_occasion(dated(&[5, 7])), [region(&[(0, 2)])], "the words of both");
    }

    #[test]
    fn a_frame_is_printed_on_five_occasions() {
        type Ranges<'a> = &'a [(u32, u32)];
        let cases: [(&str, Ranges<'_>, Ranges<'_>); 4] = [
            ("four", &[(0, 9), (0, 9), (0, 9), (0, 9)], &[]),
            ("five", &[(0, 9), (2, 12), (3, 7), (3, 7), (0, 9)], &[(3, 7)]),
            ("two places", &[(0, 2), (4, 9), (0, 9), (0, 9), (0, 9), (0, 9)], &[(0, 2), (4, 9)]),
            ("one after the other", &[(0, 5), (5, 9), (0, 9), (0, 9), (0, 9), (0, 9)], &[(0, 9)]),
        ];
        for (name, ranges, expected) in cases {
            let occasions: Vec<Region> = ranges.iter().map(|&range| region(&[range])).collect();
            assert_eq!(printed_often(&occasions), region(expected), "{name}");
        }
    }
}
