//! Two token lists and their passages in, out whether they are one form that was filled in twice.

use std::ops::Range;

use super::passage::{Block, Passage};
use super::region::Region;
use crate::text::Token;

/// Tells whether two articles are one form that was filled in twice.
pub(super) fn are_one_form(left: &[Token], right: &[Token], passages: &[Passage]) -> bool {
    // Nothing stands between the runs where there is only one.
    if passages.iter().map(|passage| passage.blocks.len()).sum::<usize>() < 2 {
        return false;
    }
    let (equal_a, equal_b) = equal_regions(left, right, passages);
    is_form(left, &equal_a) || is_form(right, &equal_b)
}

/// The most words of a blank: a sentence. What is longer is text of its own.
const BLANK: u32 = 20;

/// Unites the equal runs of passages, without the words that are only bridged, in `a` and in `b`; and numbers that
/// stand in one blank of both, where other words, or a mask, keep them from a run.
fn equal_regions(left: &[Token], right: &[Token], passages: &[Passage]) -> (Region, Region) {
    let mut blocks: Vec<Block> = passages.iter().flat_map(|passage| passage.blocks.iter().copied()).collect();
    blocks.sort_unstable_by_key(|block| (block.a, block.b));
    let mut equal: [Vec<Range<u32>>; 2] = [
        blocks.iter().map(|block| block.a..block.a + block.length).collect(),
        blocks.iter().map(|block| block.b..block.b + block.length).collect(),
    ];
    for pair in blocks.windows(2) {
        let blank_a = pair[0].a + pair[0].length..pair[1].a;
        let blank_b = pair[0].b + pair[0].length..pair[1].b;
        if [&blank_a, &blank_b].iter().any(|blank| blank.is_empty() || blank.len() as u32 > BLANK) {
            continue;
        }
        let mut numbers: Vec<u32> = blank_b.filter(|&at| right[at as usize].has_digit()).collect();
        for at in blank_a.filter(|&at| left[at as usize].has_digit()) {
            if let Some(place) = numbers.iter().position(|&other| right[other as usize] == left[at as usize])
            {
                let other = numbers.remove(place);
                equal[0].push(at..at + 1);
                equal[1].push(other..other + 1);
            }
        }
    }
    let [a, b] = equal.map(Region::new);
    (a, b)
}

/// Tells whether an article is a form that was filled in anew: in its equal runs and the blanks between them it holds
/// several numbers, and most of them stand in the blanks. Two draws of a lottery, two days of weather, two results
/// differ by little else, and yet are not copies. Numbers elsewhere, in a date line, a footer or other paragraphs, say
/// nothing.
fn is_form(tokens: &[Token], equal: &Region) -> bool {
    /// Fewer numbers than this may change in a copy: a date, a toll.
    const SEVERAL: usize = 3;
    /// The equal words for each number that was filled in, at most: two sentences. Where there are more, the text says
    /// more than its numbers, and a later version of a story has new ones.
    const DENSE: u32 = 40;
    let numbers = |range: &Range<u32>| {
        tokens[range.start as usize..range.end as usize].iter().filter(|token| token.has_digit()).count()
    };
    let blanks = equal.ranges().windows(2).map(|pair| pair[0].end..pair[1].start);
    let filled: usize = blanks.filter(|blank| blank.len() as u32 <= BLANK).map(|blank| numbers(&blank)).sum();
    let is_dense = filled > 0 && filled as u32 * DENSE >= equal.len();
    let kept = || equal.ranges().iter().map(numbers).sum::<usize>();
    is_dense && (SEVERAL.saturating_sub(filled)..filled).contains(&kept())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn tells_forms() {
        let story = format!("4 {} 8 rose to 15 and 16", "and then the river ".repeat(40));
        let cases: [(&str, &str, &[Range<u32>], bool); 8] = [
            ("most numbers changed in a long text", &story, &[1..161, 162..164, 165..166], false),
            ("most numbers changed", "drawn were 4 8 15 and the jackpot is 16 million", &[0..2, 5..11], true),
            ("no numbers", "the harbor was closed on Monday", &[0..2, 4..6], false),
            ("a changed toll", "a storm killed 12 people in 2031 and closed 3 roads", &[0..3, 4..11], false),
            ("two of three numbers changed", "at 4 and 8 and 15 the gate", &[0..1, 2..3, 4..8], true),
            ("two of four numbers changed", "at 4 and 8 and 15 to 16", &[0..1, 2..3, 4..8], false),
            ("two numbers", "on May 3 at 7 in the evening", &[0..2, 6..8], false),
            ("numbers before and behind", "4 8 15 the harbor was closed 16 23 42", &[3..5, 6..7], false),
        ];
        for (name, text, equal, expected) in cases {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(is_form(tokens.tokens(), &Region::new(equal.iter().cloned())), expected, "{name}");
        }
    }

    /// Three numbers that were filled in, each in a blank of so many words, and so many words around the blanks.
    #[test]
    fn blanks_are_short_and_dense() {
        let cases = [
            ("two sentences a number", 120, 1, true),
            ("more than that", 121, 1, false),
            ("blanks of a sentence", 60, 20, true),
            ("longer blanks", 60, 21, false),
        ];
        for (name, equal, blank, expected) in cases {
            let blanks = format!("{}7 again ", "and ".repeat(blank - 1)).repeat(3);
            let text = format!("{}{blanks}", "word ".repeat(equal - 3));
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            let words = tokens.tokens().len() as u32;
            let ends: Vec<u32> = (0..4).map(|left| words - left * (blank as u32 + 1)).rev().collect();
            let ranges = ends.iter().map(|&end| end - 1..end).chain(std::iter::once(0..ends[0]));
            assert_eq!(is_form(tokens.tokens(), &Region::new(ranges)), expected, "{name}");
        }
    }

    #[test]
    fn numbers_that_stand_in_one_blank_of_both_are_kept() {
        let mut lists = [Tokens::new(), Tokens::new()];
        let tell = |[one, other]: [&str; 2]| {
            format!("drawn were in {one} first 4 then {other} second 8 and 15 again")
        };
        let mut is_form = |left: [&str; 2], right: [&str; 2]| {
            for (list, names) in lists.iter_mut().zip([left, right]) {
                tokenize(&tell(names), list);
            }
            let blocks = [(0, 3), (10, 1), (12, 1)].map(|(at, length)| Block { a: at, b: at, length });
            are_one_form(lists[0].tokens(), lists[1].tokens(), &[Passage { blocks: blocks.to_vec() }])
        };
        assert!(!is_form(["Lund", "Ystad"], ["Malmö", "Visby"]), "none of them was filled in anew");
        let mut lists = [Tokens::new(), Tokens::new()];
        for (list, text) in lists.iter_mut().zip(["at 4 or 8 and 15 the gate", "at 8 or 4 and 16 the gate"]) {
            tokenize(text, list);
        }
        let blocks = [(0, 1), (2, 1), (4, 1), (6, 2)].map(|(at, length)| Block { a: at, b: at, length });
        let passages = [Passage { blocks: blocks.to_vec() }];
        assert!(are_one_form(lists[0].tokens(), lists[1].tokens(), &passages), "in other blanks");
    }

    #[test]
    fn one_of_the_two_may_be_the_form() {
        let mut lists = [Tokens::new(), Tokens::new()];
        let texts = ["drawn were 4 and 8 and 15 today", "drawn were four and eight and fifteen today"];
        for (list, text) in lists.iter_mut().zip(texts) {
            tokenize(text, list);
        }
        let blocks = [(0, 2), (3, 1), (5, 1), (7, 1)].map(|(at, length)| Block { a: at, b: at, length });
        let passages = [Passage { blocks: blocks.to_vec() }];
        let [numbers, words] = lists.each_ref().map(Tokens::tokens);
        assert!(are_one_form(numbers, words, &passages));
        assert!(are_one_form(words, numbers, &passages));
        assert!(!are_one_form(words, words, &passages));
        assert!(!are_one_form(numbers, numbers, &[]));
    }
}
