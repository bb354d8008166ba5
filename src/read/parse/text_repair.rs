//! Recognizes and repairs texts that a program has stored wrongly: UTF-8 that was decoded as Windows-1252 (`CafÃ©`),
//! character references of HTML that were not decoded (`Caf&eacute;`), and tags (`<em>`).
//!
//! Two copies of a text of which one is so share few words in languages with accents; and in any language if references
//! or tags are between the letters of words (`w&#8203;ord`, `w<b></b>ord`), which no reader of the page sees. A line is
//! decoded again only if all its characters that are not ASCII are bytes of UTF-8, as Windows-1252 shows them: in a text
//! that is right, this is hardly ever true of a whole line.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::markup::{first_markup, without_markup};
use crate::read::suspect_texts::TextFaults;

/// The characters of Windows-1252 for the bytes from 0x80 to 0x9f.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}',
    '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}',
    '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}',
    '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];
/// What the first byte of most accented letters, of no-break spaces, and of quotation marks and dashes looks like.
const TELLTALES: [&str; 3] = ["\u{c3}", "\u{c2}", "\u{e2}\u{20ac}"];
/// The number of wrong characters from which a text without them is taken for one that was decoded wrongly, as one in
/// Cyrillic or Chinese letters is. In other texts, a letter such as `ß` may stand before a closing quotation mark.
const ENOUGH: usize = 3;
/// The number of bytes in which the name of a reference ends: `CounterClockwiseContourIntegral;` is the longest.
const LONGEST_NAME: usize = 32;
/// The names that are references also without a semicolon, as in browsers, and as which nothing else is written. Others are
/// names of parameters, too: `?page=2&copy=1`.
const NAMES_WITHOUT_END: [&[u8]; 2] = [b"shy", b"nbsp"];
/// The number of times that a text is read as HTML: feeds have HTML in which pages are written once more as text
/// (`&lt;p&gt;Caf&amp;eacute;`).
const ROUNDS: usize = 2;

/// Returns what is wrong with a text, and an example.
pub(super) fn faults_of(text: &str) -> (TextFaults, Option<&str>) {
    let wrong = wrong_characters(text);
    let reference = first_reference(text);
    let markup = first_markup(text);
    let faults = TextFaults {
        is_decoded_wrongly: wrong.is_some(),
        has_references: reference.is_some(),
        has_markup: markup.is_some(),
    };
    (faults, wrong.or(reference).or(markup).map(|at| word_at(text, at)))
}

/// Returns a text without faults.
pub(super) fn repaired(mut text: Cow<'_, str>) -> Cow<'_, str> {
    for _ in 0..ROUNDS {
        text = without_markup(text);
        if first_reference(&text).is_none() {
            break;
        }
        text = Cow::Owned(htmlize::unescape(text.as_ref()).into_owned());
    }
    if wrong_characters(&text).is_none() {
        return text;
    }
    let lines = text.split_inclusive('\n');
    Cow::Owned(
        lines
            .map(|line| decoded_again(line).map_or(Cow::Borrowed(line), |(line, _)| Cow::Owned(line)))
            .collect(),
    )
}

/// Returns the beginning of the first character reference.
fn first_reference(text: &str) -> Option<usize> {
    memchr_iter(b'&', text.as_bytes()).find(|&at| {
        let reference = &text[at..at + 1 + reference_length(&text.as_bytes()[at + 1..])];
        htmlize::unescape(reference) != reference
    })
}

/// Returns the length of what may be a character reference, from the bytes after its `&`; 0 if it is none.
fn reference_length(rest: &[u8]) -> usize {
    if let Some(number) = rest.strip_prefix(b"#") {
        // The number may have any number of zeros before it, and needs no semicolon.
        let is_hexadecimal = number.first().is_some_and(|byte| matches!(byte, b'x' | b'X'));
        let digits = &number[usize::from(is_hexadecimal)..];
        let is_digit =
            |byte: &u8| if is_hexadecimal { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
        let length = digits.iter().take_while(|byte| is_digit(byte)).count();
        let length = 1 + usize::from(is_hexadecimal) + length;
        return length + usize::from(rest.get(length) == Some(&b';'));
    }
    if let Some(name) = NAMES_WITHOUT_END.iter().find(|name| rest.starts_with(name)) {
        return name.len();
    }
    // A name has two letters at least: `AT&T;` is none.
    let end = memchr(b';', &rest[..rest.len().min(LONGEST_NAME)]).filter(|&end| end > 1);
    end.filter(|&end| rest[..end].iter().all(u8::is_ascii_alphanumeric)).map_or(0, |end| end + 1)
}

/// Returns where the first wrong character is, if the text was probably decoded wrongly.
fn wrong_characters(text: &str) -> Option<usize> {
    // The letters from U+00C0 to U+00FF, as which the first byte of each character looks, begin with this byte in UTF-8.
    // What follows such a letter is not ASCII, either, or is the space for which see `decoded_again`.
    let bytes = text.as_bytes();
    memchr_iter(0xc3, bytes).find(|&at| match bytes.get(at + 1..at + 3) {
        Some([0x83, b' ']) => true,
        Some([_, next]) => *next >= 0x80,
        _ => false,
    })?;
    let (mut count, mut has_telltale, mut first, mut at) = (0, false, None, 0);
    for line in text.split_inclusive('\n') {
        if let Some((_, wrong)) = decoded_again(line) {
            count += wrong;
            has_telltale |= TELLTALES.iter().any(|telltale| line.contains(telltale));
            first = first.or_else(|| Some(at + line.find(|c: char| !c.is_ascii())?));
        }
        at += line.len();
    }
    first.filter(|_| has_telltale || count >= ENOUGH)
}

/// Returns a line decoded as UTF-8 from the bytes that Windows-1252 shows, and the number of characters that this changes;
/// `None` if these are not UTF-8, or are ASCII only.
fn decoded_again(line: &str) -> Option<(String, usize)> {
    if line.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        bytes.push(byte_of(c)?);
        // The second byte of `à` looks like a no-break space, in whose place many programs write a space.
        if c == '\u{c3}' && chars.peek() == Some(&' ') {
            bytes.push(0xa0);
        }
    }
    let decoded = String::from_utf8(bytes).ok()?;
    let changed = decoded.chars().filter(|c| !c.is_ascii()).count();
    Some((decoded, changed))
}

/// Returns the byte of Windows-1252 for a character.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (0..=0x7f | 0xa0..=0xff) => u8::try_from(code).ok(),
        // Programs differ in what they show for bytes without a character.
        code @ 0x80..=0x9f => u8::try_from(code).ok(),
        _ => WINDOWS_1252.iter().position(|&shown| shown == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// Returns the word in which the character that begins at `at` is.
fn word_at(text: &str, at: usize) -> &str {
    /// The most characters before and after.
    const MOST: usize = 16;
    let is_in_word = |&(_, c): &(usize, char)| !c.is_ascii_whitespace();
    let before = text[..at].char_indices().rev().take(MOST).take_while(is_in_word).last();
    let after = text[at..].char_indices().take(MOST).take_while(is_in_word).last();
    let end = after.map_or(at, |(last, c)| at + last + c.len_utf8());
    &text[before.map_or(at, |(first, _)| first)..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a text as it looks after its UTF-8 was decoded as Windows-1252.
    fn decoded_wrongly(text: &str) -> String {
        text.bytes()
            .map(|byte| match byte {
                0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
                _ => char::from(byte),
            })
            .collect()
    }

    #[test]
    fn repairs_texts() {
        let cases = [
            "Le caf\u{e9} est ferm\u{e9}.",
            "\u{201c}Rain,\u{201d} he said \u{2013} and left.",
            "\u{41f}\u{430}\u{440}\u{43e}\u{43c} \u{43e}\u{441}\u{442}\u{430}\u{43b}\u{441}\u{44f}",
            "\u{5927}\u{96e8}\u{505c}\u{8fd0}\u{6e21}\u{8f6e}",
        ];
        for text in cases {
            let wrong = decoded_wrongly(text);
            assert!(faults_of(&wrong).0.is_decoded_wrongly, "{wrong}");
            assert_eq!(repaired(Cow::Borrowed(&wrong)), text);
            assert_eq!(faults_of(text), (TextFaults::default(), None), "{text}");
        }
        let others = [
            (
                "Voil\u{c3} le port",
                "Voil\u{e0} le port".replace(" le", "\u{a0} le").replace("\u{e0}\u{a0}", "\u{e0}"),
            ),
            ("Fish &amp; chips", "Fish & chips".to_owned()),
            ("Caf&eacute; &#8211; ferm&#xe9;", "Caf\u{e9} \u{2013} ferm\u{e9}".to_owned()),
            ("w&shy;o&shyr&#8203d", "w\u{ad}o\u{ad}r\u{200b}d".to_owned()),
            ("w&#x000000000200B;ord", "w\u{200b}ord".to_owned()),
            ("w&NegativeVeryThinSpace;ord", "w\u{200b}ord".to_owned()),
            ("w<b></b>o<!-- x -->rd", "word".to_owned()),
            ("&lt;p&gt;Caf&amp;eacute;&lt;/p&gt;", "\nCaf\u{e9}\n".to_owned()),
            ("Le caf\u{e9}.\nLe cafÃ©.\n", "Le caf\u{e9}.\nLe caf\u{e9}.\n".to_owned()),
        ];
        for (text, expected) in others {
            assert_eq!(repaired(Cow::Borrowed(text)), expected, "{text}");
        }
    }

    #[test]
    fn leaves_right_texts_alone() {
        let cases = [
            "Sch\u{f6}nen Gru\u{df}\u{201d}, sagte er.",
            "\u{ab} CAF\u{c9}\u{bb} ferm\u{e9}",
            "N\u{c3}O e S\u{c3}O PAULO",
            "AT&T; R&D, Q&A",
            "a & b; c",
            "&unknown; &; &# &#x; &#; &",
            "a.example/?page=2&copy=1&lt=3",
            "4 < 5 & 6 > 5",
            "",
        ];
        for text in cases {
            assert_eq!(faults_of(text), (TextFaults::default(), None), "{text}");
            assert!(matches!(repaired(Cow::Borrowed(text)), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn shows_the_word() {
        assert_eq!(faults_of("Le petit CafÃ© est").1, Some("CafÃ©"));
        assert_eq!(faults_of("Fish &amp; chips").1, Some("&amp;"));
        assert_eq!(faults_of("The wo<b></b>rd").1, Some("wo<b></b>rd"));
    }

    proptest! {
        #[test]
        fn reads_any_text(text in any::<String>()) {
            let (faults, example) = faults_of(&text);
            prop_assert_eq!(example.is_some(), faults != TextFaults::default());
            let _ = repaired(Cow::Borrowed(&text));
        }
    }
}
