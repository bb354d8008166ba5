//! Writes a word in one script, in which letters of two scripts that look alike were mixed.
//!
//! A Cyrillic а in a Latin word is invisible to a reader. Keyboards and text recognition put it there by mistake, and
//! copiers on purpose. Only letters of scripts with capitals are replaced, and only in words of two scripts: a Russian
//! word stays one, even if all of its letters have Latin look-alikes.
//!
//! Source: the data of confusable characters of UTS #39, "Unicode Security Mechanisms".

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::confusable_detection::skeleton;

/// The blocks of the scripts whose letters are mixed with Latin ones: Cyrillic and Greek. The usual letters are first, so
/// that they are taken if several look alike.
const BLOCKS: [std::ops::RangeInclusive<char>; 3] =
    ['\u{410}'..='\u{44F}', '\u{400}'..='\u{52F}', '\u{370}'..='\u{3FF}'];

/// The role of a letter in a word of several scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LetterScript {
    Latin,
    /// Another script with capitals.
    OtherCased,
    /// No letter, or one that is neither small nor capital.
    Neutral,
}

/// Returns the role of a character.
pub(super) fn letter_script(character: char) -> LetterScript {
    if !(character.is_lowercase() || character.is_uppercase()) {
        return LetterScript::Neutral;
    }
    match character.script() {
        Script::Latin => LetterScript::Latin,
        Script::Common | Script::Inherited => LetterScript::Neutral,
        _ => LetterScript::OtherCased,
    }
}

/// Returns a word of Latin letters and letters of another script in one of them: in the one in which all letters of
/// the other one have look-alikes; if that is so for both, in the one with more letters. Returns any other word
/// unchanged.
pub(super) fn in_one_script(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let of = |script: LetterScript| word.chars().filter(move |&letter| letter_script(letter) == script);
    let (latin, others) = (of(LetterScript::Latin).count(), of(LetterScript::OtherCased).count());
    if latin == 0 || others == 0 {
        return Cow::Borrowed(word);
    }
    let script = of(LetterScript::OtherCased).next().map_or(Script::Unknown, |letter| letter.script());
    let to_latin = |letter: char| LOOKALIKES.latin.get(&letter).copied();
    let to_other = |letter: char| LOOKALIKES.others.get(&(script, letter)).copied();
    let is_latin_possible = of(LetterScript::OtherCased).all(|letter| to_latin(letter).is_some());
    let is_other_possible = of(LetterScript::OtherCased).all(|letter| letter.script() == script)
        && of(LetterScript::Latin).all(|letter| to_other(letter).is_some());
    let replaced = |lookalike: &dyn Fn(char) -> Option<char>| {
        word.chars().map(|letter| lookalike(letter).unwrap_or(letter)).collect()
    };
    match (is_latin_possible, is_other_possible) {
        (true, true) if others > latin => Cow::Owned(replaced(&to_other)),
        (true, _) => Cow::Owned(replaced(&to_latin)),
        (false, true) => Cow::Owned(replaced(&to_other)),
        (false, false) => Cow::Borrowed(word),
    }
}

/// The letters that look alike.
struct Lookalikes {
    /// The ASCII letter that looks like a letter of another script.
    latin: HashMap<char, char>,
    /// The letter of a script that looks like an ASCII letter.
    others: HashMap<(Script, char), char>,
}

static LOOKALIKES: LazyLock<Lookalikes> = LazyLock::new(|| {
    let form = |letter: char| -> String { skeleton(letter.encode_utf8(&mut [0; 4])).collect() };
    let ascii = ('A'..='Z').chain('a'..='z');
    let forms: Vec<(char, String)> = ascii.map(|letter| (letter, form(letter))).collect();
    let (mut latin, mut others) = (HashMap::new(), HashMap::new());
    for letter in BLOCKS.into_iter().flatten() {
        // A capital I looks like a small l, so letters are compared with those of their case.
        let own = form(letter);
        let is_alike =
            |(other, form): &&(char, String)| *form == own && other.is_uppercase() == letter.is_uppercase();
        if let Some(&(other, _)) = forms.iter().find(is_alike) {
            latin.insert(letter, other);
            others.entry((letter.script(), other)).or_insert(letter);
        }
    }
    Lookalikes { latin, others }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_mixed_words_in_one_script() {
        let cases = [
            ("Latin", "scope", "scope"),
            ("Cyrillic", "Москва", "Москва"),
            ("Cyrillic that looks Latin", "сор", "сор"),
            ("Cyrillic letters in a Latin word", "p\u{430}rliam\u{435}nt", "parliament"),
            ("a Cyrillic capital", "\u{415}urope", "Europe"),
            ("a capital that looks like a small l", "\u{406}taly", "Italy"),
            ("Greek letters in a Latin word", "c\u{3BF}mpany", "company"),
            ("a Latin letter in a Cyrillic word", "Coвет", "Совет"),
            ("Latin and Cyrillic, all alike, more Cyrillic", "MОСКВА", "МОСКВА"),
            ("Cyrillic and Greek in a Latin word", "r\u{435}p\u{3BF}rt", "report"),
            ("no look-alikes", "SMSки", "\u{405}М\u{405}ки"),
            ("a unit", "\u{3BC}m", "\u{3BC}m"),
            ("with accents", "caf\u{E9}\u{430}", "caf\u{E9}a"),
            ("Hebrew", "a\u{5E1}", "a\u{5E1}"),
        ];
        for (name, word, expected) in cases {
            assert_eq!(in_one_script(word), expected, "{name}");
        }
    }

    #[test]
    fn look_alikes_are_of_one_case() {
        assert!(LOOKALIKES.latin.len() > 60, "{}", LOOKALIKES.latin.len());
        for (letter, other) in &LOOKALIKES.latin {
            assert_eq!(letter.is_uppercase(), other.is_uppercase(), "{letter} {other}");
        }
    }
}
