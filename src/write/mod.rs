//! Writes results in the formats that users read: JSON Lines, CSV, Parquet, a listing for a terminal, and HTML pages.
//!
//! Each format of clusters and pairs is a type that implements [`ReportFormat`]. Comparisons of two articles and
//! surveys of thresholds have functions and types of their own. Nothing here prints: a report is written to a
//! writer that the caller has opened.
//!
//! Invariants: the same results give the same bytes. Text of articles reaches a terminal only through [`visible`]
//! and the functions built on it.
//! Cost: linear in the output; the spans of an article are decoded once for each record that shows them.

mod aligned_starts;
mod cell_style;
mod columns;
mod comparison;
mod credit_note;
mod csv;
mod csv_row;
mod headline;
mod html;
mod json_lines;
mod listing;
mod number;
mod option_names;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_table;
mod percent;
mod report_format;
mod reprints;
mod run_inputs;
mod screen;
mod short_date;
mod story_note;
mod styles;
mod sweep;
mod templates_text;
mod terminal_text;
mod text_piece;
mod text_table;
mod ticks;

pub use self::cell_style::CellStyle;
pub use self::comparison::write_comparison;
pub use self::csv::Csv;
pub use self::html::Html;
pub use self::json_lines::JsonLines;
pub use self::listing::Listing;
pub use self::number::{counted, grouped};
pub use self::option_names::OptionNames;
#[cfg(feature = "parquet")]
pub use self::parquet::Parquet;
#[cfg(feature = "parquet")]
pub(crate) use self::parquet_table::{ParquetTable, column_field};
pub use self::report_format::ReportFormat;
#[cfg(feature = "parquet")]
pub use self::reprints::write_reprints_parquet;
pub use self::reprints::{ReprintTable, write_reprints_csv, write_reprints_html, write_reprints_text};
pub use self::run_inputs::RunInputs;
pub use self::screen::Screen;
pub use self::sweep::{
    ExampleRecord, SweepRecord, SweepTable, write_examples_csv, write_labeling_html, write_sweeps_csv,
    write_sweeps_html,
};
pub use self::templates_text::{write_given_templates_text, write_templates_text};
pub use self::terminal_text::{one_line, visible, visible_json};
