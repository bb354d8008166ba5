//! What a record says about an article's origin in, evidence out: the agency it is credited to, the time of
//! publication.

mod copyright;
mod credit;
mod date;

pub use copyright::{copyright_owner, names_site};
pub use credit::{agency_of_site, credit};
pub use date::{Seconds, published_time};
