//! Describes what is wrong with a record or a file.

use std::io;
use std::path::PathBuf;

use super::extent::Extent;
use super::field::{ExpectedValue, FieldForm, FieldHint, FieldRole, FoundNames, LackingLabel, ValueKind};
use super::file_kind::FileKind;
use super::page_problem::{PageProblem, WarcProblem};
use super::parquet_problem::ParquetProblem;
use super::problem_text;

/// A problem with a record or a file. Its text names neither the location nor the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    // Files.
    /// The file or folder cannot be opened or read.
    #[error(fmt = problem_text::write_unreadable)]
    Unreadable {
        /// The kind of the error.
        kind: io::ErrorKind,
        /// The message of the operating system.
        message: String,
    },
    /// The file that a symbolic link names does not exist.
    #[error("the symbolic link leads nowhere")]
    BrokenLink,
    /// A symbolic link names a folder that contains it.
    #[error("the symbolic link leads back to {}", folder.display())]
    LinkCircle {
        /// The folder.
        folder: PathBuf,
    },
    /// Standard input is named twice.
    #[error("standard input is given twice")]
    RepeatedStdin,
    /// The pattern of file names is not valid.
    #[error("is no valid pattern of file names: {message}")]
    InvalidGlob {
        /// The message of the parser.
        message: String,
    },
    /// The input must be read again, but it can be read only once.
    #[error("can be read only once")]
    ReadOnce,
    /// The input cannot be written to a temporary file, so that it could be read again.
    #[error("cannot be kept for a second reading: {message}")]
    NotKept {
        /// The message of the operating system.
        message: String,
    },
    /// The input was changed between two readings.
    #[error("was changed while it was read, and nothing of it was written")]
    Changed,

    // Compression.
    /// The compressed data ends too early.
    #[error("{compression} data ends too early, after {bytes} bytes of content: the file was cut off")]
    TruncatedCompression {
        /// The name of the compression.
        compression: &'static str,
        /// The number of bytes that were decompressed.
        bytes: u64,
    },
    /// Bytes that are not compressed follow the compressed data.
    #[error("{compression} data is followed by bytes that are not {compression}")]
    TrailingBytes {
        /// The name of the compression.
        compression: &'static str,
    },
    /// The compressed data is not valid.
    #[error("{compression} data is damaged: {message}")]
    DamagedCompression {
        /// The name of the compression.
        compression: &'static str,
        /// The message of the decoder.
        message: String,
    },

    // Encoding.
    /// The byte order mark is that of another encoding than UTF-8.
    #[error("is {found}, expected UTF-8")]
    WrongEncoding {
        /// The name of the encoding.
        found: &'static str,
    },
    /// The bytes are not valid UTF-8.
    #[error(fmt = problem_text::write_not_utf8)]
    NotUtf8 {
        /// The part of the file that is not valid.
        extent: Extent,
        /// The first byte of that part that is not valid, counted from 1.
        byte: usize,
        /// The name of the encoding that the bytes probably have; `None` if they are UTF-8 that was damaged.
        likely: Option<String>,
    },
    /// The file is of a kind that is recognized, but not read.
    #[error("is {kind}, which is not read")]
    OtherKind {
        /// The kind.
        kind: FileKind,
    },
    /// The file is not text.
    #[error("is binary, expected text")]
    Binary,

    /// The file is no Parquet file that can be read.
    #[error("{0}")]
    Parquet(ParquetProblem),
    /// The record of a web archive is damaged.
    #[error("{0}")]
    Warc(WarcProblem),
    /// The text of a web page cannot be extracted.
    #[error("{0}")]
    Page(PageProblem),

    // Borders between records.
    /// The record or header is longer than the limit.
    #[error("the {extent} is longer than {}", problem_text::size(*limit))]
    TooLong {
        /// The part of the file that is too long.
        extent: Extent,
        /// The limit, in bytes.
        limit: usize,
    },
    /// The header of a table has more columns than any table of articles.
    #[error("the header has more than {} columns", problem_text::grouped(*limit))]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// The text has more words than may be taken in.
    #[error("the text has more than {} words", problem_text::grouped(*limit))]
    TooManyWords {
        /// The limit.
        limit: usize,
    },
    /// The file ends within a record.
    #[error("the file ends within this record: it was cut off")]
    TruncatedRecord,
    /// The file ends within an array of records.
    #[error("the file ends before the `]` of its array: it was cut off")]
    TruncatedArray,
    /// A quote that is opened in this row is not closed before the end of the file.
    #[error("a quote is opened in this row and never closed")]
    UnclosedQuote,
    /// A character that begins no JSON value is where a record should be.
    #[error("expected a record, found `{found}`")]
    NotARecord {
        /// The character.
        found: char,
    },
    /// Another character than a comma or the end of the array follows a record.
    #[error("expected `,` or `]`, found `{found}`")]
    NotASeparator {
        /// The character.
        found: char,
    },
    /// There is no comma between two records of an array.
    #[error("expected `,` or `]` before the next record")]
    MissingComma,

    // One record.
    /// The record is not valid JSON.
    #[error(fmt = problem_text::write_invalid_json)]
    InvalidJson {
        /// The message of the parser.
        message: String,
        /// The line of the file, if it is not the line on which the record begins.
        line: Option<u64>,
        /// The byte of the line, counted from 1.
        column: usize,
    },
    /// The record is a JSON value, but not an object.
    #[error("expected an object, found {found}")]
    NotAnObject {
        /// The kind of the value.
        found: ValueKind,
    },
    /// The row has another number of fields than the header.
    #[error("expected {expected} field{} as in the header, found {found}", if *expected == 1 { "" } else { "s" })]
    FieldCount {
        /// The number of fields of the header.
        expected: usize,
        /// The number of fields of the row.
        found: usize,
    },
    /// The record or table lacks a field.
    #[error(fmt = problem_text::write_missing_field)]
    MissingField {
        /// The part of an article that the field should hold.
        role: FieldRole,
        /// The name that the caller gave; `None` if the field was looked for under the usual names.
        name: Option<String>,
        /// The form in which the record holds its fields.
        form: FieldForm,
        /// The names of the fields that there are.
        found: FoundNames,
        /// The field that may be the missing one.
        hint: Option<FieldHint>,
    },
    /// The field holds a value of another kind.
    #[error("field \"{field}\" is {found}, expected {expected}")]
    WrongValue {
        /// The name of the field.
        field: String,
        /// The kind of its value.
        found: ValueKind,
        /// The value that it should have held.
        expected: ExpectedValue,
    },

    // Labels.
    /// The fields of the row make no label.
    #[error("no label: found {found}")]
    NoLabel {
        /// The names of the fields that there are.
        found: FoundNames,
        /// The part of a label that the row lacks.
        lacking: LackingLabel,
    },
    /// The field should hold a grade and holds another word.
    #[error("field \"{field}\" is \"{found}\", expected {}", ExpectedValue::Grade)]
    NotAGrade {
        /// The name of the field.
        field: String,
        /// The word.
        found: String,
    },
    /// The file is not a valid table.
    #[error("not a valid table: {message}")]
    InvalidTable {
        /// The message of the parser.
        message: String,
    },

    // Templates.
    /// The file has no templates.
    #[error("contains no template")]
    NoTemplates,
    /// The value is no template.
    #[error("expected an object with \"site\" and \"text\", found {found}")]
    NotATemplate {
        /// The kind of the value.
        found: ValueKind,
    },
    /// A field is none of a template.
    #[error("field \"{field}\" is not known")]
    UnknownField {
        /// The name of the field.
        field: String,
    },
    /// The template is of no known site.
    #[error("the site is not known, so the pages of the template are not")]
    TemplateWithoutSite,
    /// The template is too short to be masked.
    #[error("the text has {words} word{}, expected at least {least}", if *words == 1 { "" } else { "s" })]
    ShortTemplate {
        /// The number of its words.
        words: usize,
        /// The number of words of the shortest text that is masked.
        least: usize,
    },

    // Records that are added to, removed and restored.
    /// The file is plain text, which has no members or columns.
    #[error("is plain text, into which nothing can be put")]
    PlainText,
    /// The file is a web page or a web archive, which has no members or columns.
    #[error("is {kind}, into which nothing can be put")]
    WebPages {
        /// The kind of the file.
        kind: FileKind,
    },
    /// The record or table has a field of the name that a new field should have.
    #[error("there is a {} \"{name}\" already", problem_text::member_or_column(*form))]
    NameTaken {
        /// The form of the field.
        form: FieldForm,
        /// The name.
        name: String,
    },
    /// A line of a file of removed records is not such a record.
    #[error("record {number} is not a removed record: {message}")]
    NotARemovedRecord {
        /// The number of the record in its file, counted from 1.
        number: u64,
        /// The message of the parser.
        message: String,
    },
    /// A line of a file of removed records does not say where the record was.
    #[error(
        "record {number} has no \"cut\", which says where to put it back; rows of Parquet and records of web archives have none"
    )]
    NotRestorable {
        /// The number of the record in its file, counted from 1.
        number: u64,
    },
    /// The member that holds a removed record is missing, or there are two.
    #[error("expected one of the members \"record\" and \"record_base64\"")]
    NoRemovedBytes,
    /// The member that holds a removed record is not valid base64.
    #[error("not valid base64: {message}")]
    InvalidBase64 {
        /// The message of the decoder.
        message: String,
    },
    /// The file and the removed records do not make the input that they were made of.
    #[error(
        "is not the copy of {input} that records were cut out of: together they make {bytes} bytes with the hash \
         {hash:016x}, expected {expected_bytes} with {expected_hash}"
    )]
    NotTheCopy {
        /// The name of the input.
        input: String,
        /// The number of bytes that they make.
        bytes: u64,
        /// XXH3-64 of these bytes.
        hash: u64,
        /// The number of bytes of the input.
        expected_bytes: u64,
        /// XXH3-64 of the input, in hexadecimal.
        expected_hash: String,
    },
}

impl Problem {
    /// Creates the problem of a file that cannot be opened or read.
    pub(crate) fn unreadable(error: &io::Error) -> Self {
        Self::Unreadable { kind: error.kind(), message: error.to_string() }
    }
}
