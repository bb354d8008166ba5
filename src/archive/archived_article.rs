//! Reads all articles of an archive, with what the archive knows about them.

use serde::Serialize;

use super::snapshot::Snapshot;
use crate::cluster::StoryId;
use crate::corpus::{Corpus, Role};
use crate::error::Error;

/// The number of articles that are read at a time.
const READ_AT_ONCE: usize = 1 << 12;

/// An article of an archive, as it is written for other programs.
#[derive(Clone, Debug, Serialize)]
pub struct ArchivedArticle<'a> {
    /// The key.
    pub key: &'a str,
    /// The site, if it is known.
    pub site: Option<&'a str>,
    /// The address, if the record had one.
    pub url: Option<&'a str>,
    /// The date of publication as it was in the record, if it had one.
    pub published: Option<&'a str>,
    /// The title, if the record had one.
    pub title: Option<&'a str>,
    /// The location of the record.
    pub location: String,
    /// The time at which it was taken in, as ISO 8601, in UTC.
    pub seen_utc: String,
    /// The number of its words.
    pub words: usize,
    /// The stories that it belongs to.
    pub story_ids: Vec<StoryId>,
    /// False if it was removed as a duplicate.
    pub kept: bool,
    /// The text, if the archive keeps texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

impl Snapshot {
    /// Calls `visit` with each article that is there, in the order in which they were taken in, until it returns an error.
    ///
    /// # Errors
    /// What `visit` returns, and [`Error::Archive`] if the archive cannot be read.
    pub fn for_each_article<E: From<Error>>(
        &self,
        mut visit: impl FnMut(&ArchivedArticle<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for segment in &self.segments {
            for numbers in self.live_in(segment).chunks(READ_AT_ONCE) {
                for (numbers, segment) in self.load(numbers, Role::New)? {
                    let corpus = Corpus::new(vec![segment]);
                    for (&id, &number) in corpus.ids_of_segment(0).iter().zip(&numbers) {
                        let header = corpus.header(id);
                        visit(&ArchivedArticle {
                            key: header.key,
                            site: header.site,
                            url: header.url,
                            published: header.published,
                            title: header.title,
                            location: header.location.to_string(),
                            seen_utc: self.seen_utc(number),
                            words: corpus.words(id),
                            story_ids: self.story_ids(number),
                            kept: !self.state.not_kept.contains(number),
                            text: corpus.text(id),
                        })?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the stories that an article belongs to.
    fn story_ids(&self, number: u32) -> Vec<StoryId> {
        self.stories_of.of(number).map(|story| self.state.stories[story].id).collect()
    }

    /// Returns the time at which an article was taken in.
    fn seen_utc(&self, number: u32) -> String {
        let batches = &self.state.batches;
        let after = batches.partition_point(|batch| batch.first <= number);
        let seen = after.checked_sub(1).map_or(0, |index| batches[index].seen);
        jiff::Timestamp::from_second(seen).unwrap_or_default().to_string()
    }
}
