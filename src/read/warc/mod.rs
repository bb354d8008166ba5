//! Reads web archives (WARC 0.18 to 1.1, WET): records with a header and a block, one after another.
//!
//! [`WarcCutter`](cutter::WarcCutter) finds the records, and passes over those that are no articles without holding them
//! in memory: they are counted by reason ([`LeftOut`](super::LeftOut)). [`parse`](parse::article) makes an article of a record. The records are
//! ranges of bytes, so that archives are copied record by record.
//!
//! Lengths are never trusted: no memory is reserved for a record before its bytes are there, and where a record does not
//! end as it says, the next one is searched for.
//!
//! A reader of our own, and not the crate `fastwarc` (2.0): it depends on the crate `encoding`, which has been unmaintained
//! since 2017, and it owns the stream, so that neither the offsets of records, by which they are copied, nor the memory of
//! those that are skipped can be controlled from outside. `httparse` reads the headers of HTTP.

pub(super) mod cutter;
pub(super) mod head;
pub(super) mod http;
pub(super) mod parse;
mod record_class;

pub(crate) use self::head::{MAGIC as WARC_MAGIC, WarcHead};
