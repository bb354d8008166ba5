//! Two token lists and their passages in, out whether they are one form that was filled in twice.

use std::ops::Range;

use super::passage::Passage;
use super::region::Region;
use crate::text::Token;

/// Tells whether two articles are one form that was filled in twice.
pub(super) fn are_one_form(left: &[Token], right: &[Token], passages: &[Passage]) -> bool {
    let (equal_a, equal_b) = equal_regions(passages);
    is_form(left, &equal_a) || is_form(right, &equal_b)
}

/// Unites the equal runs of passages, without the words that are only bridged, in `a` and in `b`.
fn equal_regions(passages: &[Passage]) -> (Region, Region) {
    let blocks = || passages.iter().flat_map(|passage| &passage.blocks);
    (
        Region::new(blocks().map(|block| block.a..block.a + block.length)),
        Region::new(blocks().map(|block| block.b..block.b + block.length)),
    )
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
    /// The most words of a blank: a sentence. What is longer is text of its own.
    const BLANK: u32 = 20;
    let numbers = |range: &Range<u32>| {
        tokens[range.start as usize..range.end as usize].iter().filter(|token| token.has_digit()).count()
    };
    let blanks = equal.ranges().windows(2).map(|pair| pair[0].end..pair[1].start);
    let filled: usize = blanks.filter(|blank| blank.len() as u32 <= BLANK).map(|blank| numbers(&blank)).sum();
    let kept: usize = equal.ranges().iter().map(numbers).sum();
    filled + kept >= SEVERAL && kept < filled && filled as u32 * DENSE >= equal.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn tells_forms() {
        let story = format!("4 {} 8 rose to 15 and 16", "and then the river ".repeat(40));
        let cases: [(&str, &str, &[Range<u32>], bool); 6] = [
            ("most numbers changed in a long text", &story, &[1..161, 162..164, 165..166], false),
            ("most numbers changed", "drawn were 4 8 15 and the jackpot is 16 million", &[0..2, 5..11], true),
            ("no numbers", "the harbor was closed on Monday", &[0..2, 4..6], false),
            ("a changed toll", "a storm killed 12 people in 2031 and closed 3 roads", &[0..3, 4..11], false),
            ("two numbers", "on May 3 at 7 in the evening", &[0..2, 6..8], false),
            ("numbers before and behind", "4 8 15 the harbor was closed 16 23 42", &[3..5, 6..7], false),
        ];
        for (name, text, equal, expected) in cases {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(is_form(tokens.tokens(), &Region::new(equal.iter().cloned())), expected, "{name}");
        }
    }
}
