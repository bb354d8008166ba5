//! Text in, words out: the plain definition of what a token is, one rule after the other.
//!
//! 1. Addresses, link targets and line-end hyphens go (`clean`).
//! 2. Runs of scripts without spaces are divided into pieces (`pieces`).
//! 3. The rest is divided at ASCII white space, then into words by Unicode's rules (UAX #29); what holds no letter or
//!    digit is no word.
//! 4. Inside such a word apostrophes are dropped (`don't` is `dont`), and everything else that joins there cuts: a
//!    scraper that loses the space between two sentences writes `end.Next`. Dotted single letters stay together, since
//!    one house writes `U.S.`, another `US`, and so do groups of three digits (`2,500`, `2.500`, `2'500` and `2500`).
//! 5. A word is compared in its folded form (`fold`); one that folds to nothing is no token.

use unicode_segmentation::UnicodeSegmentation;

use super::clean::clean;
use super::fold::fold;
use super::pieces::{is_unspaced, pieces};

/// Divides a text into tokens: hands each one's folded bytes, begin and end (in bytes of `text`) to `emit`.
pub(super) fn words(text: &str, mut emit: impl FnMut(&[u8], usize, usize)) {
    let cleaned = clean(text);
    let clean_text = cleaned.text.as_str();
    let mut token = |folded: &[u8], begin: usize, end: usize| {
        let (begin, end) = cleaned.original(begin, end);
        emit(folded, begin, end);
    };
    let mut at = 0;
    while at < clean_text.len() {
        let rest = &clean_text[at..];
        let spaced = rest.find(is_unspaced).unwrap_or(rest.len());
        let mut run_at = at;
        for run in rest[..spaced].split(is_space) {
            for (offset, word) in run.unicode_word_indices() {
                cut_word(word, |folded, begin, end| {
                    if !folded.is_empty() {
                        token(folded.as_bytes(), run_at + offset + begin, run_at + offset + end);
                    }
                });
            }
            run_at += run.len() + 1;
        }
        at += spaced;
        let run = unspaced_run(&clean_text[at..]);
        pieces(run, |folded, begin, end| token(folded, at + begin, at + end));
        at += run.len();
    }
}

/// Tells what is ASCII white space.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

/// Takes the characters from the beginning of `rest` that are written without spaces, with the marks on them.
fn unspaced_run(rest: &str) -> &str {
    let end = rest
        .grapheme_indices(true)
        .find(|(_, character)| !character.starts_with(is_unspaced))
        .map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

/// One part of a word of UAX #29.
#[derive(Clone, Copy)]
struct Part {
    begin: usize,
    end: usize,
    /// What joins it to the part before it.
    joint: Option<char>,
}

/// Cuts a word of UAX #29 as rule 4 says; hands each part's folded form, begin and end to `emit`.
fn cut_word(word: &str, mut emit: impl FnMut(&str, usize, usize)) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return emit(&word.to_ascii_lowercase(), 0, word.len());
    }
    let parts = parts(word);
    let initials = initials(word, &parts);
    let mut rest = parts.as_slice();
    while let Some(first) = rest.first() {
        let at = parts.len() - rest.len();
        let step = initials[at].unwrap_or_else(|| digit_groups(word, rest));
        let end = rest[step - 1].end;
        let compared: String = word[first.begin..end]
            .chars()
            .filter(|&letter| !(is_apostrophe(letter) || matches!(letter, '.' | ',')))
            .collect();
        emit(&fold(&compared), first.begin, end);
        rest = &rest[step..];
    }
}

/// Counts for each part the parts from it on that dots join, if all of these are single letters.
fn initials(word: &str, parts: &[Part]) -> Vec<Option<usize>> {
    let mut counts = vec![None; parts.len()];
    for (at, part) in parts.iter().enumerate().rev() {
        let is_joined = parts.get(at + 1).is_some_and(|next| next.joint == Some('.'));
        let behind = if is_joined { counts[at + 1] } else { Some(0) };
        counts[at] = behind.filter(|_| is_letter(&word[part.begin..part.end])).map(|count| count + 1);
    }
    counts
}

/// Counts the parts that make one number: up to three digits, then groups of three behind one and the same mark.
fn digit_groups(word: &str, parts: &[Part]) -> usize {
    let digits = |part: &Part| {
        let part = &word.as_bytes()[part.begin..part.end];
        part.iter().all(u8::is_ascii_digit).then_some(part.len())
    };
    let mark = parts.get(1).and_then(|part| part.joint);
    let divides = |mark: char| matches!(mark, '.' | ',') || is_apostrophe(mark);
    if digits(&parts[0]).is_none_or(|count| count > 3) || !mark.is_some_and(divides) {
        return 1;
    }
    1 + parts[1..].iter().take_while(|part| part.joint == mark && digits(part) == Some(3)).count()
}

fn parts(word: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = Part { begin: 0, end: 0, joint: None };
    let mut before_is_digit = false;
    for (at, character) in word.char_indices() {
        let behind = at + character.len_utf8();
        if is_joint(character) && (before_is_digit || !is_apostrophe(character)) {
            part.end = at;
            parts.push(part);
            part = Part { begin: behind, end: behind, joint: Some(character) };
        }
        if character.is_alphanumeric() || is_joint(character) {
            before_is_digit = character.is_numeric();
        }
    }
    part.end = word.len();
    parts.push(part);
    // A mark of kana sounds that stands alone (`a_゜`) is joined like a letter, and is none.
    parts.retain(|part| word[part.begin..part.end].contains(char::is_alphanumeric));
    parts
}

/// Tells whether a part is one letter, with any marks on it.
fn is_letter(part: &str) -> bool {
    let mut letters = part.chars().filter(|letter| letter.is_alphanumeric());
    letters.next().is_some_and(|letter| !letter.is_numeric()) && letters.next().is_none()
}

/// Tells whether a character joins the letters or digits on its sides into one word of UAX #29 without being one of
/// them: MidLetter, MidNum, MidNumLet, Single_Quote and ExtendNumLet of its table 3.
pub(super) fn is_joint(character: char) -> bool {
    is_apostrophe(character)
        || is_connector(character)
        || matches!(
            character,
            '.' | ','
                | ':'
                | ';'
                | '\u{B7}'
                | '\u{37E}'
                | '\u{387}'
                | '\u{55F}'
                | '\u{589}'
                | '\u{5F4}'
                | '\u{60C}'
                | '\u{60D}'
                | '\u{66C}'
                | '\u{7F8}'
                | '\u{2024}'
                | '\u{2027}'
                | '\u{2044}'
                | '\u{FE10}'
                | '\u{FE13}'
                | '\u{FE14}'
                | '\u{FE50}'
                | '\u{FE52}'
                | '\u{FE54}'
                | '\u{FE55}'
                | '\u{FF0C}'
                | '\u{FF0E}'
                | '\u{FF1A}'
                | '\u{FF1B}'
        )
}

/// ExtendNumLet of UAX #29: underscores, and the narrow no-break space.
fn is_connector(character: char) -> bool {
    matches!(
        character,
        '_' | '\u{202F}' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'
            ..='\u{FE4F}' | '\u{FF3F}'
    )
}

pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{FF07}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        words(text, |folded, begin, end| {
            assert!(text.get(begin..end).is_some_and(|cut| !cut.is_empty()), "{begin}..{end} of {text:?}");
            out.push(String::from_utf8(folded.to_vec()).unwrap());
        });
        out
    }

    #[test]
    fn divides() {
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
        ];
        for (name, text, expected) in cases {
            assert_eq!(words_of(text), *expected, "{name}");
        }
    }

    #[test]
    fn mixes_scripts() {
        let found = words_of("阿里巴巴 said ไทย 5G网络");
        assert_eq!(found.concat(), "阿里巴巴saidไทย5g网络");
        assert!(found.contains(&"said".to_owned()) && found.contains(&"5g".to_owned()), "{found:?}");
    }
}
