//! What a record says about an article's origin in, evidence out: the agency it is credited to, the owner that its
//! copyright line names, the time of publication, whether it is an article at all.

mod copyright;
mod credit;
mod date;
mod junk;
mod lines;

pub use copyright::{copyright_owner, names_site};
pub use credit::{agency_of_site, credit};
pub(crate) use date::day_order;
pub use date::{DayOrder, Seconds, published_time};
pub use junk::is_error_page;
