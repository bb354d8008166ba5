//! The pipeline: takes articles in and finds what they share.
//!
//! 1. [`Detector::read`] parses records; it and [`Detector::add`] divide texts into tokens, compute fingerprints, and store
//!    the result as segments of a corpus. Records of a batch are processed in parallel while the next batch is read.
//! 2. [`Detector::finish`] folds identical articles into one; masks what sites repeat around different stories; indexes
//!    the rest of each article, its core; finds candidates; verifies them; and clusters the matches.
//!
//! [`Detector::templates`] ends after the masks: it lists what is masked.
//!
//! [`find_copies`], [`find_copies_in_files`] and [`compare`] do all of it in one call.
//!
//! Invariant: the same articles and settings lead to the same findings, whatever the number of threads, the memory and
//! the order of the articles (except with [`Keep::First`](crate::cluster::Keep::First)).

mod compare;
mod counts;
mod detector;
mod find;
mod findings;
mod freed_memory;
mod intake;
mod masking;
mod page_addresses;
mod prepared;
mod read_ahead;
mod site_templates;
mod taken;
#[cfg(test)]
pub(crate) mod tests;
mod threads;
mod verification;
mod what_was_read;

pub use self::compare::{Comparison, compare, compare_in};
pub use self::counts::Counts;
pub use self::detector::Detector;
pub use self::find::{find_copies, find_copies_in_files};
pub use self::findings::Findings;
pub(crate) use self::intake::hash_of_fields;
pub(crate) use self::masking::leaves_enough;
pub(crate) use self::prepared::Prepared;
pub use self::site_templates::{SiteTemplate, SiteTemplates};
pub(crate) use self::taken::{Taken, fingerprints_of_segment};
pub use self::threads::start_threads;
pub(crate) use self::verification::for_each_stretch;
