//! Returns the tokens of articles that are direct speech.

use std::ops::Range;

use super::corpus::Corpus;
use crate::article::ArticleId;

impl Corpus {
    /// Returns the tokens of an article's core that are direct speech, as ascending ranges that do not overlap.
    pub(crate) fn direct_speech(&self, id: ArticleId) -> Vec<Range<u32>> {
        let (segment, index) = self.segment(id);
        let unmasked = self.cores.unmasked_ranges(id, segment.words(index));
        self.direct_speech_in(id, unmasked.map(|range| range.start as u32..range.end as u32))
    }

    /// Returns the tokens of some ranges of an article that are direct speech, as if the article had no other tokens.
    /// The ranges are positions among all tokens, ascending.
    pub(crate) fn direct_speech_in(
        &self,
        id: ArticleId,
        ranges: impl Iterator<Item = Range<u32>>,
    ) -> Vec<Range<u32>> {
        let (segment, index) = self.segment(id);
        let all = segment.direct_speech(index, &self.store);
        if all.is_empty() {
            return all;
        }
        let mut speech = Vec::with_capacity(all.len());
        let mut rest = all.as_slice();
        let mut before = 0;
        for part in ranges {
            rest = &rest[rest.partition_point(|range| range.end <= part.start)..];
            for range in rest.iter().take_while(|range| range.start < part.end) {
                let (begin, end) = (range.start.max(part.start), range.end.min(part.end));
                speech.push(begin - part.start + before..end - part.start + before);
            }
            before += part.end - part.start;
        }
        speech
    }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::segment;
    use super::*;

    type Ranges<'a> = &'a [(u32, u32)];

    fn ranges(pairs: Ranges<'_>) -> Vec<Range<u32>> {
        pairs.iter().map(|&(begin, end)| begin..end).collect()
    }

    #[test]
    fn direct_speech_is_that_of_the_core() {
        let text = "he said “one two three” and “four five” today";
        let cases: [(&str, Ranges<'_>, Ranges<'_>); 5] = [
            ("nothing masked", &[], &[(2, 5), (6, 8)]),
            ("words before it", &[(0, 2)], &[(0, 3), (4, 6)]),
            ("words inside it", &[(3, 4)], &[(2, 3), (3, 4), (5, 7)]),
            ("its begin, and all of the other", &[(1, 3), (5, 8)], &[(1, 3)]),
            ("everything", &[(0, 9)], &[]),
        ];
        for (name, mask, expected) in cases {
            let mut corpus = Corpus::new(vec![segment(&[("a", text)])]);
            let id = ArticleId::new(0);
            if !mask.is_empty() {
                corpus.mask(&[(id, ranges(mask))]);
            }
            assert_eq!(corpus.direct_speech(id), ranges(expected), "{name}");
        }
    }
}
