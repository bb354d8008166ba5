//! Finds masked words of two articles that were copied together with other text.
//!
//! A mask hides what an outlet repeats. An outlet that prints a story in several versions, or one paragraph with each report
//! on a subject, repeats a part of its stories, too. Who copies such a story copies that part with it. So between articles
//! of two outlets, masked words in one piece with unmasked text that both have are shared words like any other.
//!
//! Words at the end of such a piece that both outlets mask are an exception: two outlets of one publisher may have one
//! template, which begins or ends the pages of both. Inside a piece, such words were copied.

use std::iter::once;

use super::passage::{Block, Passage};
use super::region::Region;

/// Returns the masked words of two articles that were copied with other text, as positions among all words of each.
///
/// `passages` are those of the two whole articles, and `masked` the words of each that are masked. Words of a passage were
/// copied with other text if at least `shortest` equal words of it are masked in neither article. The words at its ends
/// that are masked in both are left out.
pub(super) fn copied_boilerplate(passages: &[Passage], masked: &[Region; 2], shortest: u32) -> [Region; 2] {
    let (mut in_a, mut in_b) = (Vec::new(), Vec::new());
    for passage in passages {
        let pieces: Vec<Piece> = passage.blocks.iter().map(|&block| Piece::new(block, masked)).collect();
        if pieces.iter().map(|piece| piece.words_in_cores).sum::<u32>() < shortest {
            continue;
        }
        let mut parts = pieces.iter().filter_map(|piece| piece.unmasked);
        let Some(first) = parts.next() else { continue };
        let last = parts.next_back().unwrap_or(first);
        in_a.push(first.a..last.a_end());
        in_b.push(first.b..last.b_end());
    }
    [Region::new(in_a).intersection(&masked[0]), Region::new(in_b).intersection(&masked[1])]
}

/// An equal run, and how much of it is masked.
struct Piece {
    /// The number of its words that are masked in neither article.
    words_in_cores: u32,
    /// The run from the first to the last word that is not masked in both articles.
    unmasked: Option<Block>,
}

impl Piece {
    fn new(block: Block, masked: &[Region; 2]) -> Self {
        let all = Region::new(once(0..block.length));
        let [in_a, in_b] = [(&masked[0], block.a), (&masked[1], block.b)].map(|(masked, begin)| {
            let here = masked.intersection(&Region::new(once(begin..begin + block.length)));
            Region::new(here.ranges().iter().map(|range| range.start - begin..range.end - begin))
        });
        let outside = all.without(&in_a.intersection(&in_b));
        let ends = outside.ranges().first().zip(outside.ranges().last());
        Self {
            words_in_cores: block.length - in_a.union(&in_b).len(),
            unmasked: ends.map(|(first, last)| Block {
                a: block.a + first.start,
                b: block.b + first.start,
                length: last.end - first.start,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ranges<'a> = &'a [(u32, u32)];

    fn region(ranges: Ranges<'_>) -> Region {
        Region::new(ranges.iter().map(|&(begin, end)| begin..end))
    }

    /// A passage of a hundred words, the second article ten words later.
    fn one_run() -> Vec<Passage> {
        vec![Passage { blocks: vec![Block { a: 0, b: 10, length: 100 }] }]
    }

    #[test]
    fn masked_words_are_copied_with_the_text_around_them() {
        let none: Ranges<'_> = &[];
        // Name, masked words of each article, and those of them that were copied.
        let cases: [(&str, [Ranges<'_>; 2], [Ranges<'_>; 2]); 8] = [
            ("nothing masked", [none; 2], [none; 2]),
            ("the end of one", [&[(50, 100)], none], [&[(50, 100)], none]),
            ("the beginning of the other", [none, &[(0, 40)]], [none, &[(10, 40)]]),
            ("a paragraph of both", [&[(30, 60)], &[(40, 70)]], [&[(30, 60)], &[(40, 70)]]),
            ("the end of both", [&[(50, 100)], &[(60, 110)]], [none; 2]),
            ("the end of both, more of one", [&[(40, 100)], &[(60, 110)]], [&[(40, 50)], none]),
            ("all but twelve words", [&[(0, 44), (56, 100)], none], [&[(0, 44), (56, 100)], none]),
            ("all but eleven words", [&[(0, 44), (55, 100)], none], [none; 2]),
        ];
        for (name, masked, expected) in cases {
            let [masked, expected] = [masked, expected].map(|sides| sides.map(region));
            assert_eq!(copied_boilerplate(&one_run(), &masked, 12), expected, "{name}");
        }
    }

    /// The second run follows the first after a changed word. The last run is a passage of its own.
    #[test]
    fn runs_of_one_passage_are_one_piece() {
        let block = |a, length| Block { a, b: a, length };
        let passages =
            [Passage { blocks: vec![block(0, 20), block(21, 30)] }, Passage { blocks: vec![block(80, 40)] }];
        let masked = [region(&[(21, 51), (80, 120)]), Region::default()];
        let copied = copied_boilerplate(&passages, &masked, 12);
        assert_eq!(copied, [region(&[(21, 51)]), Region::default()]);
    }
}
