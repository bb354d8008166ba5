//! Defines what names the files of an archive.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::disk::FileEntry;
use super::recorded_settings::RecordedSettings;

/// Names all files of an archive, as of one commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The settings by which the archive was built.
    pub(super) settings: RecordedSettings,
    /// True if texts are kept.
    pub(super) keep_texts: bool,
    /// The number that the next article gets.
    pub(super) next_article: u32,
    /// The number that is in the name of the next file.
    pub(super) next_file: u64,
    /// The segments, by their first article.
    pub(super) segments: Vec<SegmentEntry>,
    /// The file with the stories and all else that changes.
    pub(super) state: FileEntry,
    /// The files with the events, oldest first.
    pub(super) events: Vec<FileEntry>,
    /// The file with the templates that were given, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) templates: Option<FileEntry>,
    /// The number of times that the masks of all articles were recorded anew.
    #[serde(default)]
    pub(super) masked_anew: u64,
}

/// Names a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SegmentEntry {
    pub(super) file: FileEntry,
    /// The number of its first article. The numbers of the others follow.
    pub(super) first: u32,
    /// The number of its rows, those of removed articles included.
    pub(super) rows: u32,
}

impl SegmentEntry {
    /// Returns the numbers of its articles, those that are gone included.
    pub(super) fn numbers(&self) -> Range<u32> {
        self.first..self.first + self.rows
    }
}

impl Manifest {
    /// Returns the names of all files.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let segments = self.segments.iter().map(|segment| &segment.file);
        segments
            .chain([&self.state])
            .chain(&self.events)
            .chain(&self.templates)
            .map(|file| file.name.clone())
            .collect()
    }

    /// Returns a name that no file had before.
    pub(super) fn new_name(&mut self, kind: &str) -> String {
        let number = self.next_file;
        self.next_file += 1;
        format!("{kind}-{number:08}.wcy")
    }
}
