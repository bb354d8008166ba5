//! Defines the options of reading.

use std::path::PathBuf;

use super::field_names::FieldNames;
use super::format::Format;

/// The part of web pages (HTML) that is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum HtmlText {
    /// The main text, without menus, lists of other articles and comments.
    #[default]
    Article,
    /// All text.
    Page,
    /// Nothing: pages are not read.
    Off,
}

/// The encoding of text files: JSON, CSV, TSV and plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8. Other text is an error, which names the encoding that it probably has.
    #[default]
    Utf8,
    /// UTF-8, or that of the byte order mark, or that which the first bytes of a file probably have.
    Detect,
    /// This encoding.
    Named(&'static encoding_rs::Encoding),
}

impl TextEncoding {
    /// Returns the encoding with this name, of those that browsers know.
    ///
    /// ```
    /// use wirecopy::read::TextEncoding;
    /// assert!(TextEncoding::named("windows-1252").is_some());
    /// assert_eq!(TextEncoding::named("latin-9000"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(name.as_bytes()).map(|encoding| match encoding {
            _ if encoding == encoding_rs::UTF_8 => Self::Utf8,
            encoding => Self::Named(encoding),
        })
    }
}

/// The options of reading: the names of the fields, the format, and the greatest size of a record.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The names of the fields that hold the parts of an article.
    pub fields: FieldNames,
    /// The format of every input. If it is `None`, the format of each input is detected.
    pub format: Option<Format>,
    /// The greatest size of a record in bytes, up to [`ReadOptions::LARGEST_RECORD`]. A longer record is an
    /// [`Error::Record`](crate::Error::Record); it is skipped without being held in memory.
    pub max_record: usize,
    /// The folder for the bytes of a Parquet file that comes from standard input or is compressed as a whole: it is read
    /// from its end. If it is `None`, that of the system.
    pub temp_dir: Option<PathBuf>,
    /// The part of web pages that is read.
    pub html: HtmlText,
    /// The encoding of text files. A web page may name its own; a named encoding here holds for all pages.
    pub encoding: TextEncoding,
    /// True if texts that were decoded with the wrong encoding (`CafÃ©`) and texts with character references
    /// (`Caf&eacute;`) are repaired in JSON, CSV, TSV and Parquet. Offsets are then those of the repaired text.
    pub repair: bool,
    /// True if the articles of pages have what the page prints besides them ([`Article::other_text`]).
    ///
    /// [`Article::other_text`]: crate::Article::other_text
    pub other_text: bool,
}

impl ReadOptions {
    /// The greatest value of [`ReadOptions::max_record`]: 3 GiB, so that an offset in a text fits into 32 bits.
    pub const LARGEST_RECORD: usize = 3 << 30;
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            fields: FieldNames::default(),
            format: None,
            max_record: 256 << 20,
            temp_dir: None,
            html: HtmlText::default(),
            encoding: TextEncoding::default(),
            repair: false,
            other_text: false,
        }
    }
}
