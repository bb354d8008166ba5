//! Remembers articles between runs: which there are, what they say, and which stories they belong to.
//!
//! An archive is a folder. Its articles are in segments, files that are never changed, as tokens and headers, with sorted
//! postings beside them; texts are kept only if that is asked for. What changes (which articles are gone, which stories
//! there are) is one small file, written anew with each commit. `disk` has the files, and replaces the list of them in one
//! step.
//!
//! A batch of new articles is compared with few of the old ones. `nearby.rs` finds those that share text with it in the
//! postings; `neighborhood.rs` adds the rest of their stories, and pages that show what their outlets repeat. All of these
//! become articles of one run of the same pipeline that a run without an archive is. `settlement.rs` decides how stories
//! continue.
//!
//! Invariants: each article has a number, which never changes and is never used again. A commit happens as a whole, or not
//! at all. A batch that is added twice changes nothing the second time. After [`ArchiveWriter::compact`] the archive has the
//! stories that one run over all its articles finds.
//! Cost: a batch costs what a run over it and the articles near it costs, and one pass over the postings of the archive.

#[expect(clippy::module_inception, reason = "a file is named after the type that it defines")]
mod archive;
mod archived_article;
mod article_cache;
mod article_masks;
mod batch_articles;
mod batch_plan;
mod current;
mod disk;
mod doubted_masks;
mod event;
mod given_templates;
mod identities;
mod info;
mod loaded_articles;
mod manifest;
mod merged_articles;
mod nearby;
mod neighborhood;
mod number_set;
mod purpose;
mod queries;
mod recorded_settings;
mod searching;
mod segment_file;
mod segment_source;
mod segment_writer;
mod settlement;
mod snapshot;
mod state;
#[cfg(test)]
mod test_archive;
mod vocabulary;
mod writer;

pub use self::archive::Archive;
pub use self::archived_article::ArchivedArticle;
pub use self::batch_plan::BatchPlan;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub use self::disk::read_any_bytes;
pub use self::event::{Event, EventKind};
pub use self::given_templates::GivenTemplate;
pub use self::info::{ArchiveBytes, ArchiveInfo};
pub use self::purpose::Purpose;
pub use self::snapshot::Snapshot;
pub use self::writer::{ArchiveWriter, Remembered};
