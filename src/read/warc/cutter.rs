//! Finds the records of a web archive that are articles, and passes over the others.

use std::sync::Arc;

use memchr::memmem;

use super::head::{LONGEST_HEAD, MAGIC, WarcHead};
use super::record_class::{RecordClass, class_of, needs_http_head};
use crate::error::{Extent, Problem, WarcProblem};
use crate::read::bytes::cutter::{Cut, Cutter, Ending};
use crate::read::left_out::LeftOutCounts;
use crate::read::options::HtmlText;

/// The longest header of HTTP that is read. Browsers accept 256 KiB.
const LONGEST_HTTP_HEAD: usize = 256 << 10;
/// The most line ends after a record. There should be two, `\r\n\r\n`; some writers leave out one or write more.
const MOST_BLANK: usize = 8;

/// The state of a cutter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A header is next.
    Head,
    /// The open stretch begins with a header of this length. What the record is depends on more of it.
    Block { head: usize },
    /// The open stretch is an article of this length, in bytes.
    Article { length: usize },
    /// This number of bytes of a record that is no article is next.
    Skip { bytes: u64 },
    /// After damage: the next header is searched for.
    Search,
}

/// Cuts the records of a web archive that are articles.
#[derive(Debug)]
pub(in crate::read) struct WarcCutter {
    state: State,
    html: HtmlText,
    max_record: usize,
    counts: Arc<LeftOutCounts>,
}

impl WarcCutter {
    /// Creates a cutter that counts the records that are no articles in `counts`.
    pub(in crate::read) fn new(html: HtmlText, max_record: usize, counts: &Arc<LeftOutCounts>) -> Self {
        Self { state: State::Head, html, max_record, counts: Arc::clone(counts) }
    }

    /// Visits the header of a record, and decides what the record is.
    fn cut_head(&mut self, open: &[u8], seen: usize, ends: bool) -> Cut {
        let blank = blank_length(open);
        if blank > 0 {
            return Cut::Gap { next: blank };
        }
        let known = open.len().min(MAGIC.len());
        if open[..known] != MAGIC[..known] {
            self.state = State::Search;
            return Cut::Fault { next: 0, problem: Problem::Warc(WarcProblem::NotARecord) };
        }
        match WarcHead::new(open, seen) {
            Some(head) => self.cut_block(open, &head, ends),
            None if open.len() <= LONGEST_HEAD && !ends => Cut::More,
            None if ends => Cut::Fault { next: 0, problem: Problem::TruncatedRecord },
            // The next header is searched for after what was visited, which would otherwise be visited for each line.
            None => self.fault(LONGEST_HEAD, WarcProblem::NoLength),
        }
    }

    /// Decides what the record with the header `head` is.
    fn cut_block(&mut self, open: &[u8], head: &WarcHead<'_>, ends: bool) -> Cut {
        let whole = head.content_length().and_then(|block| block.checked_add(head.length as u64));
        let Some(whole) = whole else { return self.fault(head.length, WarcProblem::NoLength) };
        let read = open.len().min(usize::try_from(whole).unwrap_or(usize::MAX));
        let block = &open[head.length.min(read)..read];
        let waits = needs_http_head(head)
            && (read as u64) < whole
            && block.len() < LONGEST_HTTP_HEAD
            && super::head::head_length(block, 0).is_none();
        if waits && !ends {
            self.state = State::Block { head: head.length };
            return Cut::More;
        }
        match class_of(head, block, self.html) {
            RecordClass::LeftOut(reason) => {
                self.counts.add(reason);
                self.state = State::Skip { bytes: whole };
                self.skip(open, whole)
            }
            RecordClass::Article(_) => {
                match usize::try_from(whole).ok().filter(|&length| length <= self.max_record) {
                    Some(length) => {
                        self.state = State::Article { length };
                        self.cut_article(open, length, ends)
                    }
                    None => {
                        self.state = State::Skip { bytes: whole };
                        let (extent, limit) = (Extent::Record, self.max_record);
                        Cut::Fault { next: 0, problem: Problem::TooLong { extent, limit } }
                    }
                }
            }
        }
    }

    /// Ends an article, if what follows it was read.
    fn cut_article(&mut self, open: &[u8], length: usize, ends: bool) -> Cut {
        let Some(after) = open.get(length..) else { return Cut::More };
        let blank = blank_length(&after[..after.len().min(MOST_BLANK)]);
        let next = &after[blank..];
        let known = next.len().min(MAGIC.len());
        if next[..known] != MAGIC[..known] {
            let head = WarcHead::new(open, 0).map_or(MAGIC.len(), |head| head.length);
            return self.fault(head, WarcProblem::WrongLength { length: (length - head) as u64 });
        }
        if known < MAGIC.len() && !ends {
            return Cut::More;
        }
        self.state = State::Head;
        Cut::Record { end: length, next: length + blank }
    }

    /// Passes over bytes of a record that is no article.
    fn skip(&mut self, open: &[u8], bytes: u64) -> Cut {
        let skipped = open.len().min(usize::try_from(bytes).unwrap_or(usize::MAX));
        let bytes = bytes - skipped as u64;
        self.state = if bytes == 0 { State::Head } else { State::Skip { bytes } };
        if skipped == 0 { Cut::More } else { Cut::Gap { next: skipped } }
    }

    /// Searches for the next header.
    fn search(&mut self, open: &[u8]) -> Cut {
        // A header may begin at the end of what was read.
        let tail = open.len().saturating_sub(MAGIC.len());
        match begin_of_head(open) {
            Some(at) => {
                self.state = State::Head;
                Cut::Gap { next: at }
            }
            None if tail > 0 => Cut::Gap { next: tail },
            None => Cut::More,
        }
    }

    /// Reports damage after the first `next` bytes, and searches for the next header from there.
    fn fault(&mut self, next: usize, problem: WarcProblem) -> Cut {
        self.state = State::Search;
        Cut::Fault { next, problem: Problem::Warc(problem) }
    }
}

impl Cutter for WarcCutter {
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut {
        match self.state {
            _ if open.is_empty() => Cut::More,
            State::Head => self.cut_head(open, seen, false),
            State::Block { head } => self.cut_block(open, &WarcHead::of_length(open, head), false),
            State::Article { length } => self.cut_article(open, length, false),
            State::Skip { bytes } => self.skip(open, bytes),
            State::Search => self.search(open),
        }
    }

    fn finish(&mut self, open: &[u8]) -> Ending {
        match self.state {
            State::Head | State::Search if open.is_empty() => Ending::Nothing,
            State::Search => Ending::Nothing,
            State::Article { length } if open.len() >= length => Ending::Record { end: length },
            State::Head | State::Block { .. } => match self.cut_head(open, 0, true) {
                Cut::Record { end, .. } => Ending::Record { end },
                Cut::Fault { problem, .. } => Ending::Fault { problem },
                _ => Ending::Fault { problem: Problem::TruncatedRecord },
            },
            State::Article { .. } | State::Skip { .. } => Ending::Fault { problem: Problem::TruncatedRecord },
        }
    }
}

/// Returns the number of line ends at the beginning.
fn blank_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// Returns the beginning of the first line that begins as a header does.
fn begin_of_head(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(MAGIC) {
        return Some(0);
    }
    memmem::find(bytes, b"\nWARC/").map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::bytes::cut_all::cut_all;
    use crate::read::left_out::LeftOut;

    fn record(record_type: &str, fields: &str, block: &str) -> String {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {record_type}\r\n{fields}Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn page(text: &str) -> String {
        let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{text}");
        record("response", "Content-Type: application/http;msgtype=response\r\n", &response)
    }

    /// Returns the last word of each record, and the messages.
    fn cut(archive: &str, max_record: usize, block: usize) -> (Vec<String>, Vec<(LeftOut, u64)>) {
        let counts = Arc::default();
        let mut cutter = WarcCutter::new(HtmlText::Article, max_record, &counts);
        let pieces = cut_all(&mut cutter, archive.as_bytes(), block);
        let shown = pieces.iter().map(|piece| match piece.split_once(' ') {
            Some(("!", message)) => message.split_once(' ').unwrap().1.to_owned(),
            _ => piece.rsplit(['\n', ' ']).next().unwrap_or_default().to_owned(),
        });
        (shown.collect(), counts.counts())
    }

    #[test]
    fn cuts_records() {
        let long = page(&"x".repeat(500));
        let broken = page("two").replace("Content-Length: ", "Content-Length: 9");
        let short = page("two").replace("Content-Length: 47", "Content-Length: 46");
        let no_length = page("two").replace("Content-Length", "Length");
        let wrong = |length: u64| format!("the record is not as long as its header says: {length} bytes");
        let not_a_record = "no record of a web archive begins here, as the record before it says".to_owned();
        let cases = [
            ("nothing", String::new(), vec![]),
            ("two", page("one") + &page("two"), vec!["one".into(), "two".into()]),
            ("no line ends after the last", page("one").trim_end().to_owned(), vec!["one".into()]),
            ("a blank line too many", page("one") + "\r\n" + &page("two"), vec!["one".into(), "two".into()]),
            (
                "a blank line too few",
                page("one").replace("\r\n\r\n\r\n", "").trim_end().to_owned() + "\n" + &page("two"),
                vec!["one".into(), "two".into()],
            ),
            (
                "others between",
                record("request", "", "GET /") + &page("one") + &record("metadata", "", "a: b"),
                vec!["one".into()],
            ),
            (
                "too long",
                page("one") + &long + &page("two"),
                vec!["one".into(), "the record is longer than 300 bytes".into(), "two".into()],
            ),
            (
                "a length too long",
                page("one") + &broken,
                vec![
                    "one".into(),
                    "the record is longer than 300 bytes".into(),
                    "the file ends within this record: it was cut off".into(),
                ],
            ),
            (
                "a length too short",
                page("one") + &short + &page("three"),
                vec!["one".into(), wrong(46), "three".into()],
            ),
            (
                "no length",
                no_length + &page("two"),
                vec!["the header of the record says no length".into(), "two".into()],
            ),
            (
                "other bytes between",
                page("one") + "oops\r\noops\r\n" + &page("two"),
                vec![wrong(47), not_a_record.clone(), "two".into()],
            ),
            ("other bytes", format!("oops\n{}", page("two")), vec![not_a_record, "two".into()]),
            (
                "cut off",
                page("one") + &page("two")[..100],
                vec!["one".into(), "the file ends within this record: it was cut off".into()],
            ),
            (
                "cut off in a header",
                page("one") + &page("two")[..30],
                vec!["one".into(), "the file ends within this record: it was cut off".into()],
            ),
        ];
        for (name, archive, expected) in cases {
            let expected: Vec<String> = expected;
            for block in [1, 7, 100_000] {
                let (mut found, _) = cut(&archive, 300, block);
                if name == "other bytes between" {
                    found.retain(|shown| !shown.starts_with("no record"));
                    assert_eq!(found, [expected[0].clone(), "two".to_owned()], "{name}, blocks of {block}");
                    continue;
                }
                assert_eq!(found, expected, "{name}, blocks of {block}");
            }
        }
    }

    #[test]
    fn counts_what_is_left_out() {
        let archive = record("warcinfo", "", "software: a")
            + &record("revisit", "", "")
            + &page("one")
            + &record("request", "", &"x".repeat(1000));
        for block in [1, 100_000] {
            let expected = vec![(LeftOut::About, 2), (LeftOut::Revisit, 1)];
            assert_eq!(cut(&archive, 300, block), (vec!["one".to_owned()], expected), "blocks of {block}");
        }
    }
}
