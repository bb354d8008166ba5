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
//! Many reports name their subject twice: in the headline and in the lead. Two places are enough if the first is in
//! the lead, and so is a sum that was replaced. A number of a date is no sum: an update of a story has a new
//! date, and may have another word in its headline and in its lead.
//!
//! Within one outlet only: two senators who announce one grant, or two papers that adapt one story to their cities,
//! replace names, too, and print copies.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::filled_form::blanks;
use super::passage::{Block, Passage};
use super::relation::OWN_LEAD;
use crate::text::{Token, Tokens, tokenize};

/// The minimum number of blanks in which one name takes the place of another, anywhere. Once is an edit; twice is a date
/// that stands in the headline and in the text, or a verb that has another tense.
const FEWEST_BLANKS: usize = 3;

/// The minimum number of such blanks if the first one is in the lead, and a sum is replaced there, too.
const FEWEST_BLANKS_FROM_LEAD: usize = 2;

/// The maximum number of blanks that are looked at: the first ones. A form names its subject early, and the work must not
/// grow with the square of a table's length.
const BLANKS_TRIED: usize = 100;

/// Returns whether two articles say the same of two subjects. `passages` are what they share.
pub(super) fn have_other_subjects(left: &[Token], right: &[Token], passages: &[Passage]) -> bool {
    let blanks = first_blanks([left.len() as u32, right.len() as u32], passages);
    let has_number = |words: &[Token]| words.iter().any(|token| token.has_digit());
    let has_numbers = |[a, b]: &[Range<u32>; 2]| has_number(words(left, a)) && has_number(words(right, b));
    // Most articles end here, before words are looked up.
    if blanks.len() < FEWEST_BLANKS_FROM_LEAD || !blanks.iter().any(has_numbers) {
        return false;
    }
    let in_lead = blanks.partition_point(|[a, b]| a.start.min(b.start) < OWN_LEAD);
    let own_a = own_words(left, right, blanks.iter().map(|[a, _]| a));
    let own_b = own_words(right, left, blanks.iter().map(|[_, b]| b));
    // Whether a word takes the place of another one, both of a kind, in so many blanks or more.
    let is_replaced = |are_of_kind: fn(Token, Token) -> bool, fewest: usize, from_lead: bool| {
        let begins = |&first: &usize| !from_lead || first < in_lead;
        let may_count = |own: &(&Token, &Vec<usize>)| own.1.len() >= fewest && begins(&own.1[0]);
        own_a.iter().filter(may_count).any(|(&one, at)| {
            own_b.iter().filter(may_count).any(|(&other, others)| {
                let mut both = common(at, others);
                are_of_kind(one, other)
                    && both.next().as_ref().is_some_and(begins)
                    && 1 + both.count() >= fewest
            })
        })
    };
    is_replaced(are_numbers, 1, false)
        && (is_replaced(are_names, FEWEST_BLANKS, false)
            || is_replaced(are_names, FEWEST_BLANKS_FROM_LEAD, true) && is_replaced(are_sums, 1, true))
}

fn are_numbers(one: Token, other: Token) -> bool {
    one.has_digit() && other.has_digit()
}

/// Returns whether two tokens may be names: words without a digit.
fn are_names(one: Token, other: Token) -> bool {
    !one.has_digit() && !other.has_digit()
}

/// Returns whether two tokens are numbers, and none is of a date.
fn are_sums(one: Token, other: Token) -> bool {
    are_numbers(one, other) && !is_of_date(one) && !is_of_date(other)
}

/// Returns whether a token may be a number of a date: of a day, a month or a year.
fn is_of_date(token: Token) -> bool {
    static NUMBERS: LazyLock<BTreeSet<Token>> = LazyLock::new(|| {
        let numbers = (0..=31).chain(1900..=2100).map(|number| format!("{number} "));
        let with_zero = (1..=9).map(|number| format!("0{number} "));
        let mut tokens = Tokens::new();
        tokenize(&numbers.chain(with_zero).collect::<String>(), &mut tokens);
        tokens.tokens().iter().copied().collect()
    });
    NUMBERS.contains(&token)
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

/// Returns the words in the blanks of an article that are not in the other article: the numbers, and the others that are in
/// [`FEWEST_BLANKS_FROM_LEAD`] blanks or more.
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
    own.retain(|token, at| token.has_digit() || at.len() >= FEWEST_BLANKS_FROM_LEAD);
    if !own.is_empty() {
        for token in other {
            own.remove(token);
        }
    }
    own
}

fn words<'t>(tokens: &'t [Token], range: &Range<u32>) -> &'t [Token] {
    &tokens[range.start as usize..range.end as usize]
}

/// Returns the equal elements of two ascending lists.
fn common<'l>(one: &'l [usize], other: &'l [usize]) -> impl Iterator<Item = usize> + 'l {
    one.iter().copied().filter(|index| other.binary_search(index).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::{AlignRule, Aligner};
    use super::*;

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
    fn two_places_are_enough_from_the_lead_on_with_a_sum() {
        let twice = |town, sum| grant([town, town, "it"], sum, "important");
        let below = |text: String| format!("{}{text}", "The fund publishes all that it gives. ".repeat(6));
        let cases = [
            ("the town and the sum in the lead", [twice("Lund", "4,500"), twice("Ystad", "8,100")], true),
            ("the number of a day", [twice("Lund", "14"), twice("Ystad", "17")], false),
            ("a year", [twice("Lund", "2031"), twice("Ystad", "2032")], false),
            ("below the lead", [below(twice("Lund", "4,500")), below(twice("Ystad", "8,100"))], false),
            ("the same sum", [twice("Lund", "4,500"), twice("Ystad", "4,500")], false),
            ("the same town", [twice("Lund", "4,500"), twice("Lund", "8,100")], false),
        ];
        for (name, texts, expected) in cases {
            assert_eq!(judged(texts.each_ref().map(String::as_str)), expected, "{name}");
        }
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
