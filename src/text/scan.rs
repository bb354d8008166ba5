//! Text in, tokens out, fast: one pass over the bytes that yields the tokens that `words` defines.
//!
//! Invariant: same tokens, same spans as the definition, for every text (a property test holds it).
//! Cost: linear; what is not simple goes back to the definition, one run without white space at a time.

use super::Tokens;
use super::characters::{Character, Class, character};
use super::clean::divided_word;
use super::unspaced::Pieces;
use super::words::{is_space, words};

/// Divides a text into tokens, replacing what `out` held.
///
/// A token is a word by Unicode's rules (UAX #29), compared without regard to case, accents and typography; in
/// scripts without spaces it is a piece of about a word's length. Web addresses and the targets of markdown links
/// are no tokens. A text without letters and digits has none.
///
/// ```
/// let mut tokens = wirecopy::text::Tokens::new();
/// wirecopy::text::tokenize("China’s [data](#)", &mut tokens);
/// assert_eq!(tokens.spans(), [(0, 9), (11, 15)]);
/// ```
pub fn tokenize(text: &str, out: &mut Tokens) {
    out.clear();
    let bytes = text.as_bytes();
    let mut word = Word::default();
    let mut at = 0;
    while let Some(begin) = (at..bytes.len()).find(|&next| !is_space(char::from(bytes[next]))) {
        let mark = out.tokens.len();
        at = match scan_run(text, begin, &mut word, out) {
            Some(end) => end,
            None => {
                out.truncate(mark);
                let end = run_end(text, begin);
                words(&text[begin..end], |folded, from, to| out.push_word(folded, begin + from, begin + to));
                end
            }
        };
    }
}

/// Divides a text into tokens by the definition alone: slow, and what [`tokenize`] is held to.
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[allow(unreachable_pub, reason = "it is reached where it is fuzzed")]
pub fn tokenize_by_definition(text: &str, out: &mut Tokens) {
    out.clear();
    words(text, |folded, begin, end| out.push_word(folded, begin, end));
}

/// Finds the end of the run without white space at `begin`; a word that is divided at the end of a line, and what
/// stands behind it, belongs to the run.
fn run_end(text: &str, begin: usize) -> usize {
    let mut at = begin;
    while at < text.len() && !is_space(char::from(text.as_bytes()[at])) {
        at = divided_word(text, at).unwrap_or(at + 1);
    }
    at
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Letter,
    Digit,
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    folded: Vec<u8>,
    begin: usize,
    end: usize,
    letters: usize,
    has_digit: bool,
    last: Last,
    ends_with_mark: bool,
}

impl Word {
    fn finish(&mut self, out: &mut Tokens) {
        if !self.folded.is_empty() {
            out.push(&self.folded, self.has_digit, self.begin, self.end);
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.folded.clear();
        self.last = Last::Other;
        self.letters = 0;
        self.has_digit = false;
        self.ends_with_mark = false;
    }

    fn start(&mut self, at: usize) {
        if self.last == Last::Other {
            self.begin = at;
        }
    }

    /// Takes a letter, digit or mark; `None` where its marks could change places with those before it.
    fn push(&mut self, character: &Character, end: usize) -> Option<()> {
        if self.ends_with_mark && character.begins_with_mark {
            return None;
        }
        self.folded.extend_from_slice(character.folded());
        if !character.folded().is_empty() {
            self.ends_with_mark = character.ends_with_mark;
        }
        self.end = end;
        Some(())
    }
}

/// Reads one run without white space. Returns where it ends, or nothing where only the definition can tell.
fn scan_run(text: &str, begin: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let bytes = text.as_bytes();
    word.reset();
    let mut at = begin;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() {
            let length = ascii_word(&bytes[at..]);
            let run = &bytes[at..at + length];
            if word.last == Last::Other
                && length <= 3
                && matches!(bytes.get(at + length), Some(b'.' | b',' | b'\''))
            {
                let end = digit_groups(bytes, at, length)?;
                if end > at + length {
                    word.begin = at;
                    word.folded.extend(bytes[at..end].iter().filter(|byte| byte.is_ascii_digit()));
                    word.has_digit = true;
                    word.end = end;
                    word.finish(out);
                    at = end;
                    continue;
                }
            }
            word.start(at);
            word.folded.extend(run.iter().map(u8::to_ascii_lowercase));
            word.has_digit |= run.iter().any(u8::is_ascii_digit);
            word.letters += length;
            word.ends_with_mark = false;
            at += length;
            word.end = at;
            word.last = if bytes[at - 1].is_ascii_digit() { Last::Digit } else { Last::Letter };
            continue;
        }
        if byte.is_ascii() {
            if is_space(char::from(byte)) {
                break;
            }
            ascii_mark(text, at, word, out)?;
            at += 1;
            continue;
        }
        at = beyond_ascii(text, at, word, out)?;
    }
    word.finish(out);
    Some(at)
}

/// Finds the end of the number that begins at `at` with `length` characters: up to three digits, then groups of three
/// behind one and the same mark. Nothing where only the definition can tell.
fn digit_groups(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let mut end = at + length;
    if !bytes[at..end].iter().all(u8::is_ascii_digit) {
        return Some(end);
    }
    let mark = bytes[end];
    while let Some(group) = bytes.get(end + 1..end + 4)
        && bytes[end] == mark
        && group.iter().all(u8::is_ascii_digit)
    {
        match bytes.get(end + 4) {
            Some(next) if next.is_ascii_alphanumeric() => break,
            Some(next) if !next.is_ascii() => return None,
            _ => end += 4,
        }
        if end == bytes.len() {
            break;
        }
    }
    Some(end)
}

fn ascii_word(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len())
}

/// Handles an ASCII character that is neither letter, digit nor white space.
fn ascii_mark(text: &str, at: usize, word: &mut Word, out: &mut Tokens) -> Option<()> {
    let rest = &text.as_bytes()[at + 1..];
    match text.as_bytes()[at] {
        b'\'' => return apostrophe(text, at + 1, word, out),
        b'.' => {
            let next = next_kind(text, at + 1)?;
            match (word.last, next) {
                // Initials, or the beginning of an address.
                (Last::Letter, Last::Letter) if word.letters == 1 || word.folded.ends_with(b"www") => {
                    return None;
                }
                _ if word.folded.ends_with(b"www") => return None,
                _ => word.finish(out),
            }
        }
        b',' | b';' => {
            // A mark behind it is part of the joint.
            next_kind(text, at + 1)?;
            word.finish(out);
        }
        b':' if rest.starts_with(b"//") => return None,
        b']' if matches!(rest.first(), Some(b'(' | b'[' | b':')) => return None,
        b'-' if matches!(rest.first(), Some(b'\n' | b'\r')) => return None,
        _ => word.finish(out),
    }
    Some(())
}

/// Handles an apostrophe before `next`: dropped between letters, a break elsewhere.
fn apostrophe(text: &str, next: usize, word: &mut Word, out: &mut Tokens) -> Option<()> {
    let next = next_kind(text, next)?;
    // A mark between groups of digits, if it is not the one of ASCII.
    if next == Last::Digit && word.last == Last::Digit {
        return None;
    }
    let between_letters = next == Last::Letter && word.last == Last::Letter;
    if !between_letters {
        word.finish(out);
    }
    Some(())
}

/// Tells what stands behind a joint; nothing where a mark or something complex does.
fn next_kind(text: &str, at: usize) -> Option<Last> {
    let Some(&byte) = text.as_bytes().get(at) else {
        return Some(Last::Other);
    };
    if byte.is_ascii() {
        return Some(match byte {
            b'0'..=b'9' => Last::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Last::Letter,
            _ => Last::Other,
        });
    }
    match character(text[at..].chars().next()?).class {
        Class::Letter => Some(Last::Letter),
        Class::Digit => Some(Last::Digit),
        Class::Apostrophe | Class::HanOrKana | Class::Break => Some(Last::Other),
        Class::Mark | Class::Complex => None,
    }
}

/// Handles a character beyond ASCII, or a run of Han and kana; returns where to go on.
fn beyond_ascii(text: &str, at: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let letter = text[at..].chars().next()?;
    let end = at + letter.len_utf8();
    let known = character(letter);
    let divides = matches!(letter, '\u{2010}' | '\u{AD}');
    if divides && matches!(text.as_bytes().get(end), Some(b'\n' | b'\r')) {
        return None;
    }
    match known.class {
        Class::Letter | Class::Digit => {
            word.start(at);
            word.push(&known, end)?;
            word.letters += 1;
            word.has_digit |= known.class == Class::Digit;
            word.last = if known.class == Class::Digit { Last::Digit } else { Last::Letter };
        }
        Class::Mark => {
            if word.last == Last::Other {
                return None;
            }
            word.push(&known, end)?;
        }
        Class::Apostrophe => apostrophe(text, end, word, out)?,
        Class::Break => word.finish(out),
        Class::HanOrKana => {
            word.finish(out);
            return han_or_kana(text, at, out);
        }
        Class::Complex => return None,
    }
    Some(end)
}

fn han_or_kana(text: &str, begin: usize, out: &mut Tokens) -> Option<usize> {
    let mut pieces = Pieces::new(begin);
    let mut emit = |folded: &[u8], from, to| out.push_word(folded, from, to);
    for (offset, letter) in text[begin..].char_indices() {
        let known = character(letter);
        match known.class {
            Class::HanOrKana => pieces.push(begin + offset, known.folded(), true, &mut emit),
            Class::Mark | Class::Complex => return None,
            _ => {
                pieces.finish(begin + offset, &mut emit);
                return Some(begin + offset);
            }
        }
    }
    pieces.finish(text.len(), &mut emit);
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize_by_definition(text, &mut out);
        out
    }

    fn fast(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize(text, &mut out);
        out
    }

    fn same(text: &str) {
        assert_eq!(fast(text), plain(text), "{text:?}");
    }

    #[test]
    fn same_tokens_in_hard_places() {
        for text in [
            "",
            "The U.S. said 1,000.5 of e.g. v2.0 at 3:45, didn’t it?",
            "end.Next a.B.c _so angry_ 1_000 rock'n'roll 1'000 '90s",
            "cus-\ntomer cus-\r\ntomer cus\u{AD}\ntomer well-\nKnown x\u{2010}\ny",
            "see https://example.org/a-\nb www.example.org wWw.x [a](#)b ](c d)",
            "e\u{301}t\u{E9} m² ½ ①② Ⅷ.Ⅷ \u{301}a a\u{200D}b",
            "阿里巴巴said5G网络。ｶﾞ が か\u{3099} アリババは_ア",
            "กระทรวงสาธารณสุข ๑๒๓ ខ្មែរ",
            "שלום צה\"ל ג'ירפה",
            "مُحَمَّد ٣٫٥ ،٣ أحمد",
            "नमस्ते दुनिया क़्ष",
            "한국어 문장입니다",
            "a\u{202F}b 10\u{202F}000 \u{FEFF}x",
            "🙂🙂 1\u{FE0F}\u{20E3} 👨\u{200D}👩",
            "a_\u{309C}b 1_\u{309B}_c _\u{30A0}d x_\u{309C}",
        ] {
            same(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn same_tokens_for_any_text(text in any::<String>()) {
            same(&text);
        }

        #[test]
        fn same_tokens_for_likely_text(
            text in "([a-zA-Z0-9 .,:;'’_\n\r\\-\u{AD}\u{2010}\u{301}éßжبक्กะ中アא½²·/()\\[\\]٣\u{202F}\u{200D}\"]|www\\.|https?://|\\]\\(|\\]\\[1\\]|\\[12\\]:){0,40}"
        ) {
            same(&text);
        }

        #[test]
        fn same_tokens_for_numbers(text in "([0-9.,'’:;_ aé\u{301}٣中-]|000|250|,|\\.){0,24}") {
            same(&text);
        }

        #[test]
        fn spans_cut_no_character(text in any::<String>()) {
            let tokens = fast(&text);
            let mut last = 0;
            for &(begin, end) in tokens.spans() {
                prop_assert!(begin >= last && begin < end);
                prop_assert!(text.get(begin as usize..end as usize).is_some());
                last = end;
            }
        }
    }
}
