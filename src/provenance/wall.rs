//! Recognizes walls: notices that a page shows instead of an article, about consent, subscription, advertising or the
//! reader's region; and what programs write in place of a text that is missing.
//!
//! Cost: one search for the words of the phrases in the first 200 characters of each text of up to 2000 characters; for a
//! longer one, only its characters are counted.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::read::is_blank;

/// The longest wall, in characters. Consent notices list their purposes.
const MAX_CHARS: usize = 2000;
/// The number of characters at the beginning of a wall that contain one of the phrases.
const OPENING_CHARS: usize = 200;
/// The most words in sentences that are not about the reader and the site. More are the beginning of an article, to
/// which the notice was added.
const MAX_OTHER_WORDS: usize = 15;

/// Phrases with which walls address the reader, in lower case.
const PHRASES: [&str; 36] = [
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
    "ihre zustimmung",
    "nous et nos partenaires",
    "votre consentement",
    "nosotros y nuestros socios",
    "su consentimiento",
    "il tuo consenso",
    "мы используем файлы cookie",
];

/// Words and parts of words in sentences about the reader and the site, in lower case. Words with a space before and
/// after them are whole words.
const ABOUT_READER: [&str; 40] = [
    " you ",
    " your ",
    " we ",
    " our ",
    " us ",
    "cookie",
    "consent",
    "privacy",
    "partner",
    "personal data",
    "subscri",
    "log in",
    "sign in",
    "browser",
    "advert",
    "ad block",
    "adblock",
    "unlimited",
    "cancel",
    "account",
    "region",
    "gdpr",
    " wir ",
    " unser",
    " ihre",
    " sie ",
    "zustimm",
    " nous ",
    " nos ",
    " vous ",
    " votre",
    " vos ",
    " nosotros ",
    " nuestr",
    " usted ",
    " su ",
    " noi ",
    " nostri ",
    " tuo ",
    " мы ",
];

/// The most words of a label or a headline of a wall: `Cookies`, `Before you continue`.
const LABEL_WORDS: usize = 3;

/// Finds the longest word of each phrase, in upper or lower case.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let longest = PHRASES.iter().filter_map(|phrase| phrase.split(' ').max_by_key(|word| word.len()));
    AhoCorasick::builder().ascii_case_insensitive(true).build(longest).expect("the words are short and few")
});

static FINDER: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(PHRASES).expect("the phrases are short and few"));

/// Returns whether a text is a wall: whether it begins with a notice to the reader and has hardly anything else; or
/// whether it is what programs write in place of a missing text.
///
/// ```
/// use wirecopy::provenance::is_wall;
/// assert!(is_wall("We use cookies. By clicking Accept you agree to this."));
/// assert!(is_wall("[Removed]"));
/// assert!(!is_wall("The ferry to Lund island stopped on Monday. Subscribe now."));
/// ```
pub fn is_wall(text: &str) -> bool {
    let text = text.trim();
    if is_blank(text) {
        return !text.is_empty();
    }
    // Many articles end here, and most of the others below.
    if text.len() > MAX_CHARS && text.chars().count() > MAX_CHARS {
        return false;
    }
    let opening = text.char_indices().nth(OPENING_CHARS).map_or(text, |(end, _)| &text[..end]);
    if opening.is_ascii() && !WORDS.is_match(opening) {
        return false;
    }
    let opening = normalized(opening);
    has_phrase(&opening) && begins_with_notice(&opening) && other_words(&normalized(text)) <= MAX_OTHER_WORDS
}

fn has_phrase(text: &str) -> bool {
    FINDER.is_match(text)
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', '。'])
}

/// Returns whether a sentence is about the reader and the site.
fn is_about_reader(sentence: &str) -> bool {
    let sentence = format!(" {} ", sentence.replace([',', ';', ':', '(', ')', '"', '\''], " "));
    ABOUT_READER.iter().any(|word| sentence.contains(word))
}

/// Returns whether the first sentence that is more than a label is a notice. A teaser begins with its news.
fn begins_with_notice(opening: &str) -> bool {
    let first = sentences(opening).find(|sentence| sentence.split_whitespace().count() > LABEL_WORDS);
    first.is_none_or(|first| has_phrase(first) || is_about_reader(first))
}

/// Returns the number of words in sentences that are not about the reader and the site.
fn other_words(text: &str) -> usize {
    let others = sentences(text).filter(|sentence| !is_about_reader(sentence));
    others.map(|sentence| sentence.split_whitespace().count()).sum()
}

/// Returns a text in lower case, with straight apostrophes and single spaces, as phrases have.
fn normalized(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_walls() {
        let lead = "The harbor of Lund was closed on Monday after a freighter lost forty containers in the strait, and \
                    the port authority expects no ships before the end of the week.";
        let consent = "We and our 214 partners ask for permission. Your consent is stored for a year. You may change \
                       your choices in the settings of this site.";
        let cases = [
            ("consent", consent.to_owned(), true),
            (
                "subscription",
                "This is an article for subscribers. Log in or choose an offer.".to_owned(),
                true,
            ),
            (
                "advertising",
                "Please switch off your ad blocker. Our reporters live on advertising.".to_owned(),
                true,
            ),
            ("region", "This content is not available in your region.".to_owned(), true),
            ("removed", " [Removed] ".to_owned(), true),
            ("missing", "NaN".to_owned(), true),
            ("a name", "Nan".to_owned(), true),
            ("a banner above an article", format!("{consent}\n\n{lead}"), false),
            ("a hint below an article", format!("{lead}\n\nSubscribe now for all our stories."), false),
            ("a hint below a teaser", "The harbor stays closed. Subscribe now to read on.".to_owned(), false),
            ("a label above a notice", "Before you continue. We use cookies for our ads.".to_owned(), true),
            ("an article", lead.to_owned(), false),
            ("a headline", "None of the ships returned".to_owned(), false),
            ("empty", String::new(), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_wall(&text), expected, "{name}");
        }
    }
}
