//! Recognizes two articles that are one form, filled in twice.
//!
//! A form is a fixed text with blanks for numbers. Two lottery results, two weather reports or two match results
//! differ in little else than these numbers, yet they are different news, not copies.
//!
//! The rule looks at one of the two articles, at its equal runs (those that are also in the other article) and at
//! its blanks (the text between two equal runs, if it is no longer than a sentence). The article is a filled form
//! if most of its numbers are in the blanks, and not too few of them. Numbers elsewhere, in a dateline, a footer or
//! other paragraphs, do not matter.

use std::ops::Range;

use super::passage::{Block, Passage};
use super::region::Region;
use crate::text::Token;

/// The maximum number of words in a blank: a sentence. Anything longer is text of its own.
const LONGEST_BLANK: u32 = 20;
/// The minimum number of numbers in the equal runs and blanks of a form. Fewer may differ between copies: a date, a
/// death toll.
const FEWEST_NUMBERS: usize = 3;
/// The maximum number of equal words for each number in a blank: two sentences. A text with more words says more
/// than its numbers, and a later version of a story has new ones.
const WORDS_PER_NUMBER: u32 = 40;

/// Returns whether two articles are one form, filled in twice. It is enough that one of them is a filled form.
pub(super) fn are_one_form(left: &[Token], right: &[Token], passages: &[Passage]) -> bool {
    // A single run has no blanks.
    if passages.iter().map(|passage| passage.blocks.len()).sum::<usize>() < 2 {
        return false;
    }
    let (equal_a, equal_b) = equal_regions(left, right, passages);
    is_filled_form(left, &equal_a) || is_filled_form(right, &equal_b)
}

/// Returns the equal runs of passages in each of the two articles, without the words that are only bridged. Numbers
/// that are in the same blank of both articles are added: they were not filled in anew, but other words or a mask
/// separate them from a run.
fn equal_regions(left: &[Token], right: &[Token], passages: &[Passage]) -> (Region, Region) {
    let mut blocks: Vec<Block> = passages.iter().flat_map(|passage| passage.blocks.iter().copied()).collect();
    blocks.sort_unstable_by_key(|block| (block.a, block.b));
    let mut equal: [Vec<Range<u32>>; 2] = [
        blocks.iter().map(|block| block.a..block.a_end()).collect(),
        blocks.iter().map(|block| block.b..block.b_end()).collect(),
    ];
    for [blank_a, blank_b] in blanks(&blocks) {
        let mut numbers: Vec<u32> = blank_b.filter(|&at| right[at as usize].has_digit()).collect();
        for at in blank_a.filter(|&at| left[at as usize].has_digit()) {
            // Each number of the second article is paired once.
            if let Some(index) = numbers.iter().position(|&other| right[other as usize] == left[at as usize])
            {
                let other = numbers.remove(index);
                equal[0].push(at..at + 1);
                equal[1].push(other..other + 1);
            }
        }
    }
    let [a, b] = equal.map(Region::new);
    (a, b)
}

/// Returns the blanks between equal runs, in both articles: the gaps that have words in both and are short enough.
pub(super) fn blanks(blocks: &[Block]) -> impl Iterator<Item = [Range<u32>; 2]> {
    let gaps = blocks.windows(2).map(|pair| [pair[0].a_end()..pair[1].a, pair[0].b_end()..pair[1].b]);
    gaps.filter(|gap| gap.iter().all(|gap| !gap.is_empty() && is_blank(gap)))
}

/// Returns whether a gap between two equal runs is short enough to be a blank.
fn is_blank(gap: &Range<u32>) -> bool {
    gap.len() as u32 <= LONGEST_BLANK
}

/// Returns whether an article is a form that was filled in anew: in its equal runs and blanks it has several
/// numbers, and most of them are in the blanks.
fn is_filled_form(tokens: &[Token], equal: &Region) -> bool {
    let gaps = equal.ranges().windows(2).map(|pair| pair[0].end..pair[1].start);
    let filled: usize = gaps.filter(is_blank).map(|blank| count_numbers(tokens, &blank)).sum();
    // Most articles end here, before their equal runs are searched for numbers.
    if filled == 0 || equal.len() > filled as u32 * WORDS_PER_NUMBER {
        return false;
    }
    let kept: usize = equal.ranges().iter().map(|run| count_numbers(tokens, run)).sum();
    kept + filled >= FEWEST_NUMBERS && filled > kept
}

fn count_numbers(tokens: &[Token], range: &Range<u32>) -> usize {
    tokens[range.start as usize..range.end as usize].iter().filter(|token| token.has_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn a_form_has_several_numbers_and_most_of_them_in_blanks() {
        let story = format!("4 {} 8 rose to 15 and 16", "and then the river ".repeat(40));
        let cases: [(&str, &str, &[Range<u32>], bool); 8] = [
            ("most numbers changed in a long text", &story, &[1..161, 162..164, 165..166], false),
            ("most numbers changed", "drawn were 4 8 15 and the jackpot is 16 million", &[0..2, 5..11], true),
            ("no numbers", "the harbor was closed on Monday", &[0..2, 4..6], false),
            ("a changed toll", "a storm killed 12 people in 2031 and closed 3 roads", &[0..3, 4..11], false),
            ("two of three numbers changed", "at 4 and 8 and 15 the gate", &[0..1, 2..3, 4..8], true),
            ("two of four numbers changed", "at 4 and 8 and 15 to 16", &[0..1, 2..3, 4..8], false),
            ("two numbers", "on May 3 at 7 in the evening", &[0..2, 6..8], false),
            ("numbers before and after", "4 8 15 the harbor was closed 16 23 42", &[3..5, 6..7], false),
        ];
        for (name, text, equal, expected) in cases {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            let equal = Region::new(equal.iter().cloned());
            assert_eq!(is_filled_form(tokens.tokens(), &equal), expected, "{name}");
        }
    }

    /// Each text has three numbers, each in a blank of `blank` words, and `equal` words around the blanks.
    #[test]
    fn blanks_are_short_and_dense() {
        let cases = [
            ("two sentences for each number", 120, 1, true),
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
            assert_eq!(is_filled_form(tokens.tokens(), &Region::new(ranges)), expected, "{name}");
        }
    }

    #[test]
    fn numbers_in_the_same_blank_of_both_articles_are_not_filled_in_anew() {
        let places = |[one, other]: [&str; 2]| {
            format!("drawn were in {one} first 4 then {other} second 8 and 15 again")
        };
        let texts = [places(["Lund", "Ystad"]), places(["Malmö", "Visby"])];
        let equal = [(0, 3), (10, 1), (12, 1)];
        assert!(!are_one_form_at(&texts, &equal), "in the same blanks");
        let texts = ["at 4 or 8 and 15 the gate", "at 8 or 4 and 16 the gate"];
        let equal = [(0, 1), (2, 1), (4, 1), (6, 2)];
        assert!(are_one_form_at(&texts, &equal), "in other blanks");
    }

    /// Takes the equal runs as (position in both texts, length).
    fn are_one_form_at(texts: &[impl AsRef<str>; 2], equal: &[(u32, u32)]) -> bool {
        let lists = texts.each_ref().map(|text| {
            let mut tokens = Tokens::new();
            tokenize(text.as_ref(), &mut tokens);
            tokens
        });
        let blocks = equal.iter().map(|&(at, length)| Block { a: at, b: at, length }).collect();
        are_one_form(lists[0].tokens(), lists[1].tokens(), &[Passage { blocks }])
    }

    #[test]
    fn it_is_enough_that_one_article_is_a_form() {
        let numbers = "drawn were 4 and 8 and 15 today";
        let words = "drawn were four and eight and fifteen today";
        let equal = [(0, 2), (3, 1), (5, 1), (7, 1)];
        assert!(are_one_form_at(&[numbers, words], &equal));
        assert!(are_one_form_at(&[words, numbers], &equal));
        assert!(!are_one_form_at(&[words, words], &equal));
        let mut tokens = Tokens::new();
        tokenize(numbers, &mut tokens);
        assert!(!are_one_form(tokens.tokens(), tokens.tokens(), &[]), "no passages");
    }
}
