//! Detects the format of a file from its name and its first bytes.

use super::bytes::cutter::{Cut, Cutter as _};
use super::bytes::values::ValueCutter;
use super::dialect::{Dialect, named_delimiter};
use super::format::Format;
use super::input::Input;
use super::parse::cells::{cells, unquote};
use super::parse::plan::FieldPlan;

/// Returns the format of the file `name`, which begins with `head`. If `ends`, the file ends there.
///
/// JSON is recognized by its first bytes, whatever the name. A file that is named `.jsonl` is never read in another
/// format, so that a broken first line is reported as such; nor is one that is named `.parquet`, `.warc` or `.html`. CSV and TSV are recognized by name, or, if the name has
/// no known ending, by a header that names the text. Anything else is plain text.
pub(super) fn detect_format(name: &str, head: &[u8], ends: bool, plan: &FieldPlan) -> Format {
    let ending = ending(name);
    match ending.as_str() {
        "jsonl" | "ndjson" | "jsonlines" | "jl" => return Format::JsonLines,
        "csv" => return Format::Csv,
        "tsv" | "tab" => return Format::Tsv,
        "parquet" | "pq" => return Format::Parquet,
        "warc" | "wet" => return Format::Warc,
        "html" | "htm" | "xhtml" => return Format::Html,
        _ => {}
    }
    let content = head.trim_ascii_start();
    let is_prose = ending == "txt";
    match content.split_first() {
        Some((b'[', rest)) if matches!(rest.trim_ascii_start().first(), Some(b'{' | b']')) => Format::Json,
        // An article may begin with a brace, but hardly with a brace and the name of a member in quotes.
        Some((b'{', rest)) if !is_prose || matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')) => {
            format_of_objects(content, ends)
        }
        _ if ending == "json" => Format::Json,
        None if name == Input::STDIN && ends => Format::JsonLines,
        _ if is_prose => Format::Text,
        _ => format_of_header(head, ends, plan).unwrap_or(Format::Text),
    }
}

/// Returns whether a file has the name of a web archive or a web page.
pub(super) fn is_named_as_web(name: &str) -> bool {
    matches!(ending(name).as_str(), "warc" | "wet" | "html" | "htm" | "xhtml")
}

/// Returns the ending of `name` in lower case, without that of a compression.
pub(super) fn ending(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let unpacked = [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending));
    unpacked.unwrap_or(name).rsplit_once('.').map_or("", |(_, ending)| ending).to_owned()
}

/// Returns whether objects are in JSON Lines or in another JSON layout, by the first line.
fn format_of_objects(content: &[u8], ends: bool) -> Format {
    let Some(line) = first_line(content, ends) else { return Format::JsonLines };
    let mut cutter = ValueCutter::new();
    match cutter.cut(line, 0) {
        Cut::Record { next, .. } if line[next..].trim_ascii().is_empty() => Format::JsonLines,
        // No JSON string contains a line end, so this is a line that was cut off.
        Cut::More if cutter.is_in_string() => Format::JsonLines,
        _ => Format::Json,
    }
}

/// Returns the format of a table, if the first line is a header that names the text among other columns.
fn format_of_header(head: &[u8], ends: bool, plan: &FieldPlan) -> Option<Format> {
    if named_delimiter(head).is_some() {
        return Some(Format::Csv);
    }
    let line = std::str::from_utf8(first_line(head, ends)?).ok()?.trim_end_matches('\r');
    let names_text = |delimiter| {
        let dialect = Dialect { delimiter, has_escapes: false };
        cells(line, dialect).count() > 1 && cells(line, dialect).any(|name| plan.may_be_text(&unquote(name)))
    };
    if [b',', b';', b'|'].into_iter().any(names_text) {
        Some(Format::Csv)
    } else if names_text(b'\t') {
        Some(Format::Tsv)
    } else {
        None
    }
}

/// Returns the first line of `head`, if it is known to be whole.
fn first_line(head: &[u8], ends: bool) -> Option<&[u8]> {
    match memchr::memchr(b'\n', head) {
        Some(length) => Some(&head[..length]),
        None => ends.then_some(head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::field_names::FieldNames;

    #[test]
    fn detects_formats() {
        use Format::{Csv, Html, Json, JsonLines, Parquet, Text, Tsv, Warc};
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
            ("-", "id|text\n1|a\n", Csv),
            ("-", "sep=;\r\nid;text\r\n1;a\r\n", Csv),
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
            ("a.parquet", "", Parquet),
            ("part-0.snappy.PARQUET", "{}", Parquet),
            ("a.tsv", "", Tsv),
            ("CC-MAIN-0.warc.wet.gz", "", Warc),
            ("a.warc.zst", "", Warc),
            ("a.HTM", "", Html),
            ("a.txt", "", Text),
            ("a.txt", "id,text\n1,a\n", Text),
            ("a.txt", "{credit} Rain is expected.", Text),
            ("a.txt", "{\"text\":\"a\"}\n", JsonLines),
            ("dir.json/a", "", Text),
            ("a", "id,text\n1,a\n", Csv),
        ];
        let plan = FieldPlan::new(&FieldNames::default());
        for (name, content, expected) in cases {
            assert_eq!(detect_format(name, content.as_bytes(), true, &plan), expected, "{name} {content:?}");
        }
        assert_eq!(detect_format("-", b"{\"text\": \"a long line", false, &plan), JsonLines);
        let named = FieldPlan::new(&FieldNames { text: Some("TeXt".into()), ..FieldNames::default() });
        assert_eq!(detect_format("-", b"id,TeXt\n1,a\n", true, &named), Csv);
    }
}
