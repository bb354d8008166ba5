//! Describes what is wrong with an archive.

use std::fmt;
use std::io;

use super::remedy::Remedy;

/// A problem with the folder of an archive, or with one of its files. Its text does not name the folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveProblem {
    /// The folder has no manifest.
    #[error("is no archive")]
    NotAnArchive,
    /// The folder contains other things, so that no archive is created in it.
    #[error("is no archive, and contains other files")]
    NotEmpty,
    /// The archive was written in a format that this version does not know.
    #[error("{file} has format {found}, and this version reads format {known}")]
    OtherVersion {
        /// The name of the file.
        file: String,
        /// The number of its format.
        found: u32,
        /// The number of the format that is read.
        known: u32,
    },
    /// A file does not contain what was written to it.
    #[error("{file} is damaged: {part}")]
    Damaged {
        /// The name of the file.
        file: String,
        /// The part of the file that is damaged.
        part: DamagedPart,
    },
    /// A file of the archive does not exist.
    #[error("{file} is missing")]
    MissingFile {
        /// The name of the file.
        file: String,
    },
    /// Another process, or another thread, is changing the archive.
    #[error("is being changed by another process")]
    Locked,
    /// A file of the archive cannot be read.
    #[error("{file} cannot be read: {source}")]
    Unreadable {
        /// The name of the file.
        file: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file of the archive cannot be written.
    #[error("{file} cannot be written: {source}")]
    Unwritable {
        /// The name of the file.
        file: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The archive was created with another value of a setting.
    #[error("was created with {name} {archive}, and this run asks for {given}")]
    Settings {
        /// The name of the setting: the field of [`Settings`](crate::Settings).
        name: &'static str,
        /// The value of the archive.
        archive: String,
        /// The value of the run.
        given: String,
    },
}

impl ArchiveProblem {
    /// Returns what the caller can do about the problem, if there is a known remedy.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Self::NotAnArchive => Some(Remedy::NameArchive),
            Self::NotEmpty => Some(Remedy::NameNewFolder),
            Self::OtherVersion { found, known, .. } if found > known => Some(Remedy::UseNewerVersion),
            Self::OtherVersion { .. } => Some(Remedy::BuildArchiveAgain),
            Self::Damaged { .. } | Self::MissingFile { .. } => Some(Remedy::RestoreArchive),
            Self::Locked => Some(Remedy::RunAfterOther),
            Self::Settings { .. } => Some(Remedy::UseSettingOfArchive),
            Self::Unreadable { .. } | Self::Unwritable { .. } => None,
        }
    }

    /// Returns the error of the operating system, if it is the cause.
    pub(super) fn source(&self) -> Option<&io::Error> {
        match self {
            Self::Unreadable { source, .. } | Self::Unwritable { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// A part of a file of an archive that does not contain what was written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DamagedPart {
    /// The file is longer or shorter than it was.
    Length {
        /// The length of the file, in bytes.
        found: u64,
        /// The length that was written, in bytes.
        expected: u64,
    },
    /// The parts of the file that say what is where in it, or, of a file without blocks, all of it.
    Frame,
    /// What the file says: its checksums are right, but its content is not understood.
    Content,
    /// A block of values.
    Block {
        /// The section of the file.
        section: u8,
        /// The index of the block in its section.
        index: usize,
    },
}

impl fmt::Display for DamagedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { found, expected } if found < expected => {
                write!(f, "it has {found} bytes of {expected}, and was cut off")
            }
            Self::Length { found, expected } => write!(f, "it has {found} bytes, expected {expected}"),
            Self::Content => f.write_str("its content is not understood"),
            Self::Frame => f.write_str("its content does not match its checksum"),
            Self::Block { section, index } => {
                write!(f, "block {index} of section {section} does not match its checksum")
            }
        }
    }
}
