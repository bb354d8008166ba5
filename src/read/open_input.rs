//! Opens an input: decompresses its first bytes and detects its format.

use std::sync::Arc;

use super::container::DecompressedBytes;
use super::counted_bytes::{ByteCount, CountedBytes};
use super::decoding::Decoding;
use super::detect_format::{detect_format, is_named_as_web};
use super::encoding::{is_binary, mark_length, utf16_without_mark};
use super::file_kind::file_kind;
use super::folder_filter::{is_article_name, is_named_as_text};
use super::format::Format;
use super::input::Input;
use super::options::{HtmlText, ReadOptions};
use super::parse::plan::FieldPlan;
use super::skipped_file::SkippedFile;
use crate::error::{Error, FileKind, Problem};

/// An input whose first bytes were read.
pub(super) struct OpenInput {
    /// The name of the input.
    pub(super) file: Arc<str>,
    /// The bytes after `head`.
    pub(super) bytes: DecompressedBytes,
    /// The first bytes, without a byte order mark.
    pub(super) head: Vec<u8>,
    /// The length of the byte order mark.
    pub(super) mark: usize,
    /// The format.
    pub(super) format: Format,
    /// The reason why no record can be read from the input, if there is one.
    pub(super) refused: Option<Problem>,
    /// The input once more, if it can be read again.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet is read from its end"))]
    pub(super) again: Option<Input>,
    /// The conversion to UTF-8, if the text has another encoding.
    pub(super) decoding: Option<Decoding>,
    /// The reason why the input is skipped, if it was found in a folder and is no article.
    pub(super) skipped: Option<SkippedFile>,
}

impl OpenInput {
    /// Opens `input` and reads its first `head_size` bytes. Its format is that of `options`, or detected if there is none. The
    /// bytes that are read, before decompression, are added to `packed`.
    ///
    /// # Errors
    /// An [`Error::Input`] if the input cannot be opened or read.
    pub(super) fn new(
        input: Input,
        options: &ReadOptions,
        plan: &FieldPlan,
        head_size: usize,
        packed: &Arc<ByteCount>,
    ) -> Result<Self, Error> {
        let is_found = input.is_found;
        let again = input.again();
        let (file, inner) = input.open()?;
        let raw = Box::new(CountedBytes { inner, count: Arc::clone(packed) });
        let mut bytes = DecompressedBytes::new(Arc::clone(&file), raw)?;
        let mut head = Vec::new();
        let mut ends = bytes.read(&mut head, head_size)? < head_size;
        let format = options.format;
        // Web pages and archives are decoded record by record.
        let is_text = !matches!(format, Some(Format::Html | Format::Warc | Format::Parquet))
            && (format.is_some() || file_kind(&head).is_none() && !is_named_as_web(&file));
        let decoding = if is_text { Decoding::of(options.encoding, &head) } else { None };
        if let Some(decoding) = &decoding {
            bytes = bytes.decode(std::mem::take(&mut head), |raw| decoding.reader(raw));
            ends = bytes.read(&mut head, head_size)? < head_size;
        }
        let (mark, mut refused) = match mark_length(&head) {
            Ok(mark) => (mark, None),
            Err(problem) => (0, Some(problem)),
        };
        head.drain(..mark);
        let is_asked_as_text = format == Some(Format::Text);
        let asked = format;
        let mut format = format.unwrap_or_else(|| detect_format(&file, &head, ends, plan));
        let mut kind = file_kind(&head).filter(|kind| !(is_asked_as_text && kind.is_text()));
        for (of_kind, of_format, is_read) in [
            (FileKind::Parquet, Format::Parquet, cfg!(feature = "parquet")),
            (FileKind::Warc, Format::Warc, cfg!(feature = "web")),
            (FileKind::Html, Format::Html, cfg!(feature = "web") && options.html != HtmlText::Off),
        ] {
            if is_read && kind == Some(of_kind) {
                kind = None;
                if asked.is_none_or(|asked| asked == of_format || of_format == Format::Parquet) {
                    // Whatever its name says, it is nothing else.
                    format = of_format;
                } else {
                    kind = Some(of_kind);
                }
            } else if !is_read && format == of_format {
                kind = Some(of_kind);
            }
        }
        if format == Format::Html && kind.is_none() {
            // Pages say which encoding they have.
            refused = None;
        }
        if refused.is_none() {
            refused = match (kind, utf16_without_mark(&head)) {
                (Some(kind), _) => Some(Problem::OtherKind { kind }),
                _ if matches!(format, Format::Parquet | Format::Html | Format::Warc) => None,
                (None, Some(found)) => Some(Problem::WrongEncoding { found }),
                (None, None) => (format == Format::Text && is_binary(&head)).then_some(Problem::Binary),
            };
        }
        let is_unclear = format == Format::Text && !is_asked_as_text;
        let skipped = match &refused {
            _ if !is_found => None,
            Some(Problem::OtherKind { kind }) => Some(SkippedFile::Kind(*kind)),
            // The text of an article may be damaged, which must be reported.
            Some(_) if format == Format::Text && is_binary(&head) && !is_named_as_text(&file) => {
                Some(SkippedFile::Binary)
            }
            _ => (is_unclear && !is_article_name(&file)).then_some(SkippedFile::Name),
        };
        Ok(Self { file, bytes, head, mark, format, refused, again, decoding, skipped })
    }
}
