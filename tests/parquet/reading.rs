//! Columns of every type, and where fields are found in them.

use std::fs;
use std::io::Write as _;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array,
    Int32Array, Int64Array, LargeBinaryArray, LargeStringArray, StringArray, StringViewArray, StructArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampSecondArray, UInt64Array,
};
use arrow_schema::Field;
use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use wirecopy::read::{Compression as Container, Format};
use wirecopy::{Input, ReadOptions, Reader, Settings, find_copies_in_files};

use crate::{array, file, file_with, shown};

/// A name, the columns, and the articles that are read of them.
type Case<'a> = (&'a str, Vec<(&'a str, ArrayRef)>, &'a [&'a str]);

fn struct_of(members: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let members: Vec<(Arc<Field>, ArrayRef)> = members
        .into_iter()
        .map(|(name, values)| (Arc::new(Field::new(name, values.data_type().clone(), true)), values))
        .collect();
    array(StructArray::from(members))
}

fn options(change: impl FnOnce(&mut ReadOptions)) -> ReadOptions {
    let mut options = ReadOptions::default();
    change(&mut options);
    options
}

#[test]
fn reads_every_layout_of_strings() {
    let rows = [Some("Rain is expected."), None, Some("Storm Öland")];
    let expected = ["a:1 a:1|Rain is expected.|-|-|-", "a:2 a:2||-|-|-", "a:3 a:3|Storm Öland|-|-|-"];
    let bytes = rows.map(|row| row.map(str::as_bytes));
    let cases: [Case<'_>; 7] = [
        ("offsets of 32 bits", vec![("text", array(StringArray::from(rows.to_vec())))], &expected),
        ("offsets of 64 bits", vec![("text", array(LargeStringArray::from(rows.to_vec())))], &expected),
        ("views", vec![("text", array(StringViewArray::from(rows.to_vec())))], &expected),
        ("a dictionary", vec![("text", array(DictionaryArray::<Int32Type>::from_iter(rows)))], &expected),
        (
            "a small dictionary",
            vec![("text", array(DictionaryArray::<Int8Type>::from_iter(rows)))],
            &expected,
        ),
        ("bytes", vec![("text", array(BinaryArray::from(bytes.to_vec())))], &expected),
        ("many bytes", vec![("text", array(LargeBinaryArray::from(bytes.to_vec())))], &expected),
    ];
    for (name, columns, expected) in cases {
        assert_eq!(shown("a", &file(columns), &ReadOptions::default()), expected, "{name}");
    }
}

#[test]
fn reads_other_columns_as_text() {
    let text = || ("text", array(StringArray::from(vec!["T"])));
    let micros = 1_925_388_300_250_000;
    let cases: [Case<'_>; 13] = [
        ("an integer as key", vec![("id", array(Int64Array::from(vec![-7]))), text()], &["a:1 -7|T|-|-|-"]),
        (
            "a great integer",
            vec![("id", array(UInt64Array::from(vec![u64::MAX]))), text()],
            &["a:1 18446744073709551615|T|-|-|-"],
        ),
        ("a float", vec![("id", array(Float64Array::from(vec![7.0]))), text()], &["a:1 7.0|T|-|-|-"]),
        ("no number", vec![("id", array(Float64Array::from(vec![f64::NAN]))), text()], &["a:1 a:1|T|-|-|-"]),
        (
            "a decimal",
            vec![
                ("id", array(Decimal128Array::from(vec![1250]).with_precision_and_scale(9, 2).unwrap())),
                text(),
            ],
            &["a:1 12.50|T|-|-|-"],
        ),
        ("a boolean", vec![("title", array(BooleanArray::from(vec![true]))), text()], &["a:1 a:1|T|-|-|-"]),
        ("null", vec![("title", array(StringArray::from(vec![None::<&str>]))), text()], &["a:1 a:1|T|-|-|-"]),
        (
            "bytes that are no text",
            vec![("title", array(BinaryArray::from(vec![&b"\xff"[..]]))), text()],
            &["a:1 a:1|T|-|-|-"],
        ),
        (
            "a day",
            vec![("date", array(Date32Array::from(vec![22_284]))), text()],
            &["a:1 a:1|T|-|2031-01-05|-"],
        ),
        (
            "an instant",
            vec![
                ("date", array(TimestampMicrosecondArray::from(vec![micros]).with_timezone("Europe/Oslo"))),
                text(),
            ],
            &["a:1 a:1|T|-|2031-01-05T14:05:00.25Z|-"],
        ),
        (
            "a time without zone",
            vec![("date", array(TimestampMillisecondArray::from(vec![micros / 1000]))), text()],
            &["a:1 a:1|T|-|2031-01-05T14:05:00.25|-"],
        ),
        (
            "seconds",
            vec![("date", array(TimestampSecondArray::from(vec![micros / 1_000_000]))), text()],
            &["a:1 a:1|T|-|2031-01-05T14:05:00|-"],
        ),
        (
            "a time that no calendar has",
            vec![("date", array(TimestampSecondArray::from(vec![i64::MAX / 1000]))), text()],
            &["a:1 a:1|T|-|-|-"],
        ),
    ];
    for (name, columns, expected) in cases {
        assert_eq!(shown("a", &file(columns), &ReadOptions::default()), expected, "{name}");
    }
}

#[test]
fn reads_nested_columns() {
    let strings = |value: &'static str| array(StringArray::from(vec![value]));
    let mut list = ListBuilder::new(StringBuilder::new());
    list.append_value([Some("One \"quoted\"."), None, Some("Two.")]);
    let mut map = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    map.keys().append_value("url");
    map.values().append_value("https://map.example/1");
    map.append(true).unwrap();
    let mut numbers = ListBuilder::new(arrow_array::builder::Int32Builder::new());
    numbers.append_value([Some(1)]);
    let page = struct_of(vec![
        ("words", strings("W")),
        ("deep", struct_of(vec![("no", array(Int32Array::from(vec![5]))), ("unused", strings("x"))])),
    ]);
    let metadata = struct_of(vec![("url", strings("https://news.example/1")), ("html", strings("<p>"))]);
    let usual = ReadOptions::default();
    let named = options(|options| {
        options.fields.text = Some("page.words".into());
        options.fields.key = Some("page.deep.no".into());
    });
    let cases = [
        (
            "a list of paragraphs",
            vec![("text", array(list.finish()))],
            &usual,
            "a:1 a:1|One \"quoted\".\n\nTwo.|-|-|-",
        ),
        ("paths", vec![("page", page.clone())], &named, "a:1 5|W|-|-|-"),
        (
            "a usual path",
            vec![("text", strings("T")), ("metadata", metadata)],
            &usual,
            "a:1 https://news.example/1|T|news.example|-|-",
        ),
        (
            "a path into a map",
            vec![("text", strings("T")), ("metadata", array(map.finish()))],
            &usual,
            "a:1 https://map.example/1|T|map.example|-|-",
        ),
        (
            "a list of numbers",
            vec![("text", array(numbers.finish()))],
            &usual,
            "! a:1: field \"text\" is an array, expected a string",
        ),
        ("an object", vec![("text", page)], &usual, "! a:1: field \"text\" is an object, expected a string"),
        (
            "bytes that are no text",
            vec![("text", array(BinaryArray::from(vec![&b"\xff\xfe"[..]])))],
            &usual,
            "! a:1: field \"text\" is bytes, expected a string",
        ),
    ];
    for (name, columns, options, expected) in cases {
        assert_eq!(shown("a", &file(columns), options), [expected], "{name}");
    }
}

#[test]
fn names_the_columns_that_there_are() {
    let columns = || {
        let page = struct_of(vec![("words", array(StringArray::from(vec!["W"])))]);
        vec![("id", array(Int32Array::from(vec![1]))), ("page", page)]
    };
    let named = |text: &str| options(|options| options.fields.text = Some(text.into()));
    let cases = [
        (
            ReadOptions::default(),
            "! a: no text field: found \"id\", \"page\", \"page.words\"; name the field that holds the text",
        ),
        (named("page.word"), "! a: no field \"page.word\": found \"id\", \"page\", \"page.words\""),
    ];
    for (options, expected) in cases {
        assert_eq!(shown("a", &file(columns()), &options), [expected]);
    }
}

#[test]
fn reads_every_codec_and_encoding() {
    let texts: Vec<String> = (0..300).map(|row| format!("Article {} of the day.", row / 2)).collect();
    let columns = || vec![("text", array(StringArray::from(texts.clone())))];
    let expected: Vec<String> = texts
        .iter()
        .zip(1..)
        .map(|(text, row)| format!("a.parquet:{row} a.parquet:{row}|{text}|-|-|-"))
        .collect();
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    for codec in codecs {
        let bytes = file_with(columns(), |properties| {
            properties
                .set_compression(codec)
                .set_max_row_group_row_count(Some(70))
                .set_data_page_row_count_limit(9)
        });
        assert_eq!(shown("a.parquet", &bytes, &ReadOptions::default()), expected, "{codec}");
    }
    for encoding in [Encoding::PLAIN, Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY] {
        let bytes = file_with(columns(), |properties| {
            properties
                .set_dictionary_enabled(false)
                .set_encoding(encoding)
                .set_max_row_group_row_count(Some(70))
        });
        assert_eq!(shown("a.parquet", &bytes, &ReadOptions::default()), expected, "{encoding}");
    }
}

#[test]
fn refuses_long_texts_one_by_one() {
    let columns = vec![("text", array(StringArray::from(vec!["short", "a longer text", "short"])))];
    let options = options(|options| options.max_record = 9);
    assert_eq!(
        shown("a", &file(columns), &options),
        [
            "a:1 a:1|short|-|-|-",
            "! a:2: the record is longer than 9 bytes; allow longer records",
            "a:3 a:3|short|-|-|-",
        ]
    );
}

/// Checks what is said of a file that is read from the disk, compressed as a whole, and in a pipe.
#[test]
fn summarizes_files() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = file_with(vec![("text", array(StringArray::from(vec!["a", "b", "c"])))], |properties| {
        properties.set_max_row_group_row_count(Some(2))
    });
    let plain = folder.path().join("plain.parquet");
    fs::write(&plain, &bytes).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&bytes).unwrap();
    let packed = packed.finish().unwrap();
    let piped = |bytes: &[u8]| Input::reader("-", std::io::Cursor::new(bytes.to_vec()));
    let cases = [
        (Input::file(&plain), Container::Plain, bytes.len()),
        (piped(&bytes), Container::Plain, bytes.len()),
        (piped(&packed), Container::Gzip, packed.len()),
    ];
    for (input, compression, read) in cases {
        let mut reader = Reader::new(vec![input], ReadOptions::default());
        while let Some(batch) = reader.next_batch().unwrap() {
            assert_eq!((batch.record(0), batch.offset(0), batch.record_hash(0)), (&b""[..], 0, None));
        }
        assert_eq!(reader.bytes_read(), read as u64);
        let source = &reader.sources()[0];
        assert_eq!((source.format, source.compression, source.records), (Format::Parquet, compression, 3));
        assert_eq!((source.bytes, source.hash), (bytes.len() as u64, xxhash_rust::xxh3::xxh3_64(&bytes)));
    }
}

/// The law of formats: the same rows give the same clusters.
#[test]
fn finds_what_is_found_in_json_lines() {
    let sample = fs::read_to_string("fixtures/articles.jsonl").unwrap();
    let records: Vec<serde_json::Value> =
        sample.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: std::collections::BTreeSet<&String> =
        records.iter().flat_map(|record| record.as_object().unwrap().keys()).collect();
    let column = |name: &String| {
        let cell = |record: &serde_json::Value| match record.get(name) {
            Some(serde_json::Value::String(text)) => Some(text.clone()),
            Some(serde_json::Value::Null) | None => None,
            Some(other) => Some(other.to_string()),
        };
        array(records.iter().map(cell).collect::<StringArray>())
    };
    let columns = names.iter().map(|name| (name.as_str(), column(name))).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("articles");
    fs::write(&path, file_with(columns, |properties| properties.set_max_row_group_row_count(Some(11))))
        .unwrap();
    let found = |path: &std::path::Path| {
        let findings = find_copies_in_files([path], Settings::default()).unwrap();
        let clusters = findings.clusters().iter();
        clusters.map(|cluster| (cluster.id.to_string(), format!("{:?}", cluster.members))).collect::<Vec<_>>()
    };
    let expected = found(std::path::Path::new("fixtures/articles.jsonl"));
    assert!(!expected.is_empty());
    assert_eq!(found(&path), expected);
}
