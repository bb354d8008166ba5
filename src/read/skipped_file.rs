//! Says why a file of a folder is not read.

use std::fmt;

use crate::error::FileKind;

/// The reason why a file that was found in a folder is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkippedFile {
    /// It is of a kind that is not read.
    Kind(FileKind),
    /// It is no text.
    Binary,
    /// It is a text that is not named like an article: without `.txt`, or a text about the folder.
    Name,
}

impl fmt::Display for SkippedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => {
                let kind = kind.to_string();
                let noun = kind.strip_prefix("a ").or(kind.strip_prefix("an ")).unwrap_or(&kind);
                f.write_str(noun)
            }
            Self::Binary => f.write_str("binary"),
            Self::Name => f.write_str("not named as an article"),
        }
    }
}
