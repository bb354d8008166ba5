//! Writes who reprints whom: tables for a terminal, CSV, Parquet, and a page.

mod hours;
mod reprint_counts;
mod reprint_rows;
mod reprint_tables;
mod reprints_csv;
mod reprints_page;
#[cfg(feature = "parquet")]
mod reprints_parquet;
mod reprints_text;
mod site_matrix;

pub use self::reprint_rows::ReprintTable;
pub use self::reprints_csv::write_reprints_csv;
pub use self::reprints_page::write_reprints_html;
#[cfg(feature = "parquet")]
pub use self::reprints_parquet::write_reprints_parquet;
pub use self::reprints_text::write_reprints_text;
