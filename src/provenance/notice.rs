//! The language of notices: of texts in which a page addresses its reader, about consent, subscription, advertising or the
//! reader's region.
//!
//! Cost: one search for parts of the phrases in 200 to 400 bytes; more only where one of them is found.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;

/// The longest notice, in characters. Those about consent list their purposes.
pub(super) const MAX_CHARS: usize = 2000;
/// The number of characters at the beginning of a notice that contain one of the phrases.
const OPENING_CHARS: usize = 200;
/// The most words of a notice in sentences that are not about the reader and the site. More are an article.
pub(super) const MAX_OTHER_WORDS: usize = 15;
/// The most words of a label or a headline of a notice: `Cookies`, `Before you continue`.
pub(super) const LABEL_WORDS: usize = 3;
/// The characters that end a sentence.
pub(super) const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '。'];

/// Phrases with which notices address the reader, in lower case.
const PHRASES: [&str; 34] = [
    "we and our partners",
    "we value your privacy",
    "we use cookies",
    "uses cookies",
    "store and access information on a device",
    "store and/or access information",
    "your consent",
    "accept all cookies",
    "manage your preferences",
    "your last free article",
    "article for subscribers",
    "for subscribers only",
    "subscribe to read",
    "subscribe now",
    "subscribe to continue",
    "to continue reading",
    "continue reading with",
    "already a subscriber",
    "already have an account",
    "ad blocker",
    "adblocker",
    "ad-blocker",
    "adblock",
    "content is not available in your",
    "not available in your location",
    "unavailable in your",
    "access from your country",
    "european economic area",
    "wir und unsere partner",
    "nous et nos partenaires",
    "votre consentement",
    "nosotros y nuestros socios",
    "il tuo consenso",
    "мы используем файлы cookie",
];

/// Such phrases that are in news, too: in Spanish and German, "your" is also "his", "her" and "their".
const THIRD_PERSON_PHRASES: [&str; 2] = ["ihre zustimmung", "su consentimiento"];
/// Words for the reader and the site, in lower case: whole ones, or the beginnings of those that have several endings.
const PERSONS: [&str; 14] = [
    " you ",
    " your ",
    " we ",
    " our ",
    " wir ",
    " unser",
    " nous ",
    " nos ",
    " vous ",
    " votre",
    " vos ",
    " nosotros ",
    " nuestr",
    " мы ",
];
/// Other such words, which are too often something else: `US`, a third person, or words of another language.
const DOUBTFUL_PERSONS: [&str; 8] =
    [" us ", " sie ", " ihre", " usted ", " su ", " noi ", " nostri ", " tuo "];
/// Topics of notices, in lower case: the beginnings of words.
const TOPICS: [&str; 17] = [
    " cookie",
    " consent",
    " privacy",
    " partner",
    " personal data",
    " subscri",
    " log in",
    " sign in",
    " browser",
    " advert",
    " ad block",
    " adblock",
    " unlimited",
    " cancel",
    " account",
    " gdpr",
    " zustimm",
];
/// A topic of notices that is also one of most news.
const REGION: &str = " region";

/// Parts of phrases that are rare in news: at least one of each phrase. Their first letters are left out, so that they are
/// found in words with a capital letter, too; those that are often in capital letters are in the list as such.
const KEYS: [&str; 25] = [
    "artners",
    "rivacy",
    "ookie",
    "a device",
    "nd/or",
    "onsen",
    "references",
    "ree article",
    "ubscribe",
    "ontinue reading",
    "n account",
    "locker",
    "dblock",
    "vailable in your",
    "rom your country",
    "conomic area",
    "conomic Area",
    "nsere Partner",
    "artenaires",
    "ustimmung",
    "uestros socios",
    "OOKIE",
    "RIVACY",
    "UBSCRIBE",
    "VAILABLE IN YOUR",
];
/// The length of the longest key, in bytes.
const LONGEST_KEY: usize = 16;

/// Finds keys. There is none on machines that cannot search for several keys at once.
static KEY_FINDER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(KEYS));

static FINDER: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(PHRASES).expect("the phrases are short and few"));

/// Returns whether a text may be a notice: whether one of the phrases is in its opening.
pub(super) fn opens_with_phrase(text: &str) -> bool {
    may_begin_with_phrase(text, &[0]) && {
        let opening = normalized(opening(text));
        has_phrase(&opening) || has_third_person_phrase(&opening)
    }
}

/// Returns whether one of the phrases may be in an opening of a text: of what begins at one of some bytes, ascending. This
/// is a fast search.
pub(super) fn may_begin_with_phrase(text: &str, begins: &[usize]) -> bool {
    let Some(finder) = &*KEY_FINDER else { return true };
    let mut searched = 0_usize;
    begins.iter().any(|&begin| {
        let end = begin + opening_bytes(&text.as_bytes()[begin..]);
        let from = begin.max(searched.saturating_sub(LONGEST_KEY)).min(end);
        searched = searched.max(end);
        finder.find(&text.as_bytes()[from..end]).is_some()
    })
}

/// Returns an upper bound of the number of bytes in the opening of a text: of plain ASCII, or of letters of two bytes.
fn opening_bytes(text: &[u8]) -> usize {
    let plain = text.len().min(OPENING_CHARS);
    if text[..plain].is_ascii() { plain } else { text.len().min(2 * OPENING_CHARS) }
}

/// Returns whether the first sentence in the opening of a text that is more than a label is about the reader. A teaser begins
/// with its news.
pub(super) fn begins_with_reader(text: &str) -> bool {
    let opening = normalized(opening(text));
    let mut sentences = opening.split(SENTENCE_ENDS);
    let first = sentences.find(|sentence| sentence.split_whitespace().count() > LABEL_WORDS);
    first.is_none_or(|first| has_phrase(first) || is_about_reader(first))
}

fn opening(text: &str) -> &str {
    text.char_indices().nth(OPENING_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// Returns whether a text, normalized, has one of the phrases, from the beginning of a word on.
fn has_phrase(text: &str) -> bool {
    let begins_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    FINDER.find_overlapping_iter(text).any(|found| begins_word(found.start()))
}

fn has_third_person_phrase(text: &str) -> bool {
    THIRD_PERSON_PHRASES.iter().any(|phrase| text.contains(phrase))
}

/// Returns whether a sentence, normalized, is about the reader and the site.
pub(super) fn is_about_reader(sentence: &str) -> bool {
    let sentence = spaced(sentence);
    let mut words = PERSONS.iter().chain(&DOUBTFUL_PERSONS).chain(&TOPICS).chain([&REGION]);
    words.any(|word| sentence.contains(word))
}

/// Returns whether a sentence, normalized, surely is part of a notice: whether it has one of the phrases, or names the reader or
/// the site and also a topic of notices.
pub(super) fn is_notice(sentence: &str) -> bool {
    let spaced = spaced(sentence);
    let has = |words: &[&str]| words.iter().any(|word| spaced.contains(word));
    has_phrase(sentence) || has(&PERSONS) && has(&TOPICS)
}

/// Returns a sentence with spaces in place of punctuation, and around it.
fn spaced(sentence: &str) -> String {
    format!(" {} ", sentence.replace(|c: char| !c.is_alphanumeric(), " "))
}

/// Returns a text in lower case, with straight apostrophes and single spaces, as phrases have.
pub(super) fn normalized(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_fast_search_finds_what_a_search_in_each_opening_finds(
            lines in prop::collection::vec((prop::sample::select(vec!["é", "x", "We use cookies", "我"]), 0_usize..260), 1..6),
        ) {
            let lines: Vec<String> = lines.iter().map(|(word, times)| word.repeat(times % 200)).collect();
            let text = lines.join("\n");
            let begins: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            let slow = begins.iter().any(|&begin| has_phrase(&normalized(opening(&text[begin..]))));
            prop_assert!(may_begin_with_phrase(&text, &begins) || !slow);
            let one_by_one = begins.iter().any(|&begin| may_begin_with_phrase(&text, &[begin]));
            prop_assert_eq!(may_begin_with_phrase(&text, &begins), one_by_one);
        }
    }

    #[test]
    fn every_phrase_has_a_key() {
        assert!(KEYS.iter().all(|key| key.len() <= LONGEST_KEY));
        for phrase in PHRASES.iter().chain(&THIRD_PERSON_PHRASES) {
            let text = phrase.replace("partner", "Partner").replace("Partners", "partners");
            assert!(opens_with_phrase(&text) || opens_with_phrase(phrase), "{phrase}");
            let first =
                phrase.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            let capitalized: String = first.chars().chain(text.chars().skip(1)).collect();
            assert!(may_begin_with_phrase(&capitalized, &[0]), "{capitalized}");
        }
        for text in ["WE USE COOKIES", "Subscribe now", "SUBSCRIBE NOW", "European Economic Area"] {
            assert!(opens_with_phrase(text), "{text}");
        }
    }
}
