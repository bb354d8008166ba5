//! Writes surveys of thresholds: tables for a terminal, a page with charts, JSON and CSV; and samples of pairs to
//! be labeled.

mod chart;
mod cluster_series_record;
mod confusion_record;
mod example_record;
mod examples_csv;
mod index_recall_record;
mod labeling_html;
mod pair_series_record;
mod recommendation_record;
mod recommendation_text;
mod sweep_charts;
mod sweep_csv;
mod sweep_page;
mod sweep_record;
mod sweep_table;
mod table_rows;
mod threshold_marks;

pub use self::example_record::ExampleRecord;
pub use self::examples_csv::write_examples_csv;
pub use self::labeling_html::write_labeling_html;
pub use self::sweep_csv::write_sweeps_csv;
pub use self::sweep_page::write_sweeps_html;
pub use self::sweep_record::SweepRecord;
pub use self::sweep_table::SweepTable;
