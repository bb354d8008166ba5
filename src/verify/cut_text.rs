//! Recognizes a text that is no more than the cut beginning of another one.

use super::region::Region;

/// The share of a text's words that may be its own if it is the beginning of another one: a headline or a dateline.
const OWN_SHARE: f64 = 0.1;
/// The number of words of its own that the other text may have before the shared beginning: a headline.
const LONGEST_HEADLINE: u32 = 20;
/// The minimum number of shared words that make a text without a cut mark the beginning of another one: more than a
/// headline or a standfirst, with which many texts may begin.
const SHORTEST_BEGINNING: u32 = 25;

/// A text that may have been cut off another one.
pub(super) struct CutText<'a> {
    /// The number of words in its core.
    pub(super) words: u32,
    /// Its words that are in passages.
    pub(super) region: &'a Region,
    /// The words of the other text that are in passages.
    pub(super) other: &'a Region,
    /// The number of words of its cut mark, if it has one.
    pub(super) mark_words: Option<u8>,
}

impl CutText<'_> {
    /// Returns whether the text was cut off the other one: nearly all of it is there, and either it ends with a cut
    /// mark, or it is the beginning of the other text and more than a headline. The words of the mark, and the word
    /// that was cut, may be its own.
    pub(super) fn is_cut(&self) -> bool {
        let begins = self.region.len() >= SHORTEST_BEGINNING
            && self.other.ranges().first().is_some_and(|first| first.start <= LONGEST_HEADLINE);
        let mark = self.mark_words.map_or(0, |words| u32::from(words) + 1);
        let own = self.words - self.region.len();
        (self.mark_words.is_some() || begins)
            && f64::from(own.saturating_sub(mark)) <= OWN_SHARE * f64::from(self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_is_in_the_other_one() {
        let cases = [
            ("the beginning", 30, 0..30, 0, None, true),
            ("after a headline", 30, 0..30, 20, None, true),
            ("from the middle", 30, 0..30, 21, None, false),
            ("from the middle, with a mark", 30, 0..30, 21, Some(0), true),
            ("three words of its own", 30, 0..27, 0, None, true),
            ("four", 30, 0..26, 0, None, false),
            ("four, two of them its mark", 30, 0..26, 0, Some(2), true),
            ("seven, two of them its mark", 30, 0..23, 0, Some(2), false),
            ("a headline", 24, 0..24, 0, None, false),
            ("a headline with a mark", 24, 0..24, 0, Some(0), true),
            ("nothing shared", 20, 0..0, 0, Some(20), false),
        ];
        for (name, words, region, other_begin, mark_words, expected) in cases {
            let other = Region::new(std::iter::once(other_begin..other_begin + region.end));
            let region = Region::new(std::iter::once(region));
            let text = CutText { words, region: &region, other: &other, mark_words };
            assert_eq!(text.is_cut() && !region.is_empty(), expected, "{name}");
        }
    }
}
