//! Bytes in, rows out: the borders of CSV and TSV records, and of the fields in one.
//!
//! Written here and not left to the crate `csv` because the bytes of a row are needed as they stand in the file;
//! the tests hold it to what that crate reads. As there: a field is quoted if its first byte is `"`, `""` in it is
//! one quote, whatever follows the closing quote belongs to the field, rows end with LF, CRLF or CR, and empty
//! lines are no rows.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::cut::{Cut, Cutter, Last};

const QUOTE: u8 = b'"';

/// Where in a row a cutter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a field.
    FieldStart,
    /// In a field, outside of quotes.
    Bare,
    /// Inside quotes.
    Quoted,
    /// Behind a quote that ends the quotes, or is the first half of `""`.
    Quote,
    /// Behind the carriage return that ends the row; a line feed may follow.
    Return,
}

/// Cuts at line ends outside of quotes.
#[derive(Debug)]
pub(super) struct RowCutter {
    delimiter: u8,
    state: State,
}

impl RowCutter {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::FieldStart }
    }
}

impl Cutter for RowCutter {
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut {
        let mut at = seen;
        while let Some(&byte) = open.get(at) {
            match self.state {
                State::FieldStart if at == 0 && matches!(byte, b'\n' | b'\r') => return Cut::Gap { next: 1 },
                State::FieldStart if byte == QUOTE => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::FieldStart => self.state = State::Bare,
                State::Bare => {
                    let Some(length) = memchr3(self.delimiter, b'\n', b'\r', &open[at..]) else {
                        return Cut::More;
                    };
                    at += length + 1;
                    match open[at - 1] {
                        b'\n' => {
                            self.state = State::FieldStart;
                            return Cut::Record { end: at - 1, next: at };
                        }
                        b'\r' => self.state = State::Return,
                        _ => self.state = State::FieldStart,
                    }
                }
                State::Quoted => {
                    let Some(length) = memchr(QUOTE, &open[at..]) else { return Cut::More };
                    at += length + 1;
                    self.state = State::Quote;
                }
                State::Quote if byte == QUOTE => {
                    self.state = State::Quoted;
                    at += 1;
                }
                State::Quote => self.state = State::Bare,
                State::Return => {
                    self.state = State::FieldStart;
                    let next = if byte == b'\n' { at + 1 } else { at };
                    return Cut::Record { end: at.saturating_sub(1), next };
                }
            }
        }
        Cut::More
    }

    fn finish(&mut self, open: &[u8]) -> Last {
        match self.state {
            State::Quoted => Last::Fault { what: "a quote is opened in this row and never closed".into() },
            State::Return => Last::Record { end: open.len().saturating_sub(1) },
            _ if open.is_empty() => Last::Nothing,
            _ => Last::Record { end: open.len() },
        }
    }
}

/// Splits `row` into its fields, each as it stands, quotes and all. There is always at least one.
pub(super) fn fields(row: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let row = rest?;
        let bare = bare_part(row);
        let end = memchr(delimiter, &row.as_bytes()[bare..]).map(|length| bare + length);
        rest = end.and_then(|end| row.get(end + 1..));
        Some(end.map_or(row, |end| &row[..end]))
    })
}

/// Finds where the quotes at the beginning of `field` are closed; 0 where there are none.
fn bare_part(field: &str) -> usize {
    let bytes = field.as_bytes();
    if bytes.first() != Some(&QUOTE) {
        return 0;
    }
    let mut at = 1;
    while let Some(length) = memchr(QUOTE, &bytes[at..]) {
        at += length + 1;
        if bytes.get(at) != Some(&QUOTE) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Gives the value of a field as it stands.
pub(super) fn unquote(field: &str) -> Cow<'_, str> {
    if !field.starts_with('"') {
        return Cow::Borrowed(field);
    }
    let (quoted, bare) = field.split_at(bare_part(field));
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    if bare.is_empty() && !inner.contains('"') {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(inner.replace("\"\"", "\"") + bare)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::cut_all;
    use super::*;

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
            ("a quote in a bare field", "6\" pipe,b\nc\n", &["1 6\" pipe,b", "2 c"]),
            ("empty lines", "\n\na\n\r\nb\n", &["3 a", "5 b"]),
        ];
        for (name, input, expected) in cases {
            for block in [1, 2, 1000] {
                let found = cut_all(&mut RowCutter::new(b','), input.as_bytes(), block);
                assert_eq!(found, expected, "{name}, blocks of {block}");
            }
        }
        let open = cut_all(&mut RowCutter::new(b','), b"a\n\"b\nc\n", 1000);
        assert_eq!(open, ["1 a", "! 2 a quote is opened in this row and never closed"]);
    }

    fn ours(input: &str, block: usize) -> Vec<Vec<String>> {
        let rows = cut_all(&mut RowCutter::new(b','), input.as_bytes(), block);
        let rows = rows.iter().map(|row| row.split_once(' ').expect("a line number comes first"));
        rows.filter(|(line, _)| *line != "!")
            .map(|(_, row)| fields(row, b',').map(|field| unquote(field).into_owned()).collect())
            .collect()
    }

    fn theirs(input: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    proptest! {
        /// The naive twin: the crate `csv` reads the same fields.
        #[test]
        fn reads_what_the_csv_crate_reads(input in "[ab\u{e9},\"\n\r]{0,24}", block in 1..9_usize) {
            let ours = ours(&input, block);
            let theirs = theirs(&input);
            // A quote that is never closed is an error here and a last row there.
            let cuts = cut_all(&mut RowCutter::new(b','), input.as_bytes(), 1000);
            let unclosed = cuts.iter().any(|cut| cut.starts_with('!'));
            prop_assert_eq!(&ours[..], &theirs[..theirs.len() - usize::from(unclosed)]);
        }
    }
}
