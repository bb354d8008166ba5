//! Writes examples as CSV: one row for each pair, with a column for labels.

use std::io::{self, Write};

use super::example_record::ExampleRecord;
use crate::report::rounded;
use crate::write::cell_style::CellStyle;
use crate::write::csv_row::write_row;

const COLUMNS: [&str; 15] = [
    "label",
    "a",
    "b",
    "verdict",
    "score",
    "coverage_a",
    "coverage_b",
    "resemblance",
    "shared_words",
    "passage",
    "begin_a",
    "begin_b",
    "location_a",
    "location_b",
    "kind",
];

/// Writes one row for each example. A person fills in the first column; the result can be read as a file of labels.
///
/// # Errors
/// The error of the writer.
pub fn write_examples_csv(examples: &[ExampleRecord], out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    write_row(&mut table, COLUMNS.map(str::to_owned))?;
    for example in examples {
        let cells = [
            example.label.map(|grade| rounded(grade).to_string()).unwrap_or_default(),
            safe(&example.a),
            safe(&example.b),
            example.verdict.to_owned(),
            example.score.to_string(),
            example.coverage_a.to_string(),
            example.coverage_b.to_string(),
            example.resemblance.to_string(),
            example.shared_words.to_string(),
            quoted(&example.passage),
            quoted(&example.begin_a),
            quoted(&example.begin_b),
            safe(&example.location_a),
            safe(&example.location_b),
            safe(example.kind.as_deref().unwrap_or_default()),
        ];
        write_row(&mut table, cells)?;
    }
    table.flush()
}

/// Returns text as a person's spreadsheet may open it; as a label, it is read without the mark.
fn safe(text: &str) -> String {
    CellStyle::Safe.text(text).into_owned()
}

/// Returns text of an article in quotation marks. Without them, a spreadsheet would run a text that begins with `=`
/// as a formula.
fn quoted(text: &str) -> String {
    format!("“{text}”")
}
