//! Decompresses gzip files of several members.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use super::compression::may_begin_gzip;
use super::member_starts::{Consumed, MemberStarts};

/// The content of gzip members one after another.
///
/// The decoder of several members in `flate2` is not used: it reports a few bytes after the last member, such as a
/// line feed, as a member that was cut off.
pub(super) struct GzipMembers<R> {
    /// The member that is being read; `None` at the end.
    member: Option<GzDecoder<Consumed<R>>>,
    /// The number of bytes of content that were read.
    content: u64,
    starts: MemberStarts,
}

impl<R: BufRead> GzipMembers<R> {
    /// Creates a reader of the members in `raw`, which adds to `starts` where each begins.
    pub(super) fn new(raw: R, starts: MemberStarts) -> Self {
        starts.add(0, 0);
        let raw = Consumed { inner: raw, count: 0 };
        Self { member: Some(GzDecoder::new(raw)), content: 0, starts }
    }
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                self.content += count as u64;
                return Ok(count);
            }
            let Some(mut raw) = self.member.take().map(GzDecoder::into_inner) else { break };
            let next = raw.fill_buf()?;
            if next.is_empty() {
                break;
            }
            if !may_begin_gzip(next) {
                return Err(io::Error::new(ErrorKind::InvalidData, "invalid gzip header"));
            }
            self.starts.add(self.content, raw.count);
            self.member = Some(GzDecoder::new(raw));
        }
        Ok(0)
    }
}
