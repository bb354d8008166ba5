//! Describes an archive in numbers.

use serde::Serialize;

use super::segment_writer::section;
use super::snapshot::Snapshot;

/// An archive in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchiveInfo {
    /// The number of articles that are there.
    pub articles: usize,
    /// The number of these that were removed as duplicates: they belong to stories, and are no reason to remove others.
    pub not_kept: usize,
    /// The number of articles that were removed, have expired, or were taken in again with other words.
    pub gone: usize,
    /// The number of stories.
    pub stories: usize,
    /// The number of batches that added articles.
    pub batches: usize,
    /// The number of templates that were given.
    pub templates: usize,
    /// The times at which the first and the last batch were taken in, as ISO 8601, in UTC.
    pub seen_utc: Option<[String; 2]>,
    /// True if texts are kept.
    pub keeps_texts: bool,
    /// The number of segments.
    pub segments: usize,
    /// The bytes of all files, by what is in them.
    pub bytes: ArchiveBytes,
    /// The settings by which it was built, by name.
    pub settings: std::collections::BTreeMap<String, String>,
}

/// The bytes of the files of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ArchiveBytes {
    /// Articles: words, headers, and texts if they are kept.
    pub articles: u64,
    /// Postings by fingerprint.
    pub fingerprints: u64,
    /// The hashes and postings by which articles are found by key and by words.
    pub keys: u64,
    /// Vocabularies.
    pub vocabularies: u64,
    /// Stories, and which articles are gone.
    pub state: u64,
    /// Events.
    pub events: u64,
    /// The templates that were given.
    pub templates: u64,
    /// All of them, and what says where they are.
    pub total: u64,
}

impl Snapshot {
    /// Returns the archive in numbers.
    pub fn info(&self) -> ArchiveInfo {
        let state = &self.state;
        let of = |sections: &[u8]| -> u64 {
            let of_segment = self.segments.iter();
            of_segment.flat_map(|segment| sections.iter().map(|&section| segment.bytes_of(section))).sum()
        };
        let seen = state.batches.first().zip(state.batches.last());
        let utc = |seconds: i64| jiff::Timestamp::from_second(seconds).unwrap_or_default().to_string();
        let files = self.segments.iter().map(|segment| segment.entry.file.bytes);
        let events: u64 = self.manifest.events.iter().map(|file| file.bytes).sum();
        let templates = self.manifest.templates.as_ref().map_or(0, |file| file.bytes);
        let live = state.not_kept.iter().filter(|&number| state.is_live(number));
        ArchiveInfo {
            articles: self.len(),
            not_kept: live.count(),
            gone: state.gone.len(),
            stories: state.stories.len(),
            batches: state.batches.len(),
            templates: self.given_templates().len(),
            seen_utc: seen.map(|(first, last)| [utc(first.seen), utc(last.seen)]),
            keeps_texts: self.keeps_texts(),
            segments: self.segments.len(),
            bytes: ArchiveBytes {
                articles: of(&[section::ARTICLES]),
                fingerprints: of(&section::FINGERPRINTS),
                keys: of(&[section::IDENTITIES]) + of(&section::KEYS) + of(&section::CONTENTS),
                vocabularies: of(&[section::VOCABULARY]),
                state: self.manifest.state.bytes,
                events,
                templates,
                total: files.sum::<u64>() + self.manifest.state.bytes + events + templates,
            },
            settings: self.manifest.settings.by_name().clone(),
        }
    }
}
