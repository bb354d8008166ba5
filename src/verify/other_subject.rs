//! Recognizes two articles of one outlet that say the same of two different subjects.
//!
//! An office announces one grant after another, an agency previews one match after another, a paper prints one
//! obituary after another. The text stays; the town and the sum, the teams, the name and the age are new. These are
//! different news, not copies, though nine tenths of the words are equal and hardly a number is in them.
//!
//! The sign is that one name takes the place of another one, wherever the text names its subject: where the first
//! article says `Lund`, the second says `Ystad`, in several places, and neither town is anywhere in the other article.
//! An editor who corrects the spelling of a name does that, too, but does not change the numbers. So a number must
//! have been replaced as well.
//!
//! Within one outlet only: two senators who announce one grant, or two papers that adapt one story to their cities,
//! replace names, too, and print copies.

use std::collections::BTreeMap;
use std::ops::Range;

use super::filled_form::blanks;
use super::passage::{Block, Passage};
use crate::text::Token;

/// The minimum number of blanks in which one name takes the place of another. Once is an edit; twice is a date that
/// stands in the headline and in the text, or a verb that has another tense.
const FEWEST_BLANKS: usize = 3;

/// The maximum number of blanks that are looked at: the first ones. A form names its subject early, and the work must not
/// grow with the square of a table's length.
const BLANKS_TRIED: usize = 100;

/// Returns whether two articles say the same of two subjects. `passages` are what they share.
pub(super) fn have_other_subjects(left: &[Token], right: &[Token], passages: &[Passage]) -> bool {
    let blanks = first_blanks([left.len() as u32, right.len() as u32], passages);
    let has_number = |words: &[Token]| words.iter().any(|token| token.has_digit());
    let has_numbers = |[a, b]: &[Range<u32>; 2]| has_number(words(left, a)) && has_number(words(right, b));
    // Most articles end here, before words are looked up.
    if blanks.len() < FEWEST_BLANKS || !blanks.iter().any(has_numbers) {
        return false;
    }
    let own_a = own_words(left, right, blanks.iter().map(|[a, _]| a));
    let own_b = own_words(right, left, blanks.iter().map(|[_, b]| b));
    let is_replaced = |is_number: bool, fewest: usize| {
        let counts =
            |(token, at): &(&Token, &Vec<usize>)| token.has_digit() == is_number && at.len() >= fewest;
        let takes_place =
            |at: &[usize]| own_b.iter().filter(counts).any(|(_, other)| count_common(at, other) >= fewest);
        own_a.iter().filter(counts).any(|(_, at)| takes_place(at))
    };
    is_replaced(true, 1) && is_replaced(false, FEWEST_BLANKS)
}

/// Words that are in blanks of one article and nowhere in the other one, each with the indexes of these blanks, ascending.
type OwnWords = BTreeMap<Token, Vec<usize>>;

/// Returns the first blanks before, between and after the equal runs of passages, in both articles. `ends` are the lengths of
/// the articles.
fn first_blanks(ends: [u32; 2], passages: &[Passage]) -> Vec<[Range<u32>; 2]> {
    let mut blocks: Vec<Block> = passages.iter().flat_map(|passage| passage.blocks.iter().copied()).collect();
    blocks.push(Block { a: 0, b: 0, length: 0 });
    blocks.push(Block { a: ends[0], b: ends[1], length: 0 });
    blocks.sort_unstable_by_key(|block| (block.a, block.b, block.length));
    blanks(&blocks).take(BLANKS_TRIED).collect()
}

/// Returns the words in the blanks of an article that are not in the other article.
fn own_words<'r>(
    tokens: &[Token],
    other: &[Token],
    blanks: impl Iterator<Item = &'r Range<u32>>,
) -> OwnWords {
    let mut own = OwnWords::new();
    for (index, blank) in blanks.enumerate() {
        for &token in words(tokens, blank) {
            let at = own.entry(token).or_default();
            if at.last() != Some(&index) {
                at.push(index);
            }
        }
    }
    for token in other {
        own.remove(token);
    }
    own
}

fn words<'t>(tokens: &'t [Token], range: &Range<u32>) -> &'t [Token] {
    &tokens[range.start as usize..range.end as usize]
}

/// Returns the number of equal elements of two ascending lists.
fn count_common(one: &[usize], other: &[usize]) -> usize {
    one.iter().filter(|index| other.binary_search(index).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::super::{AlignRule, Aligner};
    use super::*;
    use crate::text::{Tokens, tokenize};

    const RULE: AlignRule = AlignRule {
        shingle_size: 5,
        bridge: AlignRule::BRIDGE,
        shortest_passage: AlignRule::SHORTEST_PASSAGE,
    };

    /// Aligns two texts and judges them, in both orders.
    fn judged(texts: [&str; 2]) -> bool {
        let lists = texts.map(|text| {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            tokens
        });
        let [left, right] = lists.each_ref().map(Tokens::tokens);
        let forward = Aligner::new(RULE).align(left, right).passages;
        let backward = Aligner::new(RULE).align(right, left).passages;
        let found = have_other_subjects(left, right, &forward);
        assert_eq!(found, have_other_subjects(right, left, &backward), "{texts:?}");
        found
    }

    /// The announcement of a grant, with the name of a town in three places, its sum, and an adjective.
    fn grant([one, two, three]: [&str; 3], sum: &str, adjective: &str) -> String {
        format!(
            "The senator said on Monday that the harbor of {one} will receive a grant of {sum} kronor from the fund for \
             safe coasts. The money for {two} pays for a new light at the end of the pier and for two boats that rescue \
             swimmers in a storm. I am glad that {three} has been chosen among so many, the senator said, since it is {adjective} \
             that every harbor of this coast has a light that can be seen from far away."
        )
    }

    #[test]
    fn a_name_and_a_number_are_replaced() {
        let lund = grant(["Lund"; 3], "4,500", "important");
        let cases = [
            ("another town and sum", grant(["Ystad"; 3], "8,100", "important"), true),
            ("a name of two words", grant(["Old Ystad"; 3], "8,100", "vital"), true),
            (
                "another town, the same sum: a corrected name",
                grant(["Lunde"; 3], "4,500", "important"),
                false,
            ),
            ("another sum: a corrected number", grant(["Lund"; 3], "8,100", "vital"), false),
            ("two places", grant(["Ystad", "Ystad", "Lund"], "8,100", "important"), false),
            ("several towns", grant(["Ystad", "Visby", "Malmö"], "8,100", "important"), false),
            (
                "the first town is in the other text",
                grant(["Ystad"; 3], "8,100", "vital") + " Lund had asked for the money, too.",
                false,
            ),
            ("the same", lund.clone(), false),
        ];
        for (name, other, expected) in cases {
            assert_eq!(judged([&lund, &other]), expected, "{name}");
        }
    }

    #[test]
    fn the_headline_is_a_place_too() {
        let with_headline = |town: &str, sum: &str| {
            format!("{town} gets a light: {}", grant([town, town, "the town"], sum, "important"))
        };
        assert!(judged([&with_headline("Lund", "4,500"), &with_headline("Ystad", "8,100")]));
    }

    #[test]
    fn articles_that_share_nothing_have_no_blanks() {
        assert!(!judged(["the harbor was closed", "a bridge is built"]));
        assert!(!have_other_subjects(&[], &[], &[]));
    }
}
