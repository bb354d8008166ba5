//! The log of an archive: what happened to stories and articles.

use serde::{Deserialize, Serialize};

use crate::cluster::StoryId;
use crate::provenance::Seconds;

/// One thing that happened to a story or to articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The time at which it was recorded, in seconds since 1970, by the clock of the machine.
    pub at: Seconds,
    /// The kind of the event.
    #[serde(flatten)]
    pub what: EventKind,
}

/// The kind of an event, with what is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// A story was seen for the first time, and got its id.
    Assigned {
        /// The story.
        story_id: StoryId,
        /// The key of its representative.
        representative: String,
        /// The number of its articles.
        size: usize,
    },
    /// Two stories proved to be one. The id of the later one is an alias from now on.
    Merged {
        /// The id that became an alias.
        story_id: StoryId,
        /// The story that continues.
        into: StoryId,
    },
    /// A story proved to be several. The part with most of its articles keeps the id.
    Split {
        /// The id of the part that got a new one.
        story_id: StoryId,
        /// The story of which it was a part.
        from: StoryId,
    },
    /// Another article represents a story, such as a copy that was published earlier and seen later. Not recorded if
    /// the one that did is gone: that event is there already.
    RepresentativeChanged {
        /// The story.
        story_id: StoryId,
        /// The key of the article that represents it now.
        representative: String,
    },
    /// Fewer than two articles of a story are left together. Its id is not given to another one.
    Ended {
        /// The story.
        story_id: StoryId,
    },
    /// An article was taken in again with other words.
    Revised {
        /// Its key.
        key: String,
    },
    /// An article was removed.
    Removed {
        /// Its key.
        key: String,
    },
    /// All articles that were taken in before a time were removed.
    Expired {
        /// That time, in seconds since 1970.
        before: Seconds,
        /// The number of articles.
        articles: usize,
    },
}
