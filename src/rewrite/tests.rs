//! Tests of the module as a whole: inputs are edited, and restored from the output and the removed records.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use proptest::prelude::*;
use serde::Serialize;

use super::*;
use crate::error::Error;
use crate::read::{Batch, Content, Input, ReadOptions, Reader, SourceSummary};
use crate::report::Cell;
use crate::write::CellStyle;

#[derive(Serialize)]
struct NoDescription {}

fn input(name: &str, bytes: &[u8]) -> Input {
    Input::reader(name, Cursor::new(bytes.to_vec())).into_repeatable(&std::env::temp_dir()).unwrap()
}

/// Reads an input. Returns its records and errors, as text, and the summary.
fn read(input: &Input) -> (Vec<String>, SourceSummary) {
    let mut reader = Reader::new(vec![input.again().unwrap()], ReadOptions::default());
    let mut records = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(Some(batch)) => records.extend(
                (0..batch.len()).map(|index| String::from_utf8_lossy(batch.record(index)).into_owned()),
            ),
            Ok(None) => break,
            Err(error) => records.push(format!("! {error}")),
        }
    }
    (records, reader.sources()[0].clone())
}

/// Removes the records for whose number, from 0, `is_removed` returns true. Returns the output and the lines about
/// the removed records.
fn remove(input: &Input, is_removed: impl Fn(usize) -> bool) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let (_, summary) = read(input);
    let options = ReadOptions::default();
    let rewriter = Rewriter {
        input,
        options: &options,
        summary: &summary,
        header_prefix: &[],
        header_suffix: &[],
        compression: summary.compression,
    };
    let original = OriginalInput::new(0, &summary, None);
    let (mut out, mut lines, mut number) = (Vec::new(), Vec::new(), 0);
    let edit = |_: &Batch, _: usize| {
        number += 1;
        Ok(if is_removed(number - 1) { Edit::Remove(()) } else { Edit::Keep })
    };
    rewriter.write(Path::new("out"), &mut out, edit, |(), bytes| {
        serde_json::to_writer(&mut lines, &RemovedRecord::new(NoDescription {}, &original, bytes)).unwrap();
        lines.push(b'\n');
        Ok(())
    })?;
    Ok((out, lines))
}

fn put_back(name: &str, kept: &[u8], lines: &[u8]) -> Result<Vec<u8>, Error> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(lines).unwrap();
    let mut removed = RemovedReader::open(&[file.path()], ReadOptions::default().max_record)?;
    let mut out = Vec::new();
    while let Some(original) = removed.next_input()? {
        restore(
            Some(input(name, kept)),
            &mut removed,
            &original,
            Path::new("out"),
            original.compression(),
            &mut out,
        )?;
    }
    Ok(out)
}

#[test]
fn removes_records_and_puts_them_back() {
    let array = r#"[{"a":1}, {"a":2},
 {"a":3}]"#;
    let cases: [(&str, &str, &str, &[usize], &str); 17] = [
        ("a line", "a.jsonl", "{1}\n\n{2}\r\n{3}", &[1], "{1}\n\n{3}"),
        ("the last line", "a.jsonl", "{1}\n{2}", &[1], "{1}\n"),
        ("all lines", "a.jsonl", "{1}\n{2}\n", &[0, 1], ""),
        ("rows", "a.csv", "id,text\r\n1,a\r\n2,\"b\r\n\"\r\n3,c", &[1], "id,text\r\n1,a\r\n3,c"),
        ("a byte order mark", "a.csv", "\u{feff}text\na\nb\n", &[0], "\u{feff}text\nb\n"),
        ("the first element", "a.json", array, &[0], "[{\"a\":2},\n {\"a\":3}]"),
        ("the second element", "a.json", array, &[1], "[{\"a\":1},\n {\"a\":3}]"),
        ("the last element", "a.json", array, &[2], "[{\"a\":1}, {\"a\":2}]"),
        ("the first two", "a.json", array, &[0, 1], "[{\"a\":3}]"),
        ("the last two", "a.json", array, &[1, 2], "[{\"a\":1}]"),
        ("first and last", "a.json", array, &[0, 2], "[{\"a\":2}]"),
        ("all elements", "a.json", array, &[0, 1, 2], "[]"),
        ("two arrays", "a.json", "[{},{}]\n[{},{}]", &[1, 2], "[{}]\n[{}]"),
        ("objects one after another", "a.json", "{\n}\n{ }\n{  }\n", &[1], "{\n}\n{  }\n"),
        ("a comma at the end", "a.json", "[{},{},]", &[1], "[{},]"),
        ("only a comma left", "a.json", "[{ } , ]", &[0], "[ ]"),
        ("a whole text", "a.txt", "Rain.\n", &[0], ""),
    ];
    for (name, file, content, removed, expected) in cases {
        let (kept, lines) =
            remove(&input(file, content.as_bytes()), |number| removed.contains(&number)).unwrap();
        assert_eq!(String::from_utf8_lossy(&kept), expected, "{name}");
        assert_eq!(String::from_utf8_lossy(&put_back(file, &kept, &lines).unwrap()), content, "{name}");
    }
}

#[test]
fn bytes_that_are_not_a_record_stay() {
    let long = "x".repeat(70_000);
    let content = format!("[ {{}} ; {{}}, \"{long}\" {{}}  {{\"cut off\": ");
    let (kept, lines) = remove(&input("a.json", content.as_bytes()), |number| number != 1).unwrap();
    assert_eq!(put_back("a.json", &kept, &lines).unwrap(), content.as_bytes());
    let rows = b"text\na\nb\n\"never closed\n";
    let (kept, lines) = remove(&input("a.csv", rows), |number| number == 0).unwrap();
    assert_eq!(kept, b"text\nb\n\"never closed\n");
    assert_eq!(put_back("a.csv", &kept, &lines).unwrap(), rows);
}

#[test]
fn a_record_that_is_not_utf8_is_restored() {
    let content = b"{\"text\": \"\xff\"}\n{}\n";
    let (kept, lines) = remove(&input("a.jsonl", content), |number| number == 0).unwrap();
    assert!(String::from_utf8(lines.clone()).unwrap().contains("\"record_base64\":"));
    assert_eq!(put_back("a.jsonl", &kept, &lines).unwrap(), content);
}

#[test]
fn records_of_another_input_are_not_restored() {
    let (_, lines) = remove(&input("a.jsonl", b"{1}\n{2}\n"), |number| number == 0).unwrap();
    let error = put_back("b.jsonl", b"{3}\n", &lines).unwrap_err().to_string();
    assert!(error.starts_with("b.jsonl: is not the copy of a.jsonl that records were cut out of"), "{error}");
    let error = put_back("b.jsonl", b"", b"{\"text\": 1}\n").unwrap_err().to_string();
    assert!(
        error.contains("record 1 has no \"cut\", which says where to put it back; rows of Parquet and records of web archives have none"),
        "{error}"
    );
}

#[test]
fn a_changed_input_is_an_error() {
    let mut file = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
    file.write_all(b"{\"text\": \"a\"}\n").unwrap();
    let input = Input::file(file.path());
    let (_, summary) = read(&input);
    for more in ["\n", "{\"text\": \"b\"}\n"] {
        file.write_all(more.as_bytes()).unwrap();
        let options = ReadOptions::default();
        let rewriter = Rewriter {
            input: &input,
            options: &options,
            summary: &summary,
            header_prefix: &[],
            header_suffix: &[],
            compression: summary.compression,
        };
        let keep = |_: &Batch, _: usize| Ok(Edit::<()>::Keep);
        let error = rewriter.write(Path::new("out"), &mut Vec::new(), keep, |(), _| Ok(())).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("was changed while it was read, and nothing of it was written; run again")
        );
    }
}

#[test]
fn adds_a_member_or_a_column() {
    let cases = [
        (
            "a.jsonl",
            "{\"text\": \"a\"}\r\n{ \"b\" : 1.50 } \n",
            Ok("{\"text\": \"a\",\"w\":null}\r\n{ \"b\" : 1.50,\"w\":null } \n"),
        ),
        ("a.json", "[{\n\"text\": 1\n}]", Ok("[{\n\"text\": 1,\"w\":null\n}]")),
        ("a.csv", "\r\ntext,id\r\n\"a\",1\r\n", Ok("\r\ntext,id,w,w 2\r\n\"a\",1,=1,\"a \"\"b\"\"\"\r\n")),
        ("a.tsv", "text\tid\na\t1", Ok("text\tid\tw\tw 2\na\t1\t=1\t\"a \"\"b\"\"\"")),
        ("b.csv", "text,\"w\"\na,1\n", Err("b.csv: there is a column \"w\" already; choose another name")),
        (
            "b.jsonl",
            "{\"\\u0077\":1}\n",
            Err("b.jsonl:1: there is a member \"w\" already; choose another name"),
        ),
        (
            "a.txt",
            "Rain.",
            Err("a.txt: is plain text, into which nothing can be put; write a report on it instead"),
        ),
    ];
    for (name, content, expected) in cases {
        let input = input(name, content.as_bytes());
        let (_, summary) = read(&input);
        let mut out = Vec::new();
        let written = add(&input, &summary, CellStyle::Exact, &mut out);
        let found = written.map(|()| String::from_utf8_lossy(&out)).map_err(|error| error.to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{name}");
    }
}

/// Adds the member or the column `w`, and the column `w 2`, to each record of an input.
fn add(input: &Input, summary: &SourceSummary, style: CellStyle, out: &mut Vec<u8>) -> Result<(), Error> {
    let options = ReadOptions::default();
    let rewriter = Rewriter {
        input,
        options: &options,
        summary,
        header_prefix: style.mark(),
        header_suffix: &[],
        compression: summary.compression,
    };
    let receive_removed = |(), _: &RemovedBytes| Ok(());
    let Some(delimiter) = summary.delimiter else {
        AddedMember::check(summary)?;
        let edit = |batch: &Batch, index: usize| AddedMember { name: "w" }.edit(batch, index, "null");
        return rewriter.write(Path::new("out"), out, edit, receive_removed);
    };
    let names = ["w", "w 2"].map(str::to_owned);
    let columns = AddedColumns { names: &names, delimiter, style };
    let header_suffix = &columns.header_suffix(summary)?;
    let cells = ["=1", "a \"b\""].map(Cell::text);
    let edit = |batch: &Batch, index: usize| Ok(columns.edit(batch, index, cells.to_vec()));
    Rewriter { header_suffix, ..rewriter }.write(Path::new("out"), out, edit, receive_removed)
}

#[test]
fn adds_columns_for_spreadsheets() {
    let cases = [
        ("text\r\na\r\n", "\u{FEFF}text,w,w 2\r\na,'=1,\"a \"\"b\"\"\"\r\n"),
        ("\u{FEFF}text;id\na;1\n", "\u{FEFF}text;id;w;w 2\na;1;'=1;\"a \"\"b\"\"\"\n"),
    ];
    for (content, expected) in cases {
        let input = input("a.csv", content.as_bytes());
        let (_, summary) = read(&input);
        let mut out = Vec::new();
        add(&input, &summary, CellStyle::Spreadsheet, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

/// Generates files of records with everything that may separate them.
fn any_file() -> impl Strategy<Value = (&'static str, String)> {
    let space = "[ \n\r\t]{0,3}";
    let record =
        ("\\{\"a\": \"[a-c,\\]\\[{} ]{0,6}\"", space).prop_map(|(open, space)| format!("{open}{space}}}"));
    let elements = prop::collection::vec((record.clone(), space, space), 0..7).prop_map(|records| {
        let elements: Vec<String> =
            records.iter().map(|(record, before, after)| format!("{before}{record}{after}")).collect();
        ("a.json", format!("[{}]\n", elements.join(",")))
    });
    let lines = prop::collection::vec(("\\{\"a\": [0-9]{1,3}\\}", "(\n|\r\n|\n\n|\n \n)"), 0..7)
        .prop_map(|records| ("a.jsonl", records.into_iter().map(|(record, end)| record + &end).collect()));
    let rows = prop::collection::vec(("([a-c ]{1,5}|\"[a-c\n\r,]{0,5}\")", "(\n|\r\n|\r)"), 0..7).prop_map(
        |records| {
            (
                "a.csv",
                format!(
                    "text\n{}",
                    records.into_iter().map(|(record, end)| record + &end).collect::<String>()
                ),
            )
        },
    );
    prop_oneof![elements, lines, rows]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The output contains the records that are kept. Together with the removed records it is the input.
    #[test]
    fn nothing_is_lost((name, content) in any_file(), removed in any::<u8>()) {
        let input = input(name, content.as_bytes());
        let (records, _) = read(&input);
        let is_removed = |number: usize| removed >> (number % 8) & 1 == 1;
        let (kept, lines) = remove(&input, is_removed).unwrap();
        let kept_records = (0..).zip(records).filter(|&(number, _)| !is_removed(number));
        let expected: Vec<String> = kept_records.map(|(_, record)| record).collect();
        prop_assert_eq!(read(&self::input(name, &kept)).0, expected);
        if !lines.is_empty() {
            let restored = put_back(name, &kept, &lines).unwrap();
            prop_assert_eq!(String::from_utf8(restored).unwrap(), content);
        } else {
            prop_assert_eq!(kept, content.as_bytes());
        }
    }
}

#[test]
fn compresses_as_the_input_was_compressed() {
    let lines = "{\"a\": 1}\n".repeat(1000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let files = [gzip.finish().unwrap(), zstd::encode_all(lines.as_bytes(), 1).unwrap()];
    for compressed in files {
        let (kept, removed) = remove(&input("a.jsonl", &compressed), |number| number % 3 == 0).unwrap();
        assert_eq!(kept[..2], compressed[..2]);
        let restored = put_back("a.jsonl", &kept, &removed).unwrap();
        let mut content = String::new();
        Content::open(input("a.jsonl", &restored)).unwrap().read_to_string(&mut content).unwrap();
        assert_eq!(content, lines);
    }
}
