//! Recognizes two articles that fill a form of their site.
//!
//! An office writes one letter for each grant, a club one note for each result. Masking takes away the frame, which
//! it knows from other pages, and leaves what was filled in. Two fillings may have the same sum or the same name of a
//! program, and so share most of the little that is left. They are different news all the same. A copy of a filled
//! form on another site is a copy.

use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The share of a text that must be masked, between the first and the last word that is not, for the text to be a
/// filled form: twice as much is the frame's as its own. Masked words before and after the text are the frame of
/// the page.
const FRAME_SHARE: f64 = 2.0 / 3.0;

/// Returns whether two articles are on one site and are filled forms, both of them.
pub(super) fn fill_site_forms(corpus: &Corpus, ids: [ArticleId; 2]) -> bool {
    let is_form = |id| is_filled_form(corpus.words(id) as u32, corpus.masked_ranges(id));
    ids.iter().all(|&id| corpus.is_masked(id))
        && corpus.are_in_one_outlet(ids)
        && ids.iter().all(|&id| is_form(id))
}

/// Returns whether a text is a filled form. `own` is the number of words that are not masked; `masked` are the ranges
/// of its words that are.
fn is_filled_form(own: u32, masked: impl Iterator<Item = Range<u32>>) -> bool {
    let (mut frame, mut before) = (0, 0);
    for range in masked {
        let own_before = range.start - before;
        let length = range.end - range.start;
        if own_before > 0 && own_before < own {
            frame += length;
        }
        before += length;
    }
    own > 0 && f64::from(frame) >= FRAME_SHARE * f64::from(own + frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_form_is_more_frame_than_text() {
        type Ranges<'a> = &'a [(u32, u32)];
        let cases: [(&str, u32, Ranges<'_>, bool); 7] = [
            ("nothing masked", 100, &[], false),
            ("the frame of a page", 100, &[(0, 300), (400, 900)], false),
            ("a line inside a story", 100, &[(0, 300), (350, 370), (450, 900)], false),
            ("two thirds of the text", 100, &[(0, 300), (350, 550), (600, 900)], true),
            ("less than that", 100, &[(0, 300), (350, 549), (599, 900)], false),
            ("blanks", 30, &[(0, 40), (50, 90), (95, 150), (165, 200)], true),
            ("nothing else", 0, &[(0, 40)], false),
        ];
        for (name, own, masked, expected) in cases {
            let masked = masked.iter().map(|&(begin, end)| begin..end);
            assert_eq!(is_filled_form(own, masked), expected, "{name}");
        }
    }
}
