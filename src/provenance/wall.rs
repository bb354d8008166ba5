//! Recognizes walls: notices that a page shows instead of an article, about consent, subscription, advertising or the
//! reader's region; and what programs write in place of a text that is missing.
//!
//! Cost: one search for the words of notices in the first 200 characters of each text of up to 2000 characters; for a
//! longer one, only its characters are counted.

use super::notice::{
    MAX_CHARS, MAX_OTHER_WORDS, SENTENCE_ENDS, begins_with_reader, is_about_reader, normalized,
    opens_with_phrase,
};
use crate::read::is_blank;

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
    opens_with_phrase(text) && begins_with_reader(text) && other_words(&normalized(text)) <= MAX_OTHER_WORDS
}

/// Returns the number of words in sentences that are not about the reader and the site.
fn other_words(text: &str) -> usize {
    let others = text.split(SENTENCE_ENDS).filter(|sentence| !is_about_reader(sentence));
    others.map(|sentence| sentence.split_whitespace().count()).sum()
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
            ("a part of a word", "Roadblock removed for our farmers".to_owned(), false),
            ("a headline", "None of the ships returned".to_owned(), false),
            ("empty", String::new(), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_wall(&text), expected, "{name}");
        }
    }
}
