//! Defines what a token is: the plain, slow form of the rules, one after the other.
//!
//! 1. Addresses, link targets, line-end hyphens and gaps are removed (`clean`).
//! 2. Stretches of scripts without spaces are divided into pieces (`pieces`).
//! 3. The rest is divided at ASCII white space, then into words by Unicode's rules (UAX #29). A word without any
//!    letter or digit is dropped.
//! 4. Apostrophes inside such a word are dropped (`don't` is `dont`), but after a digit they divide it (`12'30`). All
//!    other punctuation that UAX #29 allows inside a word divides it, because a scraper that loses the space between
//!    two sentences writes `end.Next`. There are two exceptions: single letters joined by dots stay together, since
//!    one house writes `U.S.` and another `US`, and so do groups of three digits (`2,500`, `2.500`, `2'500` and
//!    `2500`). In Arabic script a zero width non-joiner divides a word, too (`gap`).
//! 5. A word of letters of two scripts that look alike is written in one of them (`lookalikes`).
//! 6. A word is compared in its folded form (`fold`). A word whose folded form is empty is dropped.

use unicode_segmentation::UnicodeSegmentation;

use super::char_properties::{is_apostrophe, is_joint, is_space, is_unspaced};
use super::clean::clean;
use super::fold::fold;
use super::gap::is_arabic_divider;
use super::lookalikes::in_one_script;
use super::pieces::for_each_piece;
#[cfg(any(test, fuzzing))]
use super::tokens::Tokens;

/// The number of digits in a group of a long number. Only the first group may have fewer.
pub(super) const DIGITS_IN_GROUP: usize = 3;

/// Divides a text into tokens by the definition alone.
///
/// This is slow. [`tokenize`](super::tokenize()) must yield the same tokens.
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[allow(unreachable_pub, reason = "the fuzz targets reach it")]
pub fn tokenize_by_definition(text: &str, out: &mut Tokens) {
    out.clear();
    for_each_word(text, |folded, begin, end| out.push_word(folded, begin, end));
    out.finish(text.as_bytes());
}

/// Divides a text into words, and calls `emit` with the folded form of each, and its begin and end in the text.
pub(super) fn for_each_word(text: &str, mut emit: impl FnMut(&[u8], usize, usize)) {
    let cleaned = clean(text);
    let clean_text = cleaned.text.as_str();
    let mut emit_original = |folded: &[u8], begin: usize, end: usize| {
        let (begin, end) = cleaned.original(begin, end);
        emit(folded, begin, end);
    };
    let mut at = 0;
    while at < clean_text.len() {
        let spaced = spaced_stretch(&clean_text[at..]);
        for_each_spaced_word(spaced, |folded, begin, end| emit_original(folded, at + begin, at + end));
        at += spaced.len();
        let unspaced = unspaced_stretch(&clean_text[at..]);
        for_each_piece(unspaced, |folded, begin, end| emit_original(folded, at + begin, at + end));
        at += unspaced.len();
    }
}

/// Returns the characters at the beginning of `rest` that are written with spaces between words.
fn spaced_stretch(rest: &str) -> &str {
    &rest[..rest.find(is_unspaced).unwrap_or(rest.len())]
}

/// Returns the characters at the beginning of `rest` that are written without spaces, with their combining marks.
fn unspaced_stretch(rest: &str) -> &str {
    let end = rest
        .grapheme_indices(true)
        .find(|(_, character)| !character.starts_with(is_unspaced))
        .map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

/// Divides a stretch of scripts with spaces (rules 3 to 6).
fn for_each_spaced_word(stretch: &str, mut emit: impl FnMut(&[u8], usize, usize)) {
    let mut run_begin = 0;
    for run in stretch.split(is_space) {
        for (offset, word) in run.unicode_word_indices() {
            let word_begin = run_begin + offset;
            divide_word(word, |folded, begin, end| {
                if !folded.is_empty() {
                    emit(folded.as_bytes(), word_begin + begin, word_begin + end);
                }
            });
        }
        run_begin += run.len() + 1;
    }
}

/// A stretch of a word of UAX #29 between joints and other characters that divide it.
#[derive(Clone, Copy)]
struct Part {
    begin: usize,
    end: usize,
    /// The character that divides it from the part before it; none for the first part.
    joint: Option<char>,
}

/// Divides a word of UAX #29 by rule 4, and calls `emit` with the folded form of each word, its begin and its end.
fn divide_word(word: &str, mut emit: impl FnMut(&str, usize, usize)) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return emit(&word.to_ascii_lowercase(), 0, word.len());
    }
    let parts = parts(word);
    let initials = initials(word, &parts);
    let mut index = 0;
    while index < parts.len() {
        let count = initials[index].unwrap_or_else(|| digit_groups(word, &parts[index..]));
        let (begin, end) = (parts[index].begin, parts[index + count - 1].end);
        let compared: String = word[begin..end]
            .chars()
            .filter(|&letter| !(is_apostrophe(letter) || matches!(letter, '.' | ',')))
            .collect();
        emit(&fold(&in_one_script(&compared)), begin, end);
        index += count;
    }
}

/// Returns for each part the number of parts from it on that dots join, if all of these are single letters.
fn initials(word: &str, parts: &[Part]) -> Vec<Option<usize>> {
    let mut counts = vec![None; parts.len()];
    for (index, part) in parts.iter().enumerate().rev() {
        let is_joined = parts.get(index + 1).is_some_and(|next| next.joint == Some('.'));
        let after = if is_joined { counts[index + 1] } else { Some(0) };
        counts[index] =
            after.filter(|_| is_single_letter(&word[part.begin..part.end])).map(|count| count + 1);
    }
    counts
}

/// Returns the number of parts that make one number: a first group of up to three digits, then groups of three, all
/// with the same separator before them. Returns 1 if there is no such number.
fn digit_groups(word: &str, parts: &[Part]) -> usize {
    let Some(separator) = parts.get(1).and_then(|part| part.joint).filter(|&joint| separates_digits(joint))
    else {
        return 1;
    };
    if digits(word, &parts[0]).is_none_or(|count| count > DIGITS_IN_GROUP) {
        return 1;
    }
    let is_group =
        |part: &&Part| part.joint == Some(separator) && digits(word, part) == Some(DIGITS_IN_GROUP);
    1 + parts[1..].iter().take_while(is_group).count()
}

/// Returns whether a joint may separate groups of digits.
fn separates_digits(joint: char) -> bool {
    matches!(joint, '.' | ',') || is_apostrophe(joint)
}

/// Returns the number of digits of a part, if it consists of ASCII digits only.
fn digits(word: &str, part: &Part) -> Option<usize> {
    let bytes = &word.as_bytes()[part.begin..part.end];
    bytes.iter().all(u8::is_ascii_digit).then_some(bytes.len())
}

/// Divides a word of UAX #29 at its joints, and in Arabic script at zero width non-joiners. An apostrophe divides it
/// only after a digit.
fn parts(word: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = Part { begin: 0, end: 0, joint: None };
    let mut follows_digit = false;
    for (at, character) in word.char_indices() {
        let next = at + character.len_utf8();
        let divides = is_joint(character) && (follows_digit || !is_apostrophe(character));
        if divides || is_arabic_divider(word, at) {
            part.end = at;
            parts.push(part);
            part = Part { begin: next, end: next, joint: Some(character) };
        }
        if character.is_alphanumeric() || is_joint(character) {
            follows_digit = character.is_numeric();
        }
    }
    part.end = word.len();
    parts.push(part);
    // UAX #29 joins a sound mark of kana (`a_゜`) as it joins a letter, but it is none.
    parts.retain(|part| word[part.begin..part.end].contains(char::is_alphanumeric));
    parts
}

/// Returns whether a part is one letter, with any combining marks on it.
fn is_single_letter(part: &str) -> bool {
    let mut letters = part.chars().filter(|letter| letter.is_alphanumeric());
    letters.next().is_some_and(|letter| !letter.is_numeric()) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        for_each_word(text, |folded, begin, end| {
            assert!(text.get(begin..end).is_some_and(|cut| !cut.is_empty()), "{begin}..{end} of {text:?}");
            out.push(String::from_utf8(folded.to_vec()).unwrap());
        });
        out
    }

    #[test]
    fn divides_by_each_rule() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("plain", "Oil rose, then fell.", &["oil", "rose", "then", "fell"]),
            ("apostrophes", "don't; China’s", &["dont", "chinas"]),
            ("lost space", "the end.Next day:We", &["the", "end", "next", "day", "we"]),
            ("initials", "the U.S. and J.K.Rowling", &["the", "us", "and", "j", "k", "rowling"]),
            (
                "numbers",
                "1,000.5 v2.0 3:45 5% 1'000 v1,000 1,000km",
                &["1000", "5", "v2", "0", "3", "45", "5", "1000", "v1", "000", "1", "000km"],
            ),
            (
                "groups of digits",
                "2,500 2.500 2’500 2500 250,000 1.000.000 1,000.500 12,50 1234,567 01.11.2019 5.100,000",
                &[
                    "2500", "2500", "2500", "2500", "250000", "1000000", "1000", "500", "12", "50", "1234",
                    "567", "01", "11", "2019", "5100", "000",
                ],
            ),
            ("apostrophe between digits", "at 12'30", &["at", "12", "30"]),
            ("underscores", "_so angry_ 1_000", &["so", "angry", "1", "000"]),
            ("a sound mark between underscores", "a_\u{309C}b_\u{30A0}_2", &["a", "b", "2"]),
            ("link", "[user data](#) in China", &["user", "data", "in", "china"]),
            ("address", "at https://example.org/a-b now", &["at", "now"]),
            ("divided", "cus-\ntomers well-known", &["customers", "well", "known"]),
            ("soft hyphen", "cus\u{AD}tomer", &["customer"]),
            ("no words", "— … “” 🙂", &[]),
            ("empty", "", &[]),
            ("only tatweel", "a ـ b", &["a", "b"]),
            ("non-joiner in Persian", "می\u{200C}خواهم می خواهم", &["مي", "خواهم", "مي", "خواهم"]),
            ("non-joiner elsewhere", "Auf\u{200C}lage क्\u{200C}ष", &["auflage", "क्ष"]),
            (
                "control characters",
                "cus\u{1F}tomer don\u{92}t \0a\0 x\u{97}y",
                &["customer", "dont", "a", "x", "y"],
            ),
            ("a lost character", "don\u{FFFD}t, \u{FFFD}", &["dont"]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(words_of(text), *expected, "{name}");
        }
    }

    #[test]
    fn divides_mixed_scripts() {
        let found = words_of("阿里巴巴 said ไทย 5G网络");
        assert_eq!(found.concat(), "阿里巴巴saidไทย5g网络");
        assert!(found.contains(&"said".to_owned()) && found.contains(&"5g".to_owned()), "{found:?}");
    }
}
