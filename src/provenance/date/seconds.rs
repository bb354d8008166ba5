//! The unit of times of publication.

/// A time of publication, in seconds since the beginning of 1970, UTC.
pub type Seconds = i64;

pub(super) const SECONDS_PER_DAY: Seconds = 24 * 3600;
