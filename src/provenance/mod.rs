//! Finds evidence of an article's origin: the agency that it is credited to, the owner in its copyright line, its
//! time of publication, and whether it is an article at all, or an error page or a wall.
//!
//! Input: the text of an article, its date as the record gives it, the name of its site. Output: evidence, which
//! may be absent and is no proof: most copies have no credit, and a site may name itself as the owner of an
//! agency's text.
//!
//! Cost: only the first and the last lines of a text are read, and of short texts the beginning.

mod agency;
mod copyright;
mod credit;
mod date;
mod error_page;
mod lines;
mod wall;

pub use agency::agency_of_site;
pub use copyright::{copyright_owner, names_site};
pub use credit::credit;
pub(crate) use date::day_order;
pub use date::{DayOrder, Seconds, published_time};
pub use error_page::is_error_page;
pub use wall::is_wall;
