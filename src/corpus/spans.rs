//! Returns the spans of tokens in the texts of articles.

use super::corpus::Corpus;
use crate::article::ArticleId;

impl Corpus {
    /// Returns the begin and end of each token of an article in the text, in bytes; masked tokens included.
    pub(crate) fn all_spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let (segment, index) = self.segment(id);
        segment.spans(index, &self.store)
    }

    /// Returns the begin and end of each token of an article's core in the text, in bytes.
    pub fn spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let mut spans = self.all_spans(id);
        let mut end = 0;
        for range in self.cores.unmasked_ranges(id, spans.len()) {
            let length = range.len();
            spans.copy_within(range, end);
            end += length;
        }
        spans.truncate(end);
        spans
    }

    /// Calls a function with the result of [`Corpus::spans`], and returns what it returns. The spans of a long
    /// article are kept until another one is asked for: a page of many stories is in many clusters, and is asked for
    /// with each.
    pub(crate) fn with_spans<T>(&self, id: ArticleId, take: impl FnOnce(&[(u32, u32)]) -> T) -> T {
        /// The words of a long article: decoding its spans takes much longer than looking up kept ones.
        const LONG: usize = 1 << 13;
        if self.words(id) < LONG {
            return take(&self.spans(id));
        }
        take(&self.recent_spans.get_or_decode(id, || self.spans(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::segment;
    use super::*;

    #[test]
    fn spans_of_long_articles_follow_their_masks() {
        let text = "Home. ".to_owned() + &"The ferry is late. ".repeat(3000);
        let other = text.clone() + "And again.";
        let mut corpus = Corpus::new(vec![segment(&[("a", &text), ("b", &other), ("c", "Short.")])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        for mask in [0..1, 0..3, 5..9] {
            for &id in ids.iter().chain(ids.iter().rev()) {
                assert_eq!(corpus.with_spans(id, <[_]>::to_vec), corpus.spans(id));
            }
            corpus.mask(&[(ids[1], vec![mask.clone()]), (ids[0], vec![mask])]);
        }
    }
}
