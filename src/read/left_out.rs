//! Counts the records of web archives that are no articles, by reason.

use std::fmt;
#[cfg(feature = "web")]
use std::sync::atomic::{AtomicU64, Ordering};

/// The reason why a record of a web archive is no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LeftOut {
    /// It describes the archive or another record: a request, metadata, and the like.
    About,
    /// It says that a page was as at an earlier visit, without its content.
    Revisit,
    /// The server did not return a page: its status is not 200.
    Status,
    /// It is neither a web page nor plain text.
    MediaType,
    /// It tells robots what they may visit.
    Robots,
    /// It is a web page, and pages are not read.
    Page,
}

impl LeftOut {
    #[cfg(feature = "web")]
    const ALL: [Self; 6] =
        [Self::About, Self::Revisit, Self::Status, Self::MediaType, Self::Robots, Self::Page];

    /// Returns the name of the reason in the records that this library writes.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Revisit => "revisit",
            Self::Status => "status",
            Self::MediaType => "media-type",
            Self::Robots => "robots",
            Self::Page => "page",
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::About => "those about other records",
            Self::Revisit => "revisits without content",
            Self::Status => "another status than 200",
            Self::MediaType => "other media types",
            Self::Robots => "robots.txt",
            Self::Page => "web pages",
        })
    }
}

/// The numbers of records that are no articles.
#[cfg(feature = "web")]
#[derive(Debug, Default)]
pub(in crate::read) struct LeftOutCounts([AtomicU64; LeftOut::ALL.len()]);

#[cfg(feature = "web")]
impl LeftOutCounts {
    /// Counts a record.
    pub(super) fn add(&self, reason: LeftOut) {
        self.0[reason as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Returns the numbers that are not 0.
    pub(in crate::read) fn counts(&self) -> Vec<(LeftOut, u64)> {
        let counts = LeftOut::ALL.into_iter().zip(&self.0);
        counts
            .map(|(reason, count)| (reason, count.load(Ordering::Relaxed)))
            .filter(|&(_, count)| count > 0)
            .collect()
    }
}
