//! A name and the first bytes of a file in, its format out.

use super::Format;
use super::csv;
use super::cut::{Cut, Cutter};
use super::fields::Plan;
use super::json::ValueCutter;

const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Gives the length of the byte order mark that `head` begins with.
///
/// # Errors
/// What is wrong with an encoding that is told by another mark.
pub(super) fn check_mark(head: &[u8]) -> Result<usize, String> {
    let encoding = match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "UTF-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ => return Ok(if head.starts_with(&UTF8_MARK) { UTF8_MARK.len() } else { 0 }),
    };
    Err(format!(
        "is {encoding}, expected UTF-8; convert it first, for example with iconv -f {encoding} -t UTF-8"
    ))
}

/// Tells the format of the file `name`, which begins with `head`, or is no more than that if it `ends` there.
///
/// JSON is told by its first bytes, whatever the name; what is named `.jsonl` is never taken for anything else,
/// so that a broken first line is reported as such. CSV and TSV are told by name, or where the name tells nothing
/// by a header that names the text. Anything else is plain text.
pub(super) fn format_of(name: &str, head: &[u8], ends: bool, plan: &Plan) -> Format {
    let ending = ending(name);
    match ending.as_str() {
        "jsonl" | "ndjson" | "jsonlines" | "jl" => return Format::JsonLines,
        "csv" => return Format::Csv,
        "tsv" | "tab" => return Format::Tsv,
        _ => {}
    }
    let content = head.trim_ascii_start();
    let is_prose = ending == "txt";
    match content.split_first() {
        Some((b'[', rest)) if matches!(rest.trim_ascii_start().first(), Some(b'{' | b']')) => Format::Json,
        // An article may begin with a brace, hardly with the name of a member in quotes behind it.
        Some((b'{', rest)) if !is_prose || matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')) => {
            format_of_objects(content, ends)
        }
        _ if ending == "json" => Format::Json,
        None if name == "-" && ends => Format::JsonLines,
        _ if is_prose => Format::Text,
        _ => format_of_header(head, ends, plan).unwrap_or(Format::Text),
    }
}

/// Gives the ending of `name` in lower case, without that of a compression.
fn ending(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let packed = [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending));
    packed.unwrap_or(name).rsplit_once('.').map_or("", |(_, ending)| ending).to_owned()
}

/// Tells one object a line from objects one after another by the first line.
fn format_of_objects(content: &[u8], ends: bool) -> Format {
    let Some(line) = first_line(content, ends) else { return Format::JsonLines };
    let mut cutter = ValueCutter::new();
    match cutter.cut(line, 0) {
        Cut::Record { next, .. } if line[next..].trim_ascii().is_empty() => Format::JsonLines,
        // No JSON has a line end inside a string, so it is a line that was cut off.
        Cut::More if cutter.is_in_string() => Format::JsonLines,
        _ => Format::Json,
    }
}

/// Tells CSV and TSV by a header that names the text among other columns.
fn format_of_header(head: &[u8], ends: bool, plan: &Plan) -> Option<Format> {
    let line = std::str::from_utf8(first_line(head, ends)?).ok()?.trim_end_matches('\r');
    let names_text = |delimiter| {
        csv::fields(line, delimiter).count() > 1
            && csv::fields(line, delimiter).any(|name| plan.is_text(&csv::unquote(name)))
    };
    if names_text(b',') || names_text(b';') {
        Some(Format::Csv)
    } else if names_text(b'\t') {
        Some(Format::Tsv)
    } else {
        None
    }
}

/// Gives what stands between the fields of a table that begins with `head`; nothing where it is none. Where a comma is
/// part of numbers, spreadsheets write semicolons.
pub(super) fn delimiter(format: Format, head: &[u8]) -> Option<u8> {
    let header = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match format {
        Format::Csv if !header.contains(&b',') && header.contains(&b';') => Some(b';'),
        Format::Csv => Some(b','),
        Format::Tsv => Some(b'\t'),
        Format::JsonLines | Format::Json | Format::Text => None,
    }
}

/// Gives the first line of `head` where it is known to be whole.
fn first_line(head: &[u8], ends: bool) -> Option<&[u8]> {
    match memchr::memchr(b'\n', head) {
        Some(length) => Some(&head[..length]),
        None => ends.then_some(head),
    }
}

#[cfg(test)]
mod tests {
    use super::super::FieldNames;
    use super::*;

    #[test]
    fn tells_formats() {
        use Format::{Csv, Json, JsonLines, Text, Tsv};
        let cases = [
            ("-", "{\"a\":1}\n{\"a\":2}\n", JsonLines),
            ("-", "\n {\"a\":1} \r\n{\"a\":2}\n", JsonLines),
            ("-", "{\"a\":1}", JsonLines),
            ("-", "{\"a\":\"cut o\n{\"a\":2}\n", JsonLines),
            ("-", "{\"a\":", Json),
            ("-", "{\n \"a\":1\n}", Json),
            ("-", "{\"a\":1} {\"a\":2}\n", Json),
            ("-", "[{\"a\":1}]", Json),
            ("-", "[\n]", Json),
            ("-", "[AP] Rain is expected.", Text),
            ("-", "id,text\n1,a\n", Csv),
            ("-", "id;text\n1;a\n", Csv),
            ("-", "id\t\"body\"\r\n1\ta\n", Tsv),
            ("-", "id,Text\n1,a\n", Csv),
            ("-", "id,TeXt\n1,a\n", Text),
            ("-", "text\na\n", Text),
            ("-", "", JsonLines),
            ("-", "Rain is expected.", Text),
            ("a.jsonl", "oops", JsonLines),
            ("a.jsonl.gz", "[{", JsonLines),
            ("A.NDJSON", "", JsonLines),
            ("a.json", "", Json),
            ("a.json", "oops", Json),
            ("a.json", "{\"a\":1}\n{\"a\":2}\n", JsonLines),
            ("a.csv.zst", "{}", Csv),
            ("a.tab", "", Tsv),
            ("a.tsv", "", Tsv),
            ("a.txt", "", Text),
            ("a.txt", "id,text\n1,a\n", Text),
            ("a.txt", "{credit} Rain is expected.", Text),
            ("a.txt", "{\"text\":\"a\"}\n", JsonLines),
            ("dir.json/a", "", Text),
            ("a", "id,text\n1,a\n", Csv),
        ];
        let plan = Plan::new(&FieldNames::default());
        for (name, content, expected) in cases {
            assert_eq!(format_of(name, content.as_bytes(), true, &plan), expected, "{name} {content:?}");
        }
        assert_eq!(format_of("-", b"{\"text\": \"a long line", false, &plan), JsonLines);
        let named = Plan::new(&FieldNames { text: Some("TeXt".into()), ..FieldNames::default() });
        assert_eq!(format_of("-", b"id,TeXt\n1,a\n", true, &named), Csv);
    }

    #[test]
    fn reads_byte_order_marks() {
        let wrong = |encoding| {
            Err(format!(
                "is {encoding}, expected UTF-8; convert it first, for example with iconv -f {encoding} -t UTF-8"
            ))
        };
        let cases: [(&[u8], Result<usize, String>); 6] = [
            (b"", Ok(0)),
            (b"ab", Ok(0)),
            (b"\xef\xbb\xbfa", Ok(3)),
            (b"\xff\xfea\0", wrong("UTF-16")),
            (b"\xfe\xff\0a", wrong("UTF-16")),
            (b"\xff\xfe\0\0a\0\0\0", wrong("UTF-32")),
        ];
        for (head, expected) in cases {
            assert_eq!(check_mark(head), expected, "{head:?}");
        }
    }
}
