//! Reads from the name of an output how it is compressed and which format it has, and refuses names that would be
//! false.

use std::path::Path;

use anyhow::bail;
use wirecopy::read::Compression;

/// The endings of the names of files in formats that are read or written, by format.
const FORMATS: [&[&str]; 8] = [JSON_LINES, JSON, CSV, TSV, TEXT, HTML, PARQUET, WARC];
pub(crate) const JSON_LINES: &[&str] = &["jsonl", "ndjson", "jsonlines", "jl"];
pub(crate) const JSON: &[&str] = &["json"];
pub(crate) const CSV: &[&str] = &["csv"];
const TSV: &[&str] = &["tsv", "tab"];
pub(crate) const TEXT: &[&str] = &["txt", "text"];
pub(crate) const HTML: &[&str] = &["html", "htm"];
pub(crate) const PARQUET: &[&str] = &["parquet", "pq"];
const WARC: &[&str] = &["warc", "wet"];

/// The endings of formats and compressions that are not written. A file with such a name would be opened by a program
/// that cannot read it.
const NOT_WRITTEN: [&str; 22] = [
    "xlsx", "xls", "ods", "arrow", "feather", "avro", "orc", "sqlite", "db", "pdf", "docx", "pkl", "zip",
    "xz", "bz2", "7z", "rar", "lz4", "br", "tar", "tgz", "lzma",
];

/// The most characters of an ending. What is longer, or begins with a digit as in `kept.2031-01-05`, is no ending.
const LONGEST_ENDING: usize = 9;

/// Returns the compression that the name of a file says.
pub(crate) fn compression_of(path: &Path) -> Compression {
    match last_ending(path).as_deref() {
        Some("gz" | "gzip") => Compression::Gzip,
        Some("zst" | "zstd") => Compression::Zstd,
        _ => Compression::Plain,
    }
}

/// Returns the ending of the name of a file in lower case, without that of its compression.
pub(crate) fn ending_of(path: &Path) -> Option<String> {
    match compression_of(path) {
        Compression::Plain => last_ending(path),
        Compression::Gzip | Compression::Zstd => last_ending(Path::new(path.file_stem()?)),
    }
}

fn last_ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let is_word = ending.starts_with(|first: char| first.is_ascii_alphabetic())
        && ending.len() <= LONGEST_ENDING
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_word || NOT_WRITTEN.contains(&&*ending)).then_some(ending)
}

/// Checks that the name of a file does not end like that of another format than the one that is written, whose endings
/// are `expected`, the usual one first.
pub(crate) fn check_ending(path: &Path, expected: &[&str]) -> anyhow::Result<()> {
    let Some(ending) = ending_of(path) else { return Ok(()) };
    let is_other = NOT_WRITTEN.contains(&&*ending) || FORMATS.concat().contains(&&*ending);
    match expected.first() {
        Some(usual) if is_other && !expected.contains(&&*ending) => {
            bail!("{}: cannot be written as .{ending}; {}", path.display(), advice(&[usual]))
        }
        _ => Ok(()),
    }
}

/// Checks that the name of an edited input ends like that of an input in the same format. The names of both may say
/// nothing of a format.
pub(crate) fn check_same_format(path: &Path, input: &Path) -> anyhow::Result<()> {
    let of_input = ending_of(input);
    // The records of an input named `.json` may be lines.
    let same: Vec<&str> = match FORMATS
        .iter()
        .find(|format| of_input.as_deref().is_some_and(|ending| format.contains(&ending)))
    {
        Some(&JSON_LINES | &JSON) => [JSON_LINES, JSON].concat(),
        Some(format) if *format != TEXT => format.to_vec(),
        _ => FORMATS.concat(),
    };
    match ending_of(path) {
        Some(ending) if NOT_WRITTEN.contains(&&*ending) && of_input.as_deref() != Some(&*ending) => bail!(
            "{}: cannot be written as .{ending}, since the output has the format of the input; end the name like that of {}",
            path.display(),
            input.display()
        ),
        Some(ending) if FORMATS.concat().contains(&&*ending) && !same.contains(&&*ending) => bail!(
            "{}: the output has the format of the input, {}; {}",
            path.display(),
            input.display(),
            advice(&same[..1])
        ),
        _ => Ok(()),
    }
}

/// Returns the compression of an edited input: as its name says, or that of the input if its name says neither format
/// nor compression.
pub(crate) fn compression_of_edited(path: &Path, of_input: Compression) -> Compression {
    match (compression_of(path), last_ending(path)) {
        (Compression::Plain, None) => of_input,
        (compression, _) => compression,
    }
}

/// Returns the error for a report whose name ends with another word than the formats' own `endings`.
pub(crate) fn unknown_ending(path: &Path, ending: &str, endings: &[&str]) -> anyhow::Error {
    anyhow::anyhow!(
        "{}: cannot be written as .{ending}; {}, or choose the format with --format",
        path.display(),
        advice(endings)
    )
}

/// Returns the sentence that says how a name should end.
fn advice(endings: &[&str]) -> String {
    let mut named: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    let last = named.pop().unwrap_or_default();
    let named = if named.is_empty() { last } else { format!("{} or {last}", named.join(", ")) };
    format!("end the name with {named}, and with .gz or .zst after that to compress it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_endings() {
        use Compression::{Gzip, Plain, Zstd};
        let cases = [
            ("a.jsonl", Some("jsonl"), Plain),
            ("a.JSONL.GZ", Some("jsonl"), Gzip),
            ("a.csv.zst", Some("csv"), Zstd),
            ("a.gz", None, Gzip),
            ("a", None, Plain),
            ("kept.2031-01-05", None, Plain),
            ("dir.csv/a", None, Plain),
            (".hidden", None, Plain),
            ("a.7z", Some("7z"), Plain),
        ];
        for (name, ending, compression) in cases {
            let path = Path::new(name);
            assert_eq!((ending_of(path).as_deref(), compression_of(path)), (ending, compression), "{name}");
        }
    }

    #[test]
    fn refuses_false_names() {
        let said = |checked: anyhow::Result<()>| checked.err().map(|error| error.to_string());
        let lines = [
            ("r.jsonl", None),
            ("r.jsonl.gz", None),
            ("r", None),
            ("r.removed", None),
            (
                "r.xlsx",
                Some(
                    "r.xlsx: cannot be written as .xlsx; end the name with .jsonl, and with .gz or .zst after that to compress it",
                ),
            ),
            (
                "r.csv.gz",
                Some(
                    "r.csv.gz: cannot be written as .csv; end the name with .jsonl, and with .gz or .zst after that to compress it",
                ),
            ),
        ];
        for (name, expected) in lines {
            assert_eq!(said(check_ending(Path::new(name), JSON_LINES)).as_deref(), expected, "{name}");
        }
        let edited = [
            ("k.jsonl", "day.jsonl.zst", true),
            ("k.json", "day.jsonl", true),
            ("k.csv", "day.jsonl", false),
            ("k.jsonl", "day.csv", false),
            ("k.tsv", "day.csv", false),
            ("k.csv", "day.dat", true),
            ("k.jsonl", "-", true),
            ("k.dat", "day.csv", true),
            ("k.jsonl.xz", "day.jsonl", false),
            ("k.parquet", "day.jsonl", false),
            ("k.jsonl", "day.parquet", false),
            ("k.parquet", "part-0.pq", true),
            ("k.warc.gz", "day.warc", true),
            ("k.jsonl", "day.warc.gz", false),
            ("k.warc", "day.jsonl", false),
        ];
        for (name, input, is_right) in edited {
            let checked = check_same_format(Path::new(name), Path::new(input));
            assert_eq!(checked.is_ok(), is_right, "{name} {input}");
        }
    }

    #[test]
    fn compresses_an_edited_input_as_its_name_says() {
        use Compression::{Gzip, Plain, Zstd};
        for (name, of_input, expected) in [
            ("k.jsonl", Gzip, Plain),
            ("k.jsonl.gz", Plain, Gzip),
            ("k.jsonl.zst", Gzip, Zstd),
            ("k", Gzip, Gzip),
        ] {
            assert_eq!(compression_of_edited(Path::new(name), of_input), expected, "{name}");
        }
    }
}
