//! `dedup` and `flag` of Parquet: what stays is as it was, and nothing is lost.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Decimal128Array, DictionaryArray, FixedSizeBinaryArray,
    Float32Array, Float64Array, Int32Array, RecordBatch, StringArray, StructArray, TimestampNanosecondArray,
};
use arrow_schema::Field;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::{KeyValue, ParquetMetaDataReader};

use crate::{array, file_with, signed};

const LOCK: &str = "The lock at Wendel stays shut until the end of the week, the canal office said on Tuesday, after a \
    barge carrying gravel bent the lower gate. Nobody was hurt. Divers found that one hinge has to be cast anew, which a \
    foundry in the next valley has promised to do by Friday morning.";
const BAKERY: &str = "Three bakeries in the old town will share one oven from April, because the price of gas has doubled \
    since the summer. The oven belongs to the monastery, which stopped baking in 1974 and kept the key.";

/// Returns a column of each type, of which rows 1 and 3 have the same text, and rows 5 to 8, too.
fn columns() -> Vec<(&'static str, ArrayRef)> {
    let rows = 0..9_i32;
    let texts: Vec<String> = rows
        .clone()
        .map(|row| match row {
            0 | 2 => LOCK.to_owned(),
            4..8 => BAKERY.to_owned(),
            _ => format!(
                "Number {row} of the list of small things that nobody else has written about in this town."
            ),
        })
        .collect();
    let ids = || rows.clone().map(|row| format!("id-{row}"));
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in rows.clone() {
        match row % 3 {
            0 => lists.append_null(),
            1 => lists.append_value([Some("a"), None]),
            _ => lists.append_value(Vec::<Option<&str>>::new()),
        }
    }
    let members: Vec<(Arc<Field>, ArrayRef)> = vec![(
        Arc::new(Field::new("inner", arrow_schema::DataType::Int32, true)),
        array(rows.clone().map(|row| (row % 2 == 0).then_some(row)).collect::<Int32Array>()),
    )];
    vec![
        ("id", array(ids().map(Some).collect::<StringArray>())),
        ("text", array(texts.into_iter().map(Some).collect::<StringArray>())),
        ("flag", array(rows.clone().map(|row| Some(row % 2 == 0)).collect::<BooleanArray>())),
        (
            "number",
            array(rows.clone().map(|row| (row != 4).then_some(f64::from(row))).collect::<Float64Array>()),
        ),
        ("small", array(rows.clone().map(|row| row as f32).collect::<Float32Array>())),
        ("time", array(TimestampNanosecondArray::from_iter_values(rows.clone().map(i64::from)))),
        ("price", array(rows.clone().map(i128::from).collect::<Decimal128Array>())),
        ("bytes", array(BinaryArray::from_iter_values(rows.clone().map(|row| [row as u8, 0xff])))),
        (
            "fixed",
            array(FixedSizeBinaryArray::try_from_iter(rows.clone().map(|row| [row as u8; 3])).unwrap()),
        ),
        (
            "word",
            array(
                rows.clone().map(|row| ["x", "y"][row as usize % 2]).collect::<DictionaryArray<Int32Type>>(),
            ),
        ),
        ("list", array(lists.finish())),
        ("object", array(StructArray::from(members))),
    ]
}

fn input() -> Vec<u8> {
    file_with(columns(), |properties| {
        properties
            .set_max_row_group_row_count(Some(4))
            .set_compression(Compression::LZ4_RAW)
            .set_key_value_metadata(Some(vec![KeyValue::new("made by".to_owned(), "a test".to_owned())]))
    })
}

fn wirecopy(folder: &Path, arguments: &[&str]) -> Output {
    let output =
        Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn table(path: &Path) -> RecordBatch {
    let bytes = bytes::Bytes::from(fs::read(path).unwrap());
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap().with_batch_size(1 << 20);
    let schema = Arc::clone(builder.schema());
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    match batches.as_slice() {
        [] => RecordBatch::new_empty(schema),
        [one] => one.clone(),
        _ => panic!("one batch has all rows"),
    }
}

/// Returns the rows of a table, each as its cells.
fn rows(table: &RecordBatch) -> Vec<Vec<ArrayRef>> {
    let row = |row| table.columns().iter().map(|column| column.slice(row, 1)).collect();
    (0..table.num_rows()).map(row).collect()
}

fn key_values(path: &Path) -> Vec<KeyValue> {
    let bytes = bytes::Bytes::from(fs::read(path).unwrap());
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&bytes).unwrap();
    for group in metadata.row_groups() {
        for column in group.columns().iter().take(12) {
            assert_eq!(column.compression(), Compression::LZ4_RAW);
        }
    }
    let mut pairs = metadata.file_metadata().key_value_metadata().cloned().unwrap_or_default();
    pairs.sort_by(|one, other| one.key.cmp(&other.key));
    pairs
}

#[test]
fn dedup_keeps_rows_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("day.parquet"), input()).unwrap();
    wirecopy(
        folder.path(),
        &["dedup", "--quiet", "day.parquet", "-o", "kept.parquet", "--removed", "removed.jsonl"],
    );
    let (before, after) = (table(&path("day.parquet")), table(&path("kept.parquet")));
    assert_eq!(after.schema(), before.schema());
    assert_eq!(key_values(&path("kept.parquet")), key_values(&path("day.parquet")));
    let ids: Vec<&str> = after.column(0).as_string::<i32>().iter().flatten().collect();
    assert_eq!(ids, ["id-0", "id-1", "id-3", "id-4", "id-8"]);
    let all = rows(&before);
    assert_eq!(rows(&after), [0, 1, 3, 4, 8].map(|row| all[row].clone()));
    let removed = fs::read_to_string(path("removed.jsonl")).unwrap();
    let removed: Vec<serde_json::Value> =
        removed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let numbers: Vec<u64> = removed.iter().map(|record| record["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3, 6, 7, 8]);
    assert_eq!(removed[0]["location"], "day.parquet:3");

    // The same job again gives the same file, and of the result nothing is removed.
    wirecopy(folder.path(), &["dedup", "--quiet", "day.parquet", "-o", "again.parquet"]);
    assert_eq!(fs::read(path("again.parquet")).unwrap(), fs::read(path("kept.parquet")).unwrap());
    wirecopy(folder.path(), &["dedup", "--quiet", "kept.parquet", "-o", "twice.parquet"]);
    assert_eq!(rows(&table(&path("twice.parquet"))), rows(&after));

    let restored = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["restore", "--removed", "removed.jsonl", "kept.parquet", "-o", "back.parquet"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(restored.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(restored.stderr).unwrap(),
        "error: removed.jsonl: record 1 has no \"cut\", which says where to put it back; rows of Parquet and records of web archives have none\n"
    );
}

#[test]
fn dedup_writes_files_in_folders_and_pipes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("days")).unwrap();
    fs::write(path("days/1.parquet"), input()).unwrap();
    fs::write(path("days/2.jsonl"), format!("{{\"id\": \"late\", \"text\": \"{BAKERY}\"}}\n")).unwrap();
    wirecopy(folder.path(), &["dedup", "--quiet", "days", "--output-dir", "kept"]);
    assert_eq!(table(&path("kept/days/1.parquet")).num_rows(), 5);
    assert_eq!(fs::read_to_string(path("kept/days/2.jsonl")).unwrap(), "");
    let output =
        wirecopy(folder.path(), &["dedup", "--quiet", "days/1.parquet", "--against", "days/2.jsonl"]);
    fs::write(path("piped.parquet"), output.stdout).unwrap();
    assert_eq!(table(&path("piped.parquet")).num_rows(), 4);
}

#[test]
fn flag_adds_typed_columns() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("day.parquet"), input()).unwrap();
    wirecopy(folder.path(), &["flag", "--quiet", "day.parquet", "-o", "flagged.parquet"]);
    let (before, after) = (table(&path("day.parquet")), table(&path("flagged.parquet")));
    let width = before.num_columns();
    assert_eq!(after.columns()[..width], *before.columns());
    assert_eq!(after.schema().fields()[..width], before.schema().fields()[..]);
    let column = |name: &str| after.column_by_name(name).unwrap();
    let clusters = column("cluster_id").as_string::<i32>();
    let flagged: Vec<bool> = (0..9).map(|row| clusters.is_valid(row)).collect();
    assert_eq!(flagged, [true, false, true, false, true, true, true, true, false]);
    assert_eq!(column("of_row").as_primitive::<Int64Type>().value(6), 5);
    assert_eq!(column("coverage").as_primitive::<Float64Type>().value(2), 1.0);
    assert!(column("coverage").is_null(1));
    assert_eq!(column("of_location").as_string::<i32>().value(2), "day.parquet:1");
    let pairs = key_values(&path("flagged.parquet"));
    assert_eq!(pairs.iter().map(|pair| pair.key.as_str()).collect::<Vec<_>>(), ["ARROW:schema", "made by"]);

    let again = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["flag", "--quiet", "flagged.parquet", "-o", "twice.parquet"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(again.stderr).unwrap(),
        "error: flagged.parquet: there is a column \"cluster_id\" already; choose another name with --member\n"
    );
}

/// Rows of which no article can be made stay, or are listed.
#[test]
fn invalid_rows_are_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let texts = array(BinaryArray::from(vec![LOCK.as_bytes(), b"\xff", BAKERY.as_bytes()]));
    fs::write(path("day.parquet"), file_with(vec![("text", texts)], |properties| properties)).unwrap();
    wirecopy(folder.path(), &["dedup", "--quiet", "--skip-invalid", "day.parquet", "-o", "kept.parquet"]);
    assert_eq!(table(&path("kept.parquet")).num_rows(), 3);
    let arguments =
        ["dedup", "--quiet", "--skip-invalid", "--invalid", "bad.jsonl", "day.parquet", "-o", "good.parquet"];
    wirecopy(folder.path(), &arguments);
    assert_eq!(table(&path("good.parquet")).num_rows(), 2);
    assert_eq!(
        fs::read_to_string(path("bad.jsonl")).unwrap(),
        "{\"location\":\"day.parquet:2\",\"error\":\"field \\\"text\\\" is bytes, expected a string\"}\n"
    );
}

/// What says how a column is decrypted could not be copied: such files are not edited, also if the column is not needed.
#[test]
fn encrypted_columns_are_not_copied() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("day.parquet"), signed(input())).unwrap();
    for command in ["dedup", "flag"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        let output =
            run.args([command, "--quiet", "day.parquet", "-o", "out.parquet"]).current_dir(folder.path());
        assert_eq!(
            String::from_utf8_lossy(&output.output().unwrap().stderr),
            "error: day.parquet: is encrypted; write it without encryption first\n"
        );
        assert!(!folder.path().join("out.parquet").exists());
    }
}

/// `compare` selects a row by its number or its key.
#[test]
fn compare_selects_rows() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("day.parquet"), input()).unwrap();
    let compared = |a: &str, b: &str| {
        let arguments = ["compare", a, b, "--format", "json"];
        let output =
            Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(arguments).current_dir(folder.path()).output();
        let output = output.unwrap();
        match output.status.code() {
            Some(0) => {
                serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["relation"].to_string()
            }
            _ => String::from_utf8(output.stderr).unwrap(),
        }
    };
    let cases = [
        ("day.parquet:1", "day.parquet#id-2", "\"exact\""),
        ("day.parquet:10", "day.parquet:1", "error: day.parquet: there is no row 10\n"),
    ];
    for (a, b, expected) in cases {
        assert_eq!(compared(a, b), expected);
    }
}
