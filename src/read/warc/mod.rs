//! Reads web archives (WARC 0.18 to 1.1, WET): records with a header and a block, one after another.
//!
//! [`WarcCutter`](cutter::WarcCutter) finds the records, and passes over those that are no articles without holding them
//! in memory: they are counted by reason ([`LeftOut`](super::LeftOut)). [`parse`](parse::article) makes an article of a record. The records are
//! ranges of bytes, so that archives are copied record by record.
//!
//! Lengths are never trusted: no memory is reserved for a record before its bytes are there, and where a record does not
//! end as it says, the next one is searched for.
//!
//! A reader of our own, and not the crate `fastwarc` (2.0.0), which reads the records of an archive faster (42 MB of content in
//! 0.09 CPU seconds; a whole run of the command without pages takes 0.15). By default, it ends without an error at an
//! archive that is cut off, and at a record that says a length of 10^18 bytes, so that articles would be missing
//! silently. It finds no record after one whose length is too small, and refuses WARC 0.18. It also depends on the crate
//! `encoding`, besides `encoding_rs` here. `httparse` reads the headers of HTTP.

pub(super) mod cutter;
pub(super) mod head;
pub(super) mod http;
pub(super) mod parse;
mod record_class;

pub(crate) use self::head::{MAGIC as WARC_MAGIC, WarcHead};
