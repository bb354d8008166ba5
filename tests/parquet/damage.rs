//! Files that are cut off, encrypted or damaged: a sentence each, and never a panic.

use arrow_array::{Int32Array, StringArray};
use parquet::basic::Compression;
use wirecopy::ReadOptions;
use wirecopy::read::Format;

use crate::{array, file, file_with, shown, signed};

fn small() -> Vec<u8> {
    let ids = array(Int32Array::from(vec![Some(1), None, Some(3)]));
    file(vec![("id", ids), ("text", array(StringArray::from(vec![Some("Rain."), None, Some("Wind.")])))])
}

#[test]
fn says_what_is_wrong_with_a_file() {
    let whole = small();
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = whole.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    let end = whole.len();
    let no_footer = "does not end as a Parquet file does: it was cut off, or is still being written; copy or download it again";
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("nothing", Vec::new(), "is empty, expected a Parquet file; copy or download it again"),
        ("the beginning", whole[..end / 2].to_vec(), no_footer),
        ("without its last byte", whole[..end - 1].to_vec(), no_footer),
        ("four bytes", b"PAR1".to_vec(), no_footer),
        ("other letters at the end", with(end - 4, b"RAP1"), no_footer),
        ("an encrypted footer", with(end - 4, b"PARE"), "is encrypted; write it without encryption first"),
        ("a text", b"Rain is expected.".to_vec(), "is no Parquet file; name the format that it has"),
        (
            "a footer longer than the file",
            with(end - 8, &[0xff, 0xff, 0xff, 0x0f]),
            "its footer is damaged: [..]; copy or download it again",
        ),
    ];
    for (name, bytes, expected) in cases {
        let found = shown("a.parquet", &bytes, &ReadOptions::default());
        let (begin, end) = expected.split_once("[..]").unwrap_or((expected, ""));
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(
            found[0].starts_with(&format!("! a.parquet: {begin}")) && found[0].ends_with(end),
            "{name}: {found:?}"
        );
    }
    let mut text = ReadOptions::default();
    text.format = Some(Format::Parquet);
    assert_eq!(shown("a", b"x", &text), ["! a: is no Parquet file; name the format that it has"]);
}

/// A column that is needed may be encrypted in a file whose footer is not: it is not damaged. Other columns are read.
#[test]
fn says_that_columns_are_encrypted() {
    let mut bytes = signed(small());
    assert_eq!(
        shown("a.parquet", &bytes, &ReadOptions::default()),
        shown("a.parquet", &small(), &ReadOptions::default())
    );
    bytes[4..40].fill(0xa5);
    assert_eq!(
        shown("a.parquet", &bytes, &ReadOptions::default()),
        ["! a.parquet: is encrypted; write it without encryption first"]
    );
}

/// Rows before the damage are read; the error names the row group.
#[test]
fn keeps_rows_before_damage() {
    let texts: Vec<String> = (0..40).map(|row| format!("Article {row} of the day.")).collect();
    let mut bytes = file_with(vec![("text", array(StringArray::from(texts)))], |properties| {
        properties
            .set_max_row_group_row_count(Some(10))
            .set_dictionary_enabled(false)
            .set_compression(Compression::SNAPPY)
    });
    let at = bytes.windows(10).position(|window| window == b"Article 20").unwrap();
    bytes[at - 3..at + 60].fill(0xff);
    let found = shown("a.parquet", &bytes, &ReadOptions::default());
    assert_eq!(found.len(), 21);
    assert_eq!(found[19], "a.parquet:20 a.parquet:20|Article 19 of the day.|-|-|-");
    assert!(found[20].starts_with("! a.parquet: row group 3 of 4 is damaged: "), "{}", found[20]);
}

/// Any byte may be wrong: then there are articles or an error, and no panic.
#[test]
fn no_byte_makes_it_panic() {
    let texts: Vec<String> = (0..30).map(|row| format!("Article {} of the day.", row % 7)).collect();
    let columns = || {
        let numbers = array((0..30).collect::<Int32Array>());
        vec![("id", numbers), ("text", array(StringArray::from(texts.clone())))]
    };
    let codecs = [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW];
    for codec in codecs {
        let whole = file_with(columns(), |properties| {
            properties.set_compression(codec).set_max_row_group_row_count(Some(20))
        });
        for at in 4..whole.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= flip;
                let found = shown("a.parquet", &bytes, &ReadOptions::default());
                assert!(found.len() <= 31, "byte {at} of {codec}: {} results", found.len());
            }
        }
    }
}
