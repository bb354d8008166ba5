//! Defines the formats of input.

/// The format of a file: how it is divided into records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or objects one after another, over any number of lines.
    Json,
    /// Rows of fields between commas (or semicolons, if the header has no comma) after a header row; fields may be
    /// quoted with `"`.
    Csv,
    /// Rows of fields between tabs after a header row; fields may be quoted with `"`.
    Tsv,
    /// One article: the whole file is its text.
    Text,
    /// The rows of a table that is stored by columns; read and written with the feature `parquet`.
    Parquet,
    /// A web page: the file is one article, which is extracted from it; read with the feature `web`.
    Html,
    /// The records of a web archive (WARC, WET); read with the feature `web`.
    Warc,
}

impl Format {
    /// Returns the name of the format in the records that this library writes.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Text => "text",
            Self::Parquet => "parquet",
            Self::Html => "html",
            Self::Warc => "warc",
        }
    }
}
