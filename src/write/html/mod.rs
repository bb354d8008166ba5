//! Results in, pages for people out: HTML that shows itself without a network, and lets no article run a script.

mod foreign;
mod page;

pub(in crate::write) use self::foreign::{data, foreign, plain};
pub(in crate::write) use self::page::Page;
