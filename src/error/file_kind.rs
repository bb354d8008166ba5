//! Names the kinds of files that are recognized, but not read.

use std::fmt;

/// A kind of file that is recognized, but not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FileKind {
    /// A web archive.
    Warc,
    /// A web page.
    Html,
    /// An RSS or Atom feed.
    Feed,
    /// Another XML document.
    Xml,
    /// A mailbox.
    Mbox,
    /// A Parquet file.
    Parquet,
    /// An Arrow or Feather file.
    Arrow,
    /// An Avro file.
    Avro,
    /// An ORC file.
    Orc,
    /// An SQLite database.
    Sqlite,
    /// A Python pickle.
    Pickle,
    /// A workbook of a spreadsheet program.
    Spreadsheet,
    /// A document of a word processor, or an electronic book.
    Document,
    /// A PDF file.
    Pdf,
    /// An image.
    Image,
    /// A ZIP archive.
    Zip,
    /// A 7-Zip archive.
    SevenZip,
    /// A RAR archive.
    Rar,
    /// A tar archive.
    Tar,
    /// Data compressed with xz.
    Xz,
    /// Data compressed with bzip2.
    Bzip2,
    /// Data compressed with LZ4.
    Lz4,
}

impl FileKind {
    /// Returns whether a file of this kind is text, so that it could be read as one article.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Warc | Self::Html | Self::Feed | Self::Xml | Self::Mbox)
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warc => "a web archive (WARC)",
            Self::Html => "a web page (HTML)",
            Self::Feed => "a feed (RSS or Atom)",
            Self::Xml => "an XML document",
            Self::Mbox => "a mailbox (mbox)",
            Self::Parquet => "a Parquet file",
            Self::Arrow => "an Arrow file",
            Self::Avro => "an Avro file",
            Self::Orc => "an ORC file",
            Self::Sqlite => "an SQLite database",
            Self::Pickle => "a Python pickle",
            Self::Spreadsheet => "a spreadsheet",
            Self::Document => "a document of a word processor",
            Self::Pdf => "a PDF file",
            Self::Image => "an image",
            Self::Zip => "a ZIP archive",
            Self::SevenZip => "a 7-Zip archive",
            Self::Rar => "a RAR archive",
            Self::Tar => "a tar archive",
            Self::Xz => "compressed with xz",
            Self::Bzip2 => "compressed with bzip2",
            Self::Lz4 => "compressed with LZ4",
        })
    }
}
