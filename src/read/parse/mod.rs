//! Parses one record: finds its fields, and makes an article of them.
//!
//! [`RecordParser`](record_parser::RecordParser) parses the records of one file. [`FieldPlan`](plan::FieldPlan)
//! decides which field is the text, the key and so on, for every format with named fields.

pub(super) mod cells;
pub(super) mod columns;
pub(super) mod json_error;
mod json_string;
mod markup;
mod members;
mod non_finite;
pub(super) mod object;
#[cfg(feature = "web")]
pub(super) mod page;
pub(super) mod placeholder;
pub(super) mod plan;
pub(super) mod record_parser;
pub(super) mod row_parser;
pub(super) mod site_names;
mod text;
mod text_repair;
mod usual_names;
pub(super) mod value;
