//! Describes what is wrong with a Parquet file.

use super::remedy::Remedy;

/// A problem with a Parquet file, or with one of its row groups.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParquetProblem {
    /// The file has no bytes.
    #[error("is empty, expected a Parquet file")]
    Empty,
    /// The file does not begin as a Parquet file does.
    #[error("is no Parquet file")]
    OtherContent,
    /// The file does not end with a footer.
    #[error("does not end as a Parquet file does: it was cut off, or is still being written")]
    NoFooter,
    /// The file, or a column that is needed, is encrypted.
    #[error("is encrypted")]
    Encrypted,
    /// The footer is not valid.
    #[error("its footer is damaged: {message}")]
    DamagedFooter {
        /// The message of the decoder.
        message: String,
    },
    /// A column is compressed with a codec that is not read.
    #[error("column \"{column}\" is compressed with {codec}, which is not read")]
    UnknownCodec {
        /// The name of the column.
        column: String,
        /// The name of the codec.
        codec: String,
    },
    /// The rows of a group cannot be decoded.
    #[error("row group {number} of {count} is damaged: {message}")]
    DamagedRowGroup {
        /// The number of the group, counted from 1.
        number: usize,
        /// The number of groups.
        count: usize,
        /// The message of the decoder.
        message: String,
    },
    /// The rows that stay cannot be copied.
    #[error("its rows cannot be copied: {message}")]
    NotCopied {
        /// The message of the decoder.
        message: String,
    },
}

impl ParquetProblem {
    /// Returns what the caller can do about the problem, if there is a known remedy.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Self::Empty
            | Self::NoFooter
            | Self::DamagedFooter { .. }
            | Self::DamagedRowGroup { .. }
            | Self::NotCopied { .. } => Some(Remedy::CopyAgain),
            Self::OtherContent => Some(Remedy::NameFormat),
            Self::Encrypted => Some(Remedy::WriteUnencrypted),
            Self::UnknownCodec { .. } => Some(Remedy::Recompress),
        }
    }
}
