//! Tests of reading as a whole: inputs as bytes, records as text.

mod summaries;

use std::io::{self, Read, Write};

use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::sizes::Sizes;
use super::*;

fn read(inputs: Vec<Input>, options: &ReadOptions, sizes: Sizes) -> (Vec<String>, Vec<SourceSummary>) {
    let mut reader = Reader::with_sizes(inputs, options.clone(), sizes);
    let mut shown = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(None) => break,
            Ok(Some(batch)) => {
                assert!(!batch.is_empty(), "a batch is not empty");
                for index in 0..batch.len() {
                    shown.push(match batch.article(index) {
                        Ok(article) => {
                            assert_eq!(article.location, batch.location(index));
                            format!("{} {}={}", article.location, article.key, article.text)
                        }
                        Err(error) => format!("! {error}"),
                    });
                }
            }
            Err(error) => shown.push(format!("! {error}")),
        }
    }
    assert!(matches!(reader.next_batch(), Ok(None)), "the end stays the end");
    (shown, reader.sources().to_vec())
}

fn show(name: &str, content: &[u8], options: &ReadOptions) -> Vec<String> {
    let input = |content: &[u8]| vec![Input::reader(name, io::Cursor::new(content.to_vec()))];
    let (shown, _) = read(input(content), options, Sizes::DEFAULT);
    for small in [1, 2, 5, 64] {
        let sizes = Sizes { batch: small * 3, block: small, head: Sizes::DEFAULT.head };
        assert_eq!(read(input(content), options, sizes).0, shown, "{name}: blocks of {small} bytes");
    }
    shown
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn reads_every_format() {
    let cases: [(&str, &[u8], &[&str]); 21] = [
        (
            "a.jsonl",
            b"{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}",
            &["a.jsonl:1 a.jsonl:1=a", "a.jsonl:3 a.jsonl:3=b"],
        ),
        ("-", b"\xef\xbb\xbf{\"id\":1,\"text\":\"a\"}\n", &["-:1 1=a"]),
        (
            "b.jsonl",
            b"oops\n{\"id\":1,\"text\":\"a\"}\n{\"text\":\"\xff\"}\n[]\n",
            &[
                "! b.jsonl:1: not valid JSON: expected value at column 1",
                "b.jsonl:2 1=a",
                "! b.jsonl:3: not valid UTF-8 at byte 10 of the record, looks like WINDOWS-1252; convert it to UTF-8 first",
                "! b.jsonl:4: expected an object, found an array",
            ],
        ),
        (
            "a.json",
            b"[\n{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\n\"text\":\"b\"}]",
            &["a.json:2 1=a", "a.json:3 2=b"],
        ),
        (
            "b.json",
            b"[{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\"},\n{\"id\"",
            &[
                "b.json:1 1=a",
                "! b.json:2: expected `,` or `]` before the next record",
                "b.json:2 2=b",
                "! b.json:3: the file ends within this record: it was cut off",
            ],
        ),
        (
            "c.json",
            b"{\n\"id\": 1,\n\"text\": \"a\"\n}\n{\"id\":2}",
            &["c.json:1 1=a", "! c.json:5: no text field: found \"id\"; name the field that holds the text"],
        ),
        ("d.json", b"", &[]),
        (
            "a.csv",
            b"\xef\xbb\xbfid,text\r\n1,\"a\nb\"\r\n\r\n2,c\r\n3\r\n",
            &["a.csv:2 1=a\nb", "a.csv:5 2=c", "! a.csv:6: expected 2 fields as in the header, found 1"],
        ),
        ("s.csv", b"id;text\n1;\"a;b\"\n2;1,5\n", &["s.csv:2 1=a;b", "s.csv:3 2=1,5"]),
        (
            "b.csv",
            b"id,title\n1,a\n2,b\n",
            &[
                "! b.csv:1: no text column: found \"id\", \"title\"; name the column that holds the text, or add a header row if \
              there is none",
            ],
        ),
        (
            "c.csv",
            b"text\n\xe9\n",
            &[
                "! c.csv:2: not valid UTF-8 at byte 1 of the record, looks like WINDOWS-1252; convert it to UTF-8 first",
            ],
        ),
        ("a.tsv", b"text\tid\nx, y\t7", &["a.tsv:2 7=x, y"]),
        ("dir/a.txt", b"\xef\xbb\xbfRain.\n", &["dir/a.txt:1 dir/a.txt=Rain.\n"]),
        (
            "b.txt",
            b"caf\xe9",
            &["! b.txt:1: not valid UTF-8 at byte 4, looks like WINDOWS-1252; convert it to UTF-8 first"],
        ),
        ("a.bin", b"a\0b", &["! a.bin:1: is binary, expected text"]),
        ("d.csv", b"\xef\xbb\xbfsep=;\r\nid;text\r\n1;a,b\r\n", &["d.csv:3 1=a,b"]),
        ("e.csv", b"id|text\n1|\"a \\\"b|c\\\"\"\n", &["e.csv:2 1=a \"b|c\""]),
        ("f.csv", b"id\ttext\n1\ta, b\n", &["f.csv:2 1=a, b"]),
        (
            "u.csv",
            b"t\0e\0x\0t\0\n\0a\0",
            &["! u.csv:1: is UTF-16LE, expected UTF-8; convert it to UTF-8 first"],
        ),
        (
            "e.json",
            b"[\"Rain is expected.\"]",
            &[
                "! e.json:1: expected an object, found a string; make each text an object with a field \"text\"",
            ],
        ),
        ("c.txt", b"\xff\xfea\0", &["! c.txt:1: is UTF-16, expected UTF-8; convert it to UTF-8 first"]),
    ];
    for (name, content, expected) in cases {
        assert_eq!(show(name, content, &ReadOptions::default()), expected, "{name}");
    }
    assert_eq!(show("empty.txt", b"", &ReadOptions::default()), ["empty.txt:1 empty.txt="]);
}

#[test]
fn counts_the_bytes_before_decompression() {
    let table = b"sep=;\r\nid;text\r\n1;a\r\n\r\n".to_vec();
    let packed = gzip(&table.repeat(100));
    let (plain_size, packed_size) = (table.len(), packed.len());
    let inputs = [("a.csv", table), ("b.csv.gz", packed)];
    let inputs = inputs.map(|(name, content)| Input::reader(name, io::Cursor::new(content)));
    let mut reader = Reader::new(inputs.into(), ReadOptions::default());
    // Rows that are not like the header are errors here, and are counted like others.
    while !matches!(reader.next_batch(), Ok(None)) {}
    assert_eq!(reader.bytes_read(), (plain_size + packed_size) as u64);
}

#[test]
fn uses_the_given_format() {
    let with_format = |format| ReadOptions { format: Some(format), ..ReadOptions::default() };
    assert_eq!(show("a.jsonl", b"{}\n", &with_format(Format::Text)), ["a.jsonl:1 a.jsonl={}\n"]);
    assert_eq!(show("a.txt", b"text,id\na,1\n", &with_format(Format::Csv)), ["a.txt:2 1=a"]);
    assert_eq!(
        show("a.txt", b"oops", &with_format(Format::Json)),
        ["! a.txt:1: not valid JSON: expected value at column 1"]
    );
}

#[test]
fn skips_records_that_are_too_long() {
    let long = "x".repeat(300);
    let row = |text: &str| format!("{{\"id\":\"\",\"text\":\"{text}\"}}");
    let lines = format!("{}\n{}\r\n{}\n{}", row("a"), row(&long), row("b"), row(&long));
    let array = format!("[{},\n{},{}]", row("a"), row(&format!("\\\"]{long}")), row("b"));
    let rows = format!("text\na\n\"{long}\n\"\"\"\nb\n");
    let options = ReadOptions { max_record: 40, ..ReadOptions::default() };
    let what = "the record is longer than 40 bytes; allow longer records";
    let cases = [
        (
            "a.jsonl",
            lines,
            vec![
                "a.jsonl:1 a.jsonl:1=a".into(),
                format!("! a.jsonl:2: {what}"),
                "a.jsonl:3 a.jsonl:3=b".into(),
                format!("! a.jsonl:4: {what}"),
            ],
        ),
        (
            "a.json",
            array,
            vec!["a.json:1 a.json:1=a".into(), format!("! a.json:2: {what}"), "a.json:2 a.json:2=b".into()],
        ),
        (
            "a.csv",
            rows,
            vec!["a.csv:2 a.csv:2=a".into(), format!("! a.csv:3: {what}"), "a.csv:5 a.csv:5=b".into()],
        ),
        (
            "blank.jsonl",
            format!("{}\r\n{}\n{}\n", " ".repeat(40), " ".repeat(41), row("a")),
            vec![format!("! blank.jsonl:2: {what}"), "blank.jsonl:3 blank.jsonl:3=a".into()],
        ),
        ("a.txt", long.clone(), vec![format!("! a.txt:1: {what}")]),
        (
            "b.csv",
            format!("text,{long}\na,b\n"),
            vec!["! b.csv:1: the header is longer than 40 bytes; allow longer records".into()],
        ),
    ];
    for (name, content, expected) in cases {
        assert_eq!(show(name, content.as_bytes(), &options), expected, "{name}");
    }
    let exact = ReadOptions { max_record: row("abc").len(), ..ReadOptions::default() };
    let lines = format!("{}\r\n{}\r\n", row("abc"), row("abcd"));
    let found = show("a.jsonl", lines.as_bytes(), &exact);
    assert_eq!(found[0], "a.jsonl:1 a.jsonl:1=abc");
    assert!(found[1].starts_with("! a.jsonl:2: the record is longer than"), "{found:?}");
}

#[test]
fn continues_after_inputs_that_cannot_be_read() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\":{n},\"text\":\"{}\"}}\n", n * 7919 % 1009)).collect();
    let packed = gzip(lines.as_bytes());
    let cut_off = packed[..packed.len() - 20].to_vec();
    let gone = std::env::temp_dir().join("wirecopy-no-such-file.jsonl");
    let inputs = vec![
        Input::reader("a.gz", io::Cursor::new(cut_off)),
        Input::file(&gone),
        Input::reader("broken", Broken),
        Input::reader("b.txt", "b".as_bytes()),
    ];
    let (shown, sources) = read(inputs, &ReadOptions::default(), Sizes::DEFAULT);
    let records = shown.len() - 4;
    assert!(records > 1000, "the records before the fault are returned, not {records}");
    assert!(
        shown[..records]
            .iter()
            .enumerate()
            .all(|(n, record)| record.starts_with(&format!("a.gz:{} {n}=", n + 1)))
    );
    assert!(shown[records].starts_with("! a.gz: gzip data ends too early, after "), "{}", shown[records]);
    assert_eq!(shown[records + 1], format!("! {}: no such file or folder", gone.display()));
    assert_eq!(shown[records + 2], "! broken: cannot be read: the disk is gone");
    assert_eq!(shown[records + 3], "b.txt:1 b.txt=b");
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["a.gz", "b.txt"], "what could not be opened is no source");
    assert_eq!(sources[0].records, records as u64);
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn rows_are_numbered_as_in_a_spreadsheet() {
    let cases: [(&str, &str, &[Option<u64>]); 5] = [
        ("a.csv", "text\na\nb\n", &[Some(2), Some(3)]),
        ("a.csv", "text,id\r\n\"a\r\n\r\nb\",1\r\n\r\nc,2\r\n", &[Some(2), Some(4)]),
        ("a.tsv", "\n\ntext\n\na", &[Some(5)]),
        ("a.jsonl", "{\"text\":\"a\"}\n", &[None]),
        ("a.txt", "a", &[None]),
    ];
    for (name, content, expected) in cases {
        for block in [1, 2, 1000] {
            let input = Input::reader(name, io::Cursor::new(content.as_bytes().to_vec()));
            let sizes = Sizes { batch: block * 3, block, head: Sizes::DEFAULT.head };
            let mut reader = Reader::with_sizes(vec![input], ReadOptions::default(), sizes);
            let mut rows = Vec::new();
            while let Some(batch) = reader.next_batch().unwrap() {
                let row = |index| batch.article(index).unwrap().row.map(std::num::NonZeroU64::get);
                rows.extend((0..batch.len()).map(row));
            }
            assert_eq!(rows, expected, "{content:?}, blocks of {block}");
        }
    }
}

#[test]
fn keeps_records_byte_by_byte() {
    let inputs = vec![
        Input::reader("a.csv", "text,id\r\n\"a\r\n\",1\r\nb ,2\r\n".as_bytes()),
        Input::reader("b.jsonl", " {\"text\": \"a\"} \n\n[]".as_bytes()),
        Input::reader("c.jsonl", "\n{}\n".as_bytes()),
        Input::reader("d.json", "[{ }, {\n}]".as_bytes()),
    ];
    let mut reader = Reader::new(inputs, ReadOptions::default());
    let batch = reader.next_batch().unwrap().expect("there are records");
    assert!(reader.next_batch().unwrap().is_none(), "small files share a batch");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let found: Vec<_> = (0..batch.len())
        .map(|index| (batch.source(index), text(batch.record(index)), text(batch.line_end(index))))
        .collect();
    let expected = [
        (0, "\"a\r\n\",1", "\r\n"),
        (0, "b ,2", "\r\n"),
        (1, " {\"text\": \"a\"} ", "\n"),
        (1, "[]", ""),
        (2, "{}", "\n"),
        (3, "{ }", ""),
        (3, "{\n}", ""),
    ];
    let expected = expected.map(|(source, record, end)| (source, record.to_owned(), end.to_owned()));
    assert_eq!(found, expected);
}

/// Endless blank lines, and then one record.
struct Blanks {
    left: usize,
}

impl Read for Blanks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = into.len().min(self.left);
        into[..count].fill(b'\n');
        self.left -= count;
        Ok(count)
    }
}

#[test]
fn needs_little_memory() {
    let sizes = Sizes { batch: 1000, block: 100, head: 100 };
    let blanks = Input::reader("a.jsonl", Blanks { left: 20_000 }.chain("{\"text\":\"a\"}".as_bytes()));
    let mut reader = Reader::with_sizes(vec![blanks], ReadOptions::default(), sizes);
    let batch = reader.next_batch().unwrap().expect("there is a record");
    assert!(batch.bytes() < 200, "blank lines are dropped, not kept as {} bytes", batch.bytes());
    assert_eq!(batch.location(0).to_string(), "a.jsonl:20001");

    let lines = "{}\n".repeat(1000);
    let tiny = Input::reader("a.jsonl", io::Cursor::new(lines.into_bytes()));
    let mut reader = Reader::with_sizes(vec![tiny], ReadOptions::default(), sizes);
    let batch = reader.next_batch().unwrap().expect("there are records");
    assert!(batch.len() < 100, "{} records fill a batch by the size of their entries", batch.len());
}

#[test]
fn can_be_sent_between_threads() {
    fn sent<T: Send>() {}
    fn shared<T: Send + Sync>() {}
    sent::<Reader>();
    shared::<Batch>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The sizes of reads and batches do not change what is read, and no input causes a panic.
    #[test]
    fn reads_the_same_in_any_pieces(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("{\"text\":\"a\\n\",\"id\":1}"), Just("\n"), Just("\r\n"), Just("["), Just("]"), Just(","), Just("{"),
                Just("\""), Just("text,id"), Just("\\"), Just("\u{e9}"), Just(" "), Just("}"), Just("7"),
            ],
            0..24,
        ),
        format in proptest::option::of(prop_oneof![
            Just(Format::JsonLines), Just(Format::Json), Just(Format::Csv), Just(Format::Tsv), Just(Format::Text),
        ]),
        max_record in prop_oneof![Just(10_usize), Just(1000)],
        block in 1..9_usize,
        batch in 1..50_usize,
    ) {
        let content = pieces.concat();
        let options = ReadOptions { format, max_record, ..ReadOptions::default() };
        let input = || vec![Input::reader("f", io::Cursor::new(content.clone().into_bytes()))];
        let whole = read(input(), &options, Sizes::DEFAULT);
        let pieces = read(input(), &options, Sizes { batch, block, head: Sizes::DEFAULT.head });
        prop_assert_eq!(whole, pieces);
    }
}
