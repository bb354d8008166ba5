//! What a record says about an article's origin in, evidence out: the agency it is credited to, the time of
//! publication.

mod credit;
mod date;

pub use credit::credit;
pub use date::{Seconds, published_time};
