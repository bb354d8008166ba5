//! Finds the borders between the rows of CSV and TSV files.
//!
//! The crate `csv` is not used because the bytes of a row are needed as they are in the file; the tests compare the
//! rows with those that it reads. As there, a cell is quoted if its first byte is `"`, `""` in it is one quote, the
//! bytes after the closing quote belong to the cell, rows end with LF, CRLF or CR, and empty lines are no rows.

use memchr::{memchr2, memchr3};

use super::cutter::{Cut, Cutter, Ending};
use crate::error::Problem;
use crate::read::dialect::{Dialect, ESCAPE, named_delimiter};
use crate::read::format::Format;
use crate::read::parse::cells::unquote;
use crate::read::parse::plan::FieldPlan;

const QUOTE: u8 = b'"';

/// The state in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a cell.
    CellStart,
    /// In a cell, outside of quotes.
    Unquoted,
    /// Inside quotes.
    Quoted,
    /// Inside quotes, after the byte that begins an escape.
    Escape,
    /// After a quote that ends the quotes, or is the first half of `""`.
    Quote,
    /// After the carriage return that ends the row; a line feed may follow.
    Return,
}

/// Cuts at line ends outside of quotes.
#[derive(Debug)]
pub(super) struct RowCutter {
    dialect: Dialect,
    state: State,
}

impl RowCutter {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, state: State::CellStart }
    }
}

impl Cutter for RowCutter {
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut {
        let mut at = seen;
        while let Some(&byte) = open.get(at) {
            match self.state {
                State::CellStart if at == 0 && matches!(byte, b'\n' | b'\r') => return Cut::Gap { next: 1 },
                State::CellStart if byte == QUOTE => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::CellStart => self.state = State::Unquoted,
                State::Unquoted => {
                    let Some(length) = memchr3(self.dialect.delimiter, b'\n', b'\r', &open[at..]) else {
                        return Cut::More;
                    };
                    at += length + 1;
                    match open[at - 1] {
                        b'\n' => {
                            self.state = State::CellStart;
                            return Cut::Record { end: at - 1, next: at };
                        }
                        b'\r' => self.state = State::Return,
                        _ => self.state = State::CellStart,
                    }
                }
                State::Quoted => {
                    let escape = if self.dialect.has_escapes { ESCAPE } else { QUOTE };
                    let Some(length) = memchr2(QUOTE, escape, &open[at..]) else { return Cut::More };
                    at += length + 1;
                    self.state = if open[at - 1] == QUOTE { State::Quote } else { State::Escape };
                }
                State::Escape => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::Quote if byte == QUOTE => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::Quote => self.state = State::Unquoted,
                State::Return => {
                    self.state = State::CellStart;
                    let next = if byte == b'\n' { at + 1 } else { at };
                    return Cut::Record { end: at.saturating_sub(1), next };
                }
            }
        }
        Cut::More
    }

    fn finish(&mut self, open: &[u8]) -> Ending {
        match self.state {
            State::Quoted | State::Escape => Ending::Fault { problem: Problem::UnclosedQuote },
            State::Return => Ending::Record { end: open.len().saturating_sub(1) },
            _ if open.is_empty() => Ending::Nothing,
            _ => Ending::Record { end: open.len() },
        }
    }
}

/// Returns how a table that begins with `head` is written, and the length of the line that says so, if there is one;
/// `None` if the format is no table.
pub(super) fn dialect(format: Format, head: &[u8], plan: &FieldPlan) -> Option<(Dialect, usize)> {
    match format {
        Format::Csv => Some(match named_delimiter(head) {
            Some((delimiter, length)) => (Dialect::with_delimiter(&head[length..], delimiter), length),
            None => (Dialect::of(head, |name| plan.may_be_text(&unquote(name))), 0),
        }),
        Format::Tsv => Some((Dialect::with_delimiter(head, b'\t'), 0)),
        Format::JsonLines | Format::Json | Format::Text | Format::Parquet | Format::Html | Format::Warc => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cut_all::cut_all;
    use super::*;
    use crate::read::parse::cells::{cells, unescape};

    const COMMAS: Dialect = Dialect { delimiter: b',', has_escapes: false };

    #[test]
    fn cuts_rows() {
        let cases: [(&str, &str, &[&str]); 9] = [
            ("empty", "", &[]),
            ("two rows", "a,b\n1,2\n", &["1 a,b", "2 1,2"]),
            ("last row without its end", "a,b\n1,2", &["1 a,b", "2 1,2"]),
            ("CRLF", "a\r\n1\r\n", &["1 a", "2 1"]),
            ("CR at the end", "a\r\n1\r", &["1 a", "2 1"]),
            ("a line feed in quotes", "a,\"b\nc\"\nd\n", &["1 a,\"b\nc\"", "3 d"]),
            ("doubled quotes", "\"a\"\"\n\"\"\",b\nc\n", &["1 \"a\"\"\n\"\"\",b", "3 c"]),
            ("a quote in an unquoted cell", "6\" pipe,b\nc\n", &["1 6\" pipe,b", "2 c"]),
            ("empty lines", "\n\na\n\r\nb\n", &["3 a", "5 b"]),
        ];
        for (name, input, expected) in cases {
            for block in [1, 2, 1000] {
                let found = cut_all(&mut RowCutter::new(COMMAS), input.as_bytes(), block);
                assert_eq!(found, expected, "{name}, blocks of {block}");
            }
        }
        let open = cut_all(&mut RowCutter::new(COMMAS), b"a\n\"b\nc\n", 1000);
        assert_eq!(open, ["1 a", "! 2 a quote is opened in this row and never closed"]);
    }

    #[test]
    fn cuts_rows_with_escapes() {
        let dialect = Dialect { has_escapes: true, ..COMMAS };
        let cases: [(&str, &str, &[&str]); 4] = [
            ("an escaped quote", "\"a\\\"\nb\",c\nd\n", &["1 \"a\\\"\nb\",c", "3 d"]),
            ("an escaped backslash", "\"a\\\\\",b\nc\n", &["1 \"a\\\\\",b", "2 c"]),
            ("doubled quotes", "\"a\"\"\nb\"\nc\n", &["1 \"a\"\"\nb\"", "3 c"]),
            ("not in quotes", "a\\\nb\n", &["1 a\\", "2 b"]),
        ];
        for (name, input, expected) in cases {
            for block in [1, 2, 1000] {
                let found = cut_all(&mut RowCutter::new(dialect), input.as_bytes(), block);
                assert_eq!(found, expected, "{name}, blocks of {block}");
            }
        }
    }

    fn ours(input: &str, block: usize) -> Vec<Vec<String>> {
        let rows = cut_all(&mut RowCutter::new(COMMAS), input.as_bytes(), block);
        let rows = rows.iter().map(|row| row.split_once(' ').expect("a line number comes first"));
        rows.filter(|(line, _)| *line != "!")
            .map(|(_, row)| cells(row, COMMAS).map(|cell| unquote(cell).into_owned()).collect())
            .collect()
    }

    fn theirs(input: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    proptest! {
        /// The naive twin: the crate `csv` reads the same cells of tables with escapes.
        #[test]
        fn reads_escapes_as_the_csv_crate_does(
            pieces in proptest::collection::vec(prop::sample::select(&["a", ",", "\"", "\n", r#"\""#, r"\\"]), 0..16),
            block in 1..9_usize,
        ) {
            let input = pieces.concat();
            let dialect = Dialect { has_escapes: true, ..COMMAS };
            let rows = cut_all(&mut RowCutter::new(dialect), input.as_bytes(), block);
            let whole: Vec<&str> = rows.iter().filter_map(|row| row.split_once(' ')).filter(|(line, _)| *line != "!")
                .map(|(_, row)| row).collect();
            let ours: Vec<Vec<String>> =
                whole.iter().map(|row| cells(row, dialect).map(|cell| unescape(cell).into_owned()).collect()).collect();
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(false).flexible(true).escape(Some(ESCAPE)).from_reader(input.as_bytes());
            let theirs: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(&ours[..], &theirs[..theirs.len() - (rows.len() - whole.len())]);
        }

        /// The naive twin: the crate `csv` reads the same cells.
        #[test]
        fn reads_what_the_csv_crate_reads(input in "[ab\u{e9},\"\n\r]{0,24}", block in 1..9_usize) {
            let ours = ours(&input, block);
            let theirs = theirs(&input);
            // A quote that is never closed is an error here and a last row there.
            let cuts = cut_all(&mut RowCutter::new(COMMAS), input.as_bytes(), 1000);
            let unclosed = cuts.iter().any(|cut| cut.starts_with('!'));
            prop_assert_eq!(&ours[..], &theirs[..theirs.len() - usize::from(unclosed)]);
        }
    }
}
