//! Finds the borders between lines, for JSON Lines.
//!
//! A record is a line without its line feed and the carriage return before it. Blank lines are no records.

use memchr::memchr;

use super::cutter::{Cut, Cutter, Ending};

/// Cuts at line feeds. A line feed inside a JSON string is always escaped, so no parsing is needed.
#[derive(Debug)]
pub(super) struct LineCutter {
    /// The length of the longest blank line that is skipped. A longer one is cut like a record and then refused as
    /// too long: if it arrives in several blocks, it is never in memory as a whole, so it cannot be seen to be
    /// blank.
    pub(super) longest_blank: usize,
}

impl Cutter for LineCutter {
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut {
        let Some(length) = memchr(b'\n', &open[seen..]) else { return Cut::More };
        let line = &open[..seen + length];
        let (end, next) = (without_return(line).len(), line.len() + 1);
        if end <= self.longest_blank && is_blank(line) {
            Cut::Gap { next }
        } else {
            Cut::Record { end, next }
        }
    }

    fn finish(&mut self, open: &[u8]) -> Ending {
        if is_blank(open) { Ending::Nothing } else { Ending::Record { end: without_return(open).len() } }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::super::cut_all::cut_all;
    use super::*;

    #[test]
    fn cuts_lines() {
        let cases: [(&str, &str, &[&str]); 7] = [
            ("empty", "", &[]),
            ("two lines", "{}\n[]\n", &["1 {}", "2 []"]),
            ("last line without its end", "{}\n[]", &["1 {}", "2 []"]),
            ("carriage returns", "{}\r\n[]\r\n{}\r", &["1 {}", "2 []", "3 {}"]),
            ("blank lines count as lines", "\n \t\r\n{}\n\n\n[]\n \n", &["3 {}", "6 []"]),
            ("space is kept", "  {} \n", &["1   {} "]),
            ("an escaped line feed", "{\"a\": \"b\\nc\"}\n", &["1 {\"a\": \"b\\nc\"}"]),
        ];
        for (name, input, expected) in cases {
            let mut cutter = LineCutter { longest_blank: 1000 };
            assert_eq!(cut_all(&mut cutter, input.as_bytes(), 1000), expected, "{name}");
        }
    }
}
