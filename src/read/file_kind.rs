//! Recognizes kinds of files that are no text, or not read as such, by their first bytes.
//!
//! The crate `infer` is not used: it recognizes ORC by three letters and bzip2 by as many, so that a text that begins
//! with `ORCHARD` would be refused, and it does not know web archives, feeds and mailboxes.

use memchr::memmem;

use super::encoding::is_binary;
use crate::error::FileKind;

/// The first bytes of files that are no text.
const BINARY: [(&[u8], FileKind); 19] = [
    (b"SQLite format 3\0", FileKind::Sqlite),
    (b"%PDF-", FileKind::Pdf),
    (b"ARROW1\0\0", FileKind::Arrow),
    (b"Obj\x01", FileKind::Avro),
    (b"\xfd7zXZ\0", FileKind::Xz),
    (b"\x04\x22\x4d\x18", FileKind::Lz4),
    (b"7z\xbc\xaf\x27\x1c", FileKind::SevenZip),
    (b"Rar!\x1a\x07", FileKind::Rar),
    (b"PK\x05\x06", FileKind::Zip),
    // Office programs before 2007.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Document),
    (b"{\\rtf1", FileKind::Document),
    (b"\x80\x02", FileKind::Pickle),
    (b"\x80\x03", FileKind::Pickle),
    (b"\x80\x04", FileKind::Pickle),
    (b"\x80\x05", FileKind::Pickle),
    (b"\x89PNG\r\n\x1a\n", FileKind::Image),
    (b"\xff\xd8\xff", FileKind::Image),
    (b"GIF87a", FileKind::Image),
    (b"GIF89a", FileKind::Image),
];
/// The first letters of files that are no text; `PARE` begins an encrypted Parquet file. Texts may begin with them, too, so zero bytes must follow.
const BINARY_LETTERS: [(&[u8], FileKind); 4] = [
    (b"PAR1", FileKind::Parquet),
    (b"PARE", FileKind::Parquet),
    (b"ORC", FileKind::Orc),
    (b"RIFF", FileKind::Image),
];
/// The signature of a tar archive, and its offset.
const TAR: (usize, &[u8]) = (257, b"ustar");
/// The first tags of documents, in lower case, in the order in which they are tried.
const TAGS: [(&[u8], FileKind); 7] = [
    (b"<!doctype html", FileKind::Html),
    (b"<html", FileKind::Html),
    (b"<head", FileKind::Html),
    (b"<body", FileKind::Html),
    (b"<rss", FileKind::Feed),
    (b"<feed", FileKind::Feed),
    (b"<rdf:rdf", FileKind::Feed),
];
/// The number of bytes in which names of files in a ZIP archive are searched for.
const ZIP_NAMES: usize = 4096;

/// Returns the kind of a file that begins with `head`, if it is one that is recognized. Only Parquet, web archives and web pages are
/// read, with the features `parquet` and `web`.
pub(super) fn file_kind(head: &[u8]) -> Option<FileKind> {
    binary_kind(head).or_else(|| text_kind(head.trim_ascii_start()))
}

fn binary_kind(head: &[u8]) -> Option<FileKind> {
    let begins = |(magic, kind): &(&[u8], FileKind)| head.starts_with(magic).then_some(*kind);
    if let Some(kind) = BINARY.iter().find_map(begins) {
        return Some(kind);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(kind_of_zip(&head[..head.len().min(ZIP_NAMES)]));
    }
    if head.len() > 10 && head.starts_with(b"BZh") && &head[4..10] == b"1AY&SY" {
        return Some(FileKind::Bzip2);
    }
    let (at, tar) = TAR;
    if head.get(at..).is_some_and(|rest| rest.starts_with(tar)) && is_binary(head) {
        return Some(FileKind::Tar);
    }
    BINARY_LETTERS.iter().find_map(begins).filter(|_| is_binary(head))
}

/// Returns the kind of a ZIP archive: office programs store their documents in such archives.
fn kind_of_zip(head: &[u8]) -> FileKind {
    let has = |name: &str| memmem::find(head, name.as_bytes()).is_some();
    if has("xl/") || has("opendocument.spreadsheet") {
        FileKind::Spreadsheet
    } else if has("word/") || has("opendocument.text") || has("application/epub+zip") {
        FileKind::Document
    } else {
        FileKind::Zip
    }
}

/// Returns the kind of a document of which `head` is the beginning, without space before it.
fn text_kind(head: &[u8]) -> Option<FileKind> {
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Some(FileKind::Warc);
    }
    if is_mailbox(head) {
        return Some(FileKind::Mbox);
    }
    let is_xml = head.starts_with(b"<?xml");
    let first = after_prolog(head);
    let begins = |tag: &[u8]| first.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    let kind = TAGS.iter().find(|(tag, _)| begins(tag)).map(|&(_, kind)| kind);
    kind.or(is_xml.then_some(FileKind::Xml))
}

/// Returns whether a document begins as a web page does.
#[cfg(feature = "web")]
pub(super) fn is_html(head: &[u8]) -> bool {
    text_kind(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()) == Some(FileKind::Html)
}

/// Returns a document without the declarations and comments at its beginning.
fn after_prolog(document: &[u8]) -> &[u8] {
    let mut rest = document;
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            _ => return rest,
        };
        let Some(at) = memmem::find(rest, end) else { return rest };
        rest = rest[at + end.len()..].trim_ascii_start();
    }
}

/// Returns whether a text begins with a message in a mailbox: a line with a sender and a time, and a header.
fn is_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split(|&byte| byte == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let has_time = || first.iter().filter(|&&byte| byte == b':').count() >= 2;
    let is_header = || {
        let name = second.split(|&byte| byte == b':').next().unwrap_or_default();
        name.len() < second.len()
            && !name.is_empty()
            && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    first.starts_with(b"From ") && has_time() && is_header()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_kinds() {
        let tar = [&[b'a'; 100][..], &[0; 157], b"ustar\x0000"].concat();
        let cases: [(&[u8], Option<FileKind>); 33] = [
            (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", Some(FileKind::Warc)),
            (b"\n<!DOCTYPE html>\n<html>", Some(FileKind::Html)),
            (b"<HTML lang=en>", Some(FileKind::Html)),
            (b"<!-- saved from -->\n<html>", Some(FileKind::Html)),
            (b"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC", Some(FileKind::Html)),
            (b"<?xml version=\"1.0\"?><!-- x --><rss version=\"2.0\">", Some(FileKind::Feed)),
            (b"<feed xmlns=\"http://www.w3.org/2005/Atom\">", Some(FileKind::Feed)),
            (b"<?xml version=\"1.0\"?>\n<nitf>", Some(FileKind::Xml)),
            (b"From ann@post.example Sat Jan  3 01:05:34 2031\nReceived: by", Some(FileKind::Mbox)),
            (b"PAR1\x15\x04\x00", Some(FileKind::Parquet)),
            (b"PARE\x15\x04\x00", Some(FileKind::Parquet)),
            (b"ORC\x00\x01", Some(FileKind::Orc)),
            (b"SQLite format 3\0", Some(FileKind::Sqlite)),
            (b"PK\x03\x04....[Content_Types].xml...xl/workbook.xml", Some(FileKind::Spreadsheet)),
            (b"PK\x03\x04....word/document.xml", Some(FileKind::Document)),
            (b"PK\x03\x04....news/a.txt", Some(FileKind::Zip)),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b"\xfd7zXZ\0", Some(FileKind::Xz)),
            (b"BZh91AY&SY\xe5", Some(FileKind::Bzip2)),
            (b"7z\xbc\xaf\x27\x1c", Some(FileKind::SevenZip)),
            (b"\x89PNG\r\n\x1a\n", Some(FileKind::Image)),
            (&tar, Some(FileKind::Tar)),
            // Texts.
            (b"", None),
            (b"ORCHARD OWNERS ask for rain", None),
            (b"PAR1S is a spelling mistake", None),
            (b"RIFF by riff the band came back", None),
            (b"BZh is no word", None),
            (b"From our correspondent\nRain: a report", None),
            (b"From 10:30 to 12:45\nthe road is closed", None),
            (b"<p>A paragraph", None),
            (b"< 5 degrees in the morning", None),
            (b"{\"text\": \"<html>\"}", None),
            (b"WARCRAFT is a game", None),
        ];
        for (head, expected) in cases {
            assert_eq!(file_kind(head), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
