//! Counts the files of folders that were not read, and says why, so that no file is missing silently.

use std::collections::BTreeMap;

use serde::Serialize;
use wirecopy::read::{SkippedFile, SourceSummary};
use wirecopy::write::one_line;

use crate::number::{grouped, plural};

/// The numbers of files of folders that are no inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FolderCounts {
    pub(crate) hidden: usize,
    /// The number of files that `--include` leaves out.
    pub(crate) left_out: usize,
}

/// Files of folders that were not read, by reason.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct SkippedFiles(Vec<SkippedRecord>);

/// Files that were not read for one reason.
#[derive(Debug, Serialize)]
struct SkippedRecord {
    /// The reason.
    what: String,
    files: usize,
    /// The name of the first of them, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
}

impl SkippedFiles {
    /// Counts the inputs that were skipped, and the files that are no inputs.
    pub(crate) fn new<'s>(sources: impl Iterator<Item = &'s SourceSummary>, folders: FolderCounts) -> Self {
        let mut by_reason: BTreeMap<SkippedFile, (usize, &str)> = BTreeMap::new();
        for source in sources {
            if let Some(reason) = source.skipped {
                by_reason.entry(reason).or_insert((0, &source.name)).0 += 1;
            }
        }
        let no_inputs = [("hidden", folders.hidden), ("left out by --include", folders.left_out)];
        let no_inputs = no_inputs.into_iter().filter(|(_, files)| *files > 0);
        let no_inputs =
            no_inputs.map(|(what, files)| SkippedRecord { what: what.to_owned(), files, first: None });
        let skipped = by_reason.into_iter().map(|(reason, (files, first))| SkippedRecord {
            what: reason.to_string(),
            files,
            first: Some(first.to_owned()),
        });
        Self(no_inputs.chain(skipped).collect())
    }

    /// Returns whether all files were read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the sentence about the files, if there are any.
    pub(crate) fn sentence(&self) -> Option<String> {
        let named = |record: &SkippedRecord| {
            let first = record.first.as_deref().map(one_line).map(|first| match record.files {
                1 => format!(" ({first})"),
                _ => format!(" (such as {first})"),
            });
            format!("{} {}{}", grouped(record.files), record.what, first.unwrap_or_default())
        };
        let all: Vec<String> = self.0.iter().map(named).collect();
        let files = self.0.iter().map(|record| record.files).sum();
        (!all.is_empty()).then(|| {
            let what = plural(files, "file of a folder was", "files of folders were");
            format!("{what} not read: {}; --include chooses files", all.join(", "))
        })
    }
}
