//! Recognizes how a table is written, by its first bytes: its delimiter, and how quotes in cells are written.

/// The delimiters of tables, those that are preferred first. Spreadsheets write semicolons in languages that write the
/// comma in numbers; databases write tabs and pipes.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The byte that begins an escape, if quotes in cells are written as `\"`.
pub(super) const ESCAPE: u8 = b'\\';
const QUOTE: u8 = b'"';

/// The way in which a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The byte between cells.
    pub(super) delimiter: u8,
    /// True if a quote in a quoted cell may be written as `\"`, and not only as `""`.
    pub(super) has_escapes: bool,
}

impl Dialect {
    /// Returns the dialect of a table that begins with `head`. Its delimiter is the first one that makes a header with a
    /// known name, else the most frequent one. `is_known` says whether a cell, with its quotes, is such a name.
    pub(super) fn of(head: &[u8], is_known: impl Fn(&str) -> bool) -> Self {
        let header = first_row(head);
        let names = |delimiter: u8| header.split(move |&byte| byte == delimiter);
        let has_known = |delimiter: u8| {
            names(delimiter).any(|name| std::str::from_utf8(name).is_ok_and(|name| is_known(name.trim_end())))
        };
        // Of equally frequent ones, `max_by_key` returns the last.
        let most_frequent = DELIMITERS.into_iter().rev().max_by_key(|&delimiter| names(delimiter).count());
        let known =
            DELIMITERS.into_iter().find(|&delimiter| names(delimiter).count() > 1 && has_known(delimiter));
        Self::with_delimiter(head, known.or(most_frequent).unwrap_or(b','))
    }

    /// Returns the dialect of a table with this delimiter that begins with `head`.
    pub(super) fn with_delimiter(head: &[u8], delimiter: u8) -> Self {
        Self { delimiter, has_escapes: has_escapes(head, delimiter) }
    }
}

/// Returns the delimiter that a table names in its first line, and the length of that line. Excel writes and reads
/// `sep=;`, which is no row.
pub(super) fn named_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let length = memchr::memchr(b'\n', head)? + 1;
    let line = head[..length].trim_ascii_end();
    // A tab at the end of the line is the delimiter.
    let line = if head[line.len()..].first() == Some(&b'\t') { &head[..=line.len()] } else { line };
    let unquoted = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match unquoted {
        [s, e, p, b'=', delimiter] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            Some((*delimiter, length))
        }
        _ => None,
    }
}

/// Returns the first line of a table.
fn first_row(head: &[u8]) -> &[u8] {
    head.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default()
}

/// Returns whether quotes in cells are written as `\"`: a quoted cell then contains a quote after a backslash that neither
/// ends the cell nor is doubled, which no other dialect writes.
fn has_escapes(head: &[u8], delimiter: u8) -> bool {
    let mut is_quoted = false;
    let mut before = delimiter;
    let mut bytes = head.iter().copied().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let next = head.get(at + 1).copied();
        match byte {
            QUOTE if is_quoted => {
                if next == Some(QUOTE) {
                    bytes.next();
                } else if next.is_none_or(|next| next == delimiter || matches!(next, b'\n' | b'\r')) {
                    is_quoted = false;
                } else if before == ESCAPE {
                    return true;
                } else {
                    is_quoted = false;
                }
            }
            QUOTE if before == delimiter || matches!(before, b'\n' | b'\r') => is_quoted = true,
            _ => {}
        }
        before = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_delimiters() {
        let cases = [
            ("commas", "id,text", b','),
            ("semicolons", "id;text", b';'),
            ("semicolons, and a comma in a name", "id;title, subtitle, lead;text", b';'),
            ("tabs", "id\ttext\r\n", b'\t'),
            ("pipes", "id|text|site", b'|'),
            ("quotes", "\"id\"|\"text\"", b'|'),
            ("no known name", "nr|words|paper", b'|'),
            ("equally many", "nr|words,paper", b','),
            ("one column", "text", b','),
            ("after an empty line", "\n\nid|text", b'|'),
            ("nothing", "", b','),
        ];
        for (name, head, expected) in cases {
            let found = Dialect::of(head.as_bytes(), |name| name.trim_matches('"') == "text").delimiter;
            assert_eq!(char::from(found), char::from(expected), "{name}");
        }
    }

    #[test]
    fn reads_the_line_that_names_the_delimiter() {
        let cases = [
            ("sep=;\r\nid;text", Some((b';', 7))),
            ("SEP=,\n", Some((b',', 6))),
            ("\"sep=|\"\nid|text", Some((b'|', 8))),
            ("sep=\t\r\nid\ttext", Some((b'\t', 7))),
            ("sep=;", None),
            ("sep=;;\n", None),
            ("separator,text\n", None),
            ("", None),
        ];
        for (head, expected) in cases {
            assert_eq!(named_delimiter(head.as_bytes()), expected, "{head:?}");
        }
    }

    #[test]
    fn recognizes_escaped_quotes() {
        let cases = [
            ("an escaped quote", r#"1,"He said \"no\" and left""#, true),
            ("after a doubled one", r#"1,"a ""b"" \"c\" d""#, true),
            ("doubled quotes", r#"1,"He said ""no"" and left""#, false),
            ("a backslash at the end of a cell", r#"1,"C:\",x"#, false),
            ("a backslash at the end of a row", "1,\"C:\\\"\n2,\"b\"", false),
            ("not in quotes", r#"1,6\" pipe,x"#, false),
            ("a quote too few", r#"1,"He said "no" and left""#, false),
        ];
        for (name, head, expected) in cases {
            assert_eq!(has_escapes(head.as_bytes(), b','), expected, "{name}");
        }
    }
}
