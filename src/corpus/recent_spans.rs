//! Keeps the spans of one article.

use std::sync::{Arc, Mutex, PoisonError};

use crate::article::ArticleId;

/// The spans of the core of one article, as they were decoded last: the begin and end of each token, in bytes.
type Spans = Arc<Vec<(u32, u32)>>;

/// The spans of the article that was asked for last. They must be dropped when the article is masked differently.
#[derive(Debug, Default)]
pub(super) struct RecentSpans(Mutex<Option<(ArticleId, Spans)>>);

impl RecentSpans {
    /// Returns the spans of an article: those that are kept, or else those that `decode` returns, which are then
    /// kept.
    pub(super) fn get_or_decode(&self, id: ArticleId, decode: impl FnOnce() -> Vec<(u32, u32)>) -> Spans {
        // The lock is not held while spans are decoded, so that other threads do not wait.
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().as_ref().filter(|(kept, _)| *kept == id).map(|(_, spans)| Arc::clone(spans));
        found.unwrap_or_else(|| {
            let spans = Arc::new(decode());
            *kept() = Some((id, Arc::clone(&spans)));
            spans
        })
    }
}
