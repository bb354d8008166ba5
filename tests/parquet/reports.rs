//! Reports as Parquet: the rows and columns of CSV, with types.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn report(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles.jsonl");
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .arg("--quiet")
        .arg(sample)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn table(bytes: Vec<u8>) -> RecordBatch {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let empty = RecordBatch::new_empty(Arc::clone(builder.schema()));
    let mut batches = builder.with_batch_size(1 << 20).build().unwrap();
    batches.next().map_or(empty, Result::unwrap)
}

/// Returns a cell as CSV shows it.
fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<arrow_array::types::Float64Type>().value(row).to_string(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            format!("[{}]", (0..items.len()).map(|item| cell(&items, item)).collect::<Vec<_>>().join(","))
        }
        DataType::Struct(_) => {
            let sides = column.as_struct();
            format!("{{\"a\":{},\"b\":{}}}", cell(sides.column(0), row), cell(sides.column(1), row))
        }
        other => panic!("no column is {other}"),
    }
}

#[test]
fn tables_are_those_of_csv() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [&[&str]; 7] = [
        &["cluster"],
        &["cluster", "--show-boilerplate"],
        &["pairs"],
        &["report", "--table", "stories"],
        &["report", "--table", "site-pairs"],
        &["report", "--table", "sites"],
        &["report", "--table", "agencies"],
    ];
    for arguments in cases {
        let with = |format: &'static str| [arguments, &["--format", format]].concat();
        let expected = report(folder.path(), &with("csv"));
        let found = table(report(folder.path(), &with("parquet")));
        let mut csv = csv::ReaderBuilder::new().from_reader(expected.as_slice());
        let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
        let schema = found.schema();
        assert_eq!(
            schema.fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>(),
            names,
            "{arguments:?}"
        );
        let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert_eq!(found.num_rows(), rows.len(), "{arguments:?}");
        assert_eq!(rows.is_empty(), arguments.contains(&"agencies"), "{arguments:?}");
        for (row, expected) in rows.iter().enumerate() {
            let cells: Vec<String> = found.columns().iter().map(|column| cell(column, row)).collect();
            assert_eq!(cells, expected.iter().collect::<Vec<_>>(), "{arguments:?}");
        }
        report(folder.path(), &[arguments, &["--output", "out.parquet"]].concat());
        assert_eq!(table(fs::read(folder.path().join("out.parquet")).unwrap()), found);
    }
}
