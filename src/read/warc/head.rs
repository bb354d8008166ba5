//! Reads the header of a record of a web archive.

use memchr::memchr_iter;

/// The first bytes of a record.
pub(crate) const MAGIC: &[u8] = b"WARC/";
/// The longest header that is read. The longest that crawlers write have addresses of some kilobytes, and some copy all
/// headers of HTTP.
pub(super) const LONGEST_HEAD: usize = 256 << 10;

/// The header of a record: its fields. What is not valid is left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WarcHead<'r> {
    fields: &'r [u8],
    /// The length of the header with the empty line after it.
    pub(crate) length: usize,
}

impl<'r> WarcHead<'r> {
    /// Reads the header at the beginning of `record`, of which the end is not in the first `seen` bytes. Returns `None` if
    /// the end is not in the record.
    pub(crate) fn new(record: &'r [u8], seen: usize) -> Option<Self> {
        let length = head_length(record, seen)?;
        Some(Self { fields: &record[..length], length })
    }

    /// Returns the header of this length at the beginning of `record`.
    pub(super) fn of_length(record: &'r [u8], length: usize) -> Self {
        Self { fields: &record[..length], length }
    }

    /// Returns the first value of a field.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        self.values(name).next().filter(|value| !value.is_empty())
    }

    /// Returns the ids in all fields of this name, without their angle brackets.
    pub(crate) fn references(&self, name: &str) -> Vec<String> {
        self.values(name).map(|value| without_brackets(&value).to_owned()).collect()
    }

    /// Returns the values of the fields of this name.
    fn values(&self, name: &str) -> impl Iterator<Item = String> {
        let mut lines = self.fields.split(|&byte| byte == b'\n').skip(1).peekable();
        std::iter::from_fn(move || {
            while let Some(line) = lines.next() {
                let Some(colon) = line.iter().position(|&byte| byte == b':') else { continue };
                if !line[..colon].trim_ascii().eq_ignore_ascii_case(name.as_bytes()) {
                    continue;
                }
                let mut value = line[colon + 1..].trim_ascii().to_vec();
                // Old writers continue long values on lines that begin with white space.
                let continues = |line: &&[u8]| line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
                while let Some(more) = lines.next_if(continues) {
                    value.push(b' ');
                    value.extend_from_slice(more.trim_ascii());
                }
                return Some(String::from_utf8_lossy(&value).into_owned());
            }
            None
        })
    }

    /// Returns the type of the record.
    pub(crate) fn record_type(&self) -> Option<String> {
        self.field("WARC-Type").map(|value| value.to_ascii_lowercase())
    }

    /// Returns the id of the record, without its angle brackets.
    pub(crate) fn id(&self) -> Option<String> {
        self.reference("WARC-Record-ID")
    }

    /// Returns the id in a field, without its angle brackets.
    pub(crate) fn reference(&self, name: &str) -> Option<String> {
        self.field(name).map(|value| without_brackets(&value).to_owned())
    }

    /// Returns the address of the page. Some writers put it in angle brackets, too.
    pub(crate) fn target(&self) -> Option<String> {
        self.reference("WARC-Target-URI")
    }

    /// Returns the length of the block, in bytes.
    pub(crate) fn content_length(&self) -> Option<u64> {
        self.field("Content-Length")?.parse().ok()
    }
}

fn without_brackets(value: &str) -> &str {
    value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value)
}

/// Returns the length of a header with the empty line after it; `None` if there is no empty line after the first `seen`
/// bytes. Lines end with `\r\n` or `\n`.
pub(super) fn head_length(bytes: &[u8], seen: usize) -> Option<usize> {
    // The line end before an empty line may be among the bytes that were seen.
    let from = seen.saturating_sub(3);
    memchr_iter(b'\n', bytes.get(from..)?).find_map(|at| match bytes[from + at + 1..] {
        [b'\n', ..] => Some(from + at + 2),
        [b'\r', b'\n', ..] => Some(from + at + 3),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields() {
        let record = b"WARC/1.0\r\nWARC-Type: Response\r\nwarc-target-uri: <https://a.example/b>\r\nContent-Length:12\r\nbroken\r\nX: a\r\n b\r\nEmpty:\r\nWARC-Record-ID: <urn:uuid:1>\r\n\r\nblock: 1";
        let head = WarcHead::new(record, 0).unwrap();
        assert_eq!(head.record_type().as_deref(), Some("response"));
        assert_eq!(head.target().as_deref(), Some("https://a.example/b"));
        assert_eq!(head.content_length(), Some(12));
        assert_eq!(head.field("x").as_deref(), Some("a b"));
        assert_eq!(head.id().as_deref(), Some("urn:uuid:1"));
        assert_eq!((head.field("Empty"), head.field("block")), (None, None));
        assert_eq!(&record[head.length..], b"block: 1");
    }

    #[test]
    fn finds_the_end_of_headers() {
        let cases: [(&[u8], Option<usize>); 5] = [
            (b"a\r\n\r\nb", Some(5)),
            (b"a\n\nb", Some(3)),
            (b"a\n\r\nb", Some(4)),
            (b"a\r\nb\r\n", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            let name = String::from_utf8_lossy(bytes);
            assert_eq!(head_length(bytes, 0), expected, "{name}");
            for seen in 0..bytes.len() {
                if head_length(&bytes[..seen], 0).is_none() {
                    assert_eq!(head_length(bytes, seen), expected, "{name}, {seen} seen");
                }
            }
        }
    }
}
