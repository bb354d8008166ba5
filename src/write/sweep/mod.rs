//! Sweeps in, reports out: a table for people, a page with charts, JSON, CSV.

mod cells;
mod chart;
mod csv;
mod example;
mod html;
mod record;
mod table;

pub use self::csv::{write_examples_csv, write_sweeps_csv};
pub use self::example::{ExampleRecord, write_labeling_html};
pub use self::html::write_sweeps_html;
pub use self::record::SweepRecord;
pub use self::table::SweepTable;
