//! Extracts articles from web pages (HTML).
//!
//! [`decode_page`](decode::decode_page) finds the encoding, [`extract`](extract::extract) the main text with the title, the
//! date and the address that the page names. The crate `trafilatura` decides what the main text is; a panic of it becomes
//! an error. What it is given is bounded: pages are at most [`extract::LARGEST_PAGE`] bytes, and [`flatten`](flatten::flatten)
//! removes tags that are nested too deeply.
//!
//! Cost: most of what reading a page costs is here, about ten milliseconds for a page of 150 KB. Pages are extracted in
//! the threads that parse records.

pub(super) mod decode;
pub(super) mod encoding_counts;
pub(super) mod extract;
mod flatten;
pub(super) mod other_text;
mod plain_text;
mod published;
mod seen_tokens;
mod tokens;
