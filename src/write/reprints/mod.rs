//! Writes who reprints whom: tables for a terminal, CSV, and a page.

mod hours;
mod reprint_counts;
mod reprint_tables;
mod reprints_csv;
mod reprints_page;
mod reprints_text;
mod site_matrix;

pub use self::reprints_csv::{ReprintTable, write_reprints_csv};
pub use self::reprints_page::write_reprints_html;
pub use self::reprints_text::write_reprints_text;
