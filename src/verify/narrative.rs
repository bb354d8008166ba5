//! Counts the words that two articles share by whether they are direct speech.
//!
//! Two reports of one press conference share what was said there, in the words in which it was said. That is no sign
//! that one was copied from the other. Other shared words, the narrative, are such a sign.

use std::ops::Range;

use super::passage::Passage;
use super::region::Region;

/// The minimum number of words of narrative that count in a passage: a clause or two. Fewer may be a name with a title,
/// a date, or the phrase that introduces a quotation.
const COUNTED_PASSAGE: u32 = 12;

/// The number of equal words in the passages of a pair, by whether they are direct speech in one of the two articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SharedWords {
    /// The words that are direct speech.
    pub(super) speech: u32,
    /// The other words.
    pub(super) narrative: u32,
    /// The other words of those passages that have at least [`COUNTED_PASSAGE`] of them.
    pub(super) counted_narrative: u32,
}

impl SharedWords {
    /// Counts the words of passages. `speech_a` and `speech_b` are the tokens of each article that are direct speech,
    /// as ascending ranges.
    pub(super) fn new(passages: &[Passage], speech_a: &[Range<u32>], speech_b: &[Range<u32>]) -> Self {
        let (mut equal, mut speech, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        for passage in passages {
            let first = speech.len();
            for block in &passage.blocks {
                speech.extend(overlap(block.a..block.a_end(), speech_a));
                let in_b = overlap(block.b..block.b_end(), speech_b);
                speech
                    .extend(in_b.map(|range| range.start - block.b + block.a..range.end - block.b + block.a));
            }
            let of_passage: Vec<Range<u32>> =
                passage.blocks.iter().map(|block| block.a..block.a_end()).collect();
            let spoken = Region::new(speech[first..].iter().cloned());
            if passage.words() - spoken.len() >= COUNTED_PASSAGE {
                counted.extend_from_slice(&of_passage);
            }
            equal.extend(of_passage);
        }
        let [equal, speech, counted] = [equal, speech, counted].map(Region::new);
        Self {
            speech: speech.len(),
            narrative: equal.len() - speech.len(),
            counted_narrative: counted.len() - counted.overlap(&speech),
        }
    }

    /// Returns upper bounds of the narrative of passages, without looking at direct speech.
    pub(super) fn at_most(passages: &[Passage]) -> Self {
        let words = || passages.iter().map(Passage::words);
        let counted_narrative = words().filter(|&words| words >= COUNTED_PASSAGE).sum();
        Self { speech: 0, narrative: words().sum(), counted_narrative }
    }
}

/// Returns the parts of ascending ranges that are in `range`.
fn overlap(range: Range<u32>, ranges: &[Range<u32>]) -> impl Iterator<Item = Range<u32>> + '_ {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let (start, end) = (range.start, range.end);
    ranges[first..]
        .iter()
        .take_while(move |other| other.start < end)
        .map(move |other| other.start.max(start)..other.end.min(end))
}

#[cfg(test)]
mod tests {
    use super::super::passage::Block;
    use super::*;

    type Ranges<'a> = &'a [(u32, u32)];

    fn ranges(pairs: Ranges<'_>) -> Vec<Range<u32>> {
        pairs.iter().map(|&(begin, end)| begin..end).collect()
    }

    /// The passages are two: `b` has the first 20 words of `a` as its words 100 to 120, and words 40 to 70 and 75 to 85
    /// as its words 10 to 40 and 45 to 55.
    #[test]
    fn words_are_speech_if_they_are_in_one_of_the_articles() {
        let block = |a, b, length| Block { a, b, length };
        let passages = [
            Passage { blocks: vec![block(0, 100, 20)] },
            Passage { blocks: vec![block(40, 10, 30), block(75, 45, 10)] },
        ];
        let cases: [(&str, Ranges<'_>, Ranges<'_>, [u32; 3]); 6] = [
            ("no speech", &[], &[], [0, 60, 60]),
            ("elsewhere", &[(20, 40), (70, 75)], &[(0, 10), (60, 90)], [0, 60, 60]),
            ("in the first", &[(0, 10)], &[], [10, 50, 40]),
            ("in the second", &[], &[(105, 200)], [15, 45, 40]),
            ("the same words in both", &[(0, 8)], &[(100, 108)], [8, 52, 52]),
            ("over two blocks", &[(60, 80)], &[], [15, 45, 45]),
        ];
        for (name, speech_a, speech_b, expected) in cases {
            let SharedWords { speech, narrative, counted_narrative } =
                SharedWords::new(&passages, &ranges(speech_a), &ranges(speech_b));
            assert_eq!([speech, narrative, counted_narrative], expected, "{name}");
            let bound = SharedWords::at_most(&passages);
            assert!(narrative <= bound.narrative && counted_narrative <= bound.counted_narrative, "{name}");
        }
    }
}
