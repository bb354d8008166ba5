//! Finds evidence of an article's origin: the agency that it is credited to, the source that it names, the owner
//! in its copyright line, its time of publication, whether it was cut off, whether it is an article at all, or an error
//! page or a wall, which lines are furniture of the page, and which notices before and after an article are no part of it.
//!
//! Input: the text of an article, its date as the record gives it, the name of its site. Output: evidence, which
//! may be absent and is no proof: most copies have no credit, and a site may name itself as the owner of an
//! agency's text.
//!
//! Cost: only the first and the last lines of a text are read, and of short texts the beginning. Lines are judged one
//! by one.

mod agency;
mod copyright;
mod credit;
mod cut_mark;
mod date;
mod error_page;
mod furniture;
mod lines;
mod notice;
mod page_words;
mod picture_credit;
mod source_line;
mod token_filter;
mod wall;
mod without_notices;

pub use agency::agency_of_site;
pub(crate) use agency::{agency_by_name, agency_number, agency_with_number};
pub(crate) use copyright::is_name_of_site;
pub use copyright::{copyright_owner, name_letters, site_letters};
pub use credit::credit;
pub use cut_mark::cut_mark;
pub use date::{DayOrder, Seconds, published_time};
pub(crate) use date::{day_order, is_surely_before, is_unknown_date};
pub use error_page::is_error_page;
pub(crate) use furniture::furniture_begin;
pub use source_line::named_source;
pub use wall::is_wall;
pub(crate) use without_notices::tokenize_without_notices;
pub use without_notices::without_notices;
