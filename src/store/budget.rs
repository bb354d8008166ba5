//! Shares out the memory that a run may take among its stages.
//!
//! A small collection needs no large buffers, whatever the machine has. So the budget is nine tenths of the bytes
//! that were read, or 96 MiB if that is more, limited by the memory that the run may take. The budget does not
//! include lists of all articles, batches of records, and results. With these, a run over a large collection still
//! takes less memory than the bytes that it read. Columns beyond the share of a stage are in temporary files, which
//! the system caches in free memory anyway.
//!
//! Invariant: nothing but memory and time depends on the budget.

use crate::error::{Error, SettingProblem};

/// The least number of bytes that is shared out, however little is read.
const LEAST: u64 = 96 << 20;
/// The tenths of the bytes read so far that are shared out.
const TENTHS_OF_READ: u64 = 9;
/// The tenths of the allowed memory that are shared out at most. The others are for what the budget does not count.
const TENTHS_OF_MEMORY: u64 = 7;

/// The part of the memory that rows of articles may take: those of a million in 2 GiB. They are counted apart, since rows of
/// short articles take as many bytes as rows of long ones.
const PART_OF_ROWS: u64 = 16;

/// The bytes that an article takes besides its columns, as measured: its entries in lists.
const ARTICLE: u64 = 150;
/// The bytes that an identical article takes besides, as measured: it is a member of a cluster, and `dedup` removes it.
const COPY: u64 = 250;
/// The quarters of the memory that articles may take besides their columns. The rest is for these.
const QUARTERS_OF_ARTICLES: u64 = 3;

/// The shares, in hundredths of the budget. Together they are more than all of it, since the stages come one after
/// the other.
mod share {
    pub(super) const TOKENS_HELD: u64 = 30;
    pub(super) const STRINGS_HELD: u64 = 2;
    pub(super) const SPANS_AND_TEXTS_HELD: u64 = 1;
    pub(super) const SKETCHES_HELD: u64 = 34;
    pub(super) const SIGNED_HELD: u64 = 7;
    pub(super) const SHOWN: u64 = 7;
    pub(super) const DIVIDED_HELD: u64 = 12;
    pub(super) const BOILERPLATE_FOUND: u64 = 22;
    pub(super) const SORTED: u64 = 2;
    pub(super) const POSTED_HELD: u64 = 38;
    pub(super) const TOKENS_BACK: u64 = 43;
    pub(super) const PAIRS_HELD: u64 = 3;
    pub(super) const MATCHES_HELD: u64 = 3;
    pub(super) const CLUSTERS_HELD: u64 = 5;
}

/// The memory that the stages of a run may take, by what the run has read so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    bytes: u64,
    rows: u64,
}

impl Budget {
    /// Keeps everything in memory.
    pub(crate) const UNLIMITED: Self = Self { bytes: u64::MAX, rows: u64::MAX };

    /// Creates the budget of a run that has read `articles` articles in `read` bytes, and may take `memory` bytes.
    pub(crate) fn new(memory: u64, read: u64, articles: usize) -> Self {
        let wanted = (read / 10 * TENTHS_OF_READ).max(LEAST);
        let left = memory.saturating_sub(articles as u64 * ARTICLE);
        let rows = left / PART_OF_ROWS;
        Self { bytes: wanted.min(left / 10 * TENTHS_OF_MEMORY - rows), rows }
    }

    /// Checks that `articles` articles, of which `copies` are identical to others, fit into `memory` bytes.
    ///
    /// # Errors
    /// Returns an [`Error::Setting`] for the memory if they do not.
    pub(crate) fn check_articles(memory: u64, articles: usize, copies: usize) -> Result<(), Error> {
        let needed = articles as u64 * ARTICLE + copies as u64 * COPY;
        if needed <= memory / 4 * QUARTERS_OF_ARTICLES {
            return Ok(());
        }
        let problem = SettingProblem::TooManyArticles {
            articles,
            copies,
            needed,
            memory: memory / 4 * QUARTERS_OF_ARTICLES,
        };
        Err(Error::Setting { name: "memory", problem })
    }

    fn share(self, hundredths: u64) -> usize {
        usize::try_from(self.bytes / 100 * hundredths).unwrap_or(usize::MAX)
    }

    /// Returns the bytes of the corpus's columns that are kept in memory.
    pub(crate) fn corpus_columns(self) -> ColumnBudget {
        ColumnBudget {
            rows: usize::try_from(self.rows).unwrap_or(usize::MAX),
            tokens: self.share(share::TOKENS_HELD),
            strings: self.share(share::STRINGS_HELD),
            besides: self.share(share::SPANS_AND_TEXTS_HELD),
        }
    }

    /// Returns the bytes of whole articles' fingerprints, article by article, that are kept in memory.
    pub(crate) fn fingerprints(self) -> usize {
        self.share(share::SKETCHES_HELD)
    }

    /// Returns the bytes of buckets that are kept in memory.
    pub(crate) fn buckets(self) -> usize {
        self.share(share::SIGNED_HELD)
    }

    /// Returns the bytes of mapped files, of all stores together, that may be in the memory of the process.
    pub(crate) fn mapped_files(self) -> usize {
        self.share(share::SHOWN)
    }

    /// Returns the bytes of whole articles' fingerprints, by value, that are kept in memory.
    pub(crate) fn fingerprints_by_value(self) -> usize {
        self.share(share::DIVIDED_HELD)
    }

    /// Returns the bytes that the search for boilerplate may find at a time.
    pub(crate) fn boilerplate(self) -> usize {
        self.share(share::BOILERPLATE_FOUND)
    }

    /// Returns the bytes of tokens that are loaded for masking. By then the search for boilerplate has freed as
    /// much.
    pub(crate) fn tokens_to_mask(self) -> usize {
        self.boilerplate()
    }

    /// Returns the bytes of the postings of cores that are kept in memory. By then the fingerprints of whole
    /// articles are not needed any more.
    pub(crate) fn core_postings(self) -> usize {
        self.share(share::POSTED_HELD)
    }

    /// Returns the bytes that one thread sorts at once. The values that it collects them from may take as much
    /// again.
    pub(crate) fn sort_buffer(self) -> usize {
        /// More would not fit into a cache, and would leave some threads without work.
        const MOST: usize = 4 << 20;
        (self.share(share::SORTED) / (2 * rayon::current_num_threads())).min(MOST)
    }

    /// Returns the bytes of packed matches that are kept in memory.
    pub(crate) fn matches(self) -> usize {
        self.share(share::MATCHES_HELD)
    }

    /// Returns the bytes of packed clusters that are kept in memory.
    pub(crate) fn clusters(self) -> usize {
        self.share(share::CLUSTERS_HELD)
    }

    /// Returns the bytes of tokens that are loaded for the verification of `candidates` pairs. By then fingerprints
    /// are not needed any more. The memory that the matches may take is left free.
    pub(crate) fn tokens_to_verify(self, candidates: usize) -> usize {
        /// The bytes that a match keeps in memory.
        const MATCH: usize = 50;
        let tokens = self.share(share::TOKENS_BACK);
        // Of very many candidates most will not match, so that matches get half at most.
        tokens - (candidates * MATCH).min(tokens / 2)
    }

    /// Returns the bytes of loaded tokens that stay in memory while `matches` matches become clusters.
    pub(crate) fn tokens_to_cluster(self, matches: usize) -> usize {
        /// The bytes of a match and of its share of a cluster.
        const MATCH: usize = 200;
        self.share(share::TOKENS_BACK).saturating_sub(matches * MATCH)
    }

    /// Returns the bytes of lists of pairs that are kept in memory until the lists are merged.
    pub(crate) fn pair_lists(self) -> usize {
        self.share(share::PAIRS_HELD)
    }
}

/// The bytes of a corpus's columns that may be kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnBudget {
    pub(crate) rows: usize,
    pub(crate) tokens: usize,
    /// Keys, headlines and the like.
    pub(crate) strings: usize,
    /// Spans and texts.
    pub(crate) besides: usize,
}

impl ColumnBudget {
    /// Keeps everything in memory.
    pub(crate) const UNLIMITED: Self =
        Self { rows: usize::MAX, tokens: usize::MAX, strings: usize::MAX, besides: usize::MAX };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_must_fit_into_the_memory() {
        let refused = |articles, copies| {
            Budget::check_articles(100 << 20, articles, copies).err().map(|error| error.to_string())
        };
        assert_eq!((refused(300_000, 0), refused(10_000, 80_000)), (None, None));
        let message = "memory: 600,000 articles, 0 of them copies, need about 85 MiB, expected 75 MiB at most; allow more \
                       memory, or use several runs";
        assert_eq!(refused(600_000, 0).as_deref(), Some(message));
        assert!(
            refused(250_000, 240_000)
                .is_some_and(|message| message.contains("250,000 articles, 240,000 of them"))
        );
    }

    #[test]
    fn the_budget_grows_with_what_was_read() {
        let bytes = |memory, read| Budget::new(memory, read, 0).bytes;
        let (mega, giga) = (1_000_000, 1_000_000_000);
        assert_eq!(bytes(2 * giga, 0), 96 << 20);
        assert_eq!(bytes(2 * giga, giga), 900 * mega);
        assert_eq!(bytes(2 * giga, 9 * giga), 1275 * mega);
        assert_eq!(bytes(64 * mega, 9 * giga), 40_800_000);
        let of_many = Budget::new(64 * mega, 9 * giga, 100_000);
        assert_eq!((of_many.bytes, of_many.rows), (31_237_500, 3_062_500));
    }
}
