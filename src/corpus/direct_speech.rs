//! Returns the tokens of articles that are direct speech.

use std::ops::Range;

use super::corpus::Corpus;
use crate::article::ArticleId;

impl Corpus {
    /// Returns the tokens of an article's core that are direct speech, as ascending ranges that do not overlap.
    pub(crate) fn direct_speech(&self, id: ArticleId) -> Vec<Range<u32>> {
        let (segment, index) = self.segment(id);
        let all = segment.direct_speech(index, &self.store);
        if all.is_empty() || !self.cores.is_masked(id) {
            return all;
        }
        let mut speech = Vec::with_capacity(all.len());
        let mut rest = all.as_slice();
        let mut before = 0;
        for unmasked in self.cores.unmasked_ranges(id, segment.words(index)) {
            let unmasked = unmasked.start as u32..unmasked.end as u32;
            rest = &rest[rest.partition_point(|range| range.end <= unmasked.start)..];
            for range in rest.iter().take_while(|range| range.start < unmasked.end) {
                let (begin, end) = (range.start.max(unmasked.start), range.end.min(unmasked.end));
                speech.push(begin - unmasked.start + before..end - unmasked.start + before);
            }
            before += unmasked.end - unmasked.start;
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
