//! Sweeps in, reports out: a table for people, JSON, CSV.

mod csv;
mod example;
mod record;
mod table;

pub use self::csv::{write_examples_csv, write_sweeps_csv};
pub use self::example::{ExampleRecord, examples, nearest};
pub use self::record::SweepRecord;
pub use self::table::SweepTable;
