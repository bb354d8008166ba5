//! Makes data visible that is written to a terminal, which would interpret escape sequences in it.

use std::borrow::Cow;
use std::io::{self, Write};

/// A writer to a terminal. What comes in several pieces is put together before it is shown.
pub(crate) struct TerminalWriter<W: Write> {
    out: W,
    show: fn(&str) -> Cow<'_, str>,
    /// The first bytes of a character whose other bytes have not been written.
    partial: Vec<u8>,
}

impl<W: Write> TerminalWriter<W> {
    /// Creates a writer to `out`. `show` returns text as it is shown.
    pub(crate) fn new(out: W, show: fn(&str) -> Cow<'_, str>) -> Self {
        Self { out, show, partial: Vec::new() }
    }
}

impl<W: Write> Write for TerminalWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.partial);
        all.extend_from_slice(bytes);
        let end = match std::str::from_utf8(&all) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len(),
        };
        self.partial = all.split_off(end);
        self.out.write_all((self.show)(&String::from_utf8_lossy(&all)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use wirecopy::write::{visible, visible_json};

    use super::*;

    #[test]
    fn shows_characters_that_come_in_pieces() {
        let text = "Fähre\u{1b}[31m \u{9b}2J 渡轮\u{202e}\n";
        type Form = fn(&str) -> Cow<'_, str>;
        let cases: [(Form, &str); 2] = [
            (visible, "Fähre␛[31m \u{FFFD}2J 渡轮\n"),
            (visible_json, "Fähre\\u001b[31m \\u009b2J 渡轮\\u202e\n"),
        ];
        for (show, expected) in cases {
            for size in 1..8 {
                let mut writer = TerminalWriter::new(Vec::new(), show);
                text.as_bytes().chunks(size).for_each(|piece| writer.write_all(piece).unwrap());
                assert_eq!(String::from_utf8(writer.out).unwrap(), expected, "pieces of {size} bytes");
            }
        }
        let mut writer = TerminalWriter::new(Vec::new(), visible);
        writer.write_all(b"a\xff\xffb").unwrap();
        assert_eq!(writer.out, "a\u{FFFD}\u{FFFD}b".as_bytes());
    }
}
