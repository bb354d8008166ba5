//! The memory that a run may take in, what each stage may take of it out.
//!
//! A small pile needs no large buffers, whatever the machine has: so what is shared out here is nine tenths of what was
//! read so far, and 96 MiB in any case, as long as that much is allowed. Rows of articles, batches of records and
//! what is found come to it; together they stay below what was read where that is much. What is not held stands in
//! temporary files, which the system keeps in memory anyway where there is room.
//!
//! Invariant: nothing but memory and time depends on it.

/// Bytes that are shared out, however little is read.
const LEAST: u64 = 96 << 20;

/// The shares of the stages, in hundredths.
mod share {
    pub(super) const TOKENS_HELD: u64 = 30;
    pub(super) const STRINGS_HELD: u64 = 2;
    pub(super) const BESIDES_HELD: u64 = 1;
    pub(super) const SKETCHES_HELD: u64 = 34;
    pub(super) const SIGNED_HELD: u64 = 7;
    /// Of all files together.
    pub(super) const SHOWN: u64 = 7;
    pub(super) const DIVIDED_HELD: u64 = 12;
    pub(super) const BOILERPLATE_FOUND: u64 = 22;
    pub(super) const SORTED: u64 = 2;
    pub(super) const POSTED_HELD: u64 = 38;
    pub(super) const TOKENS_BACK: u64 = 43;
    pub(super) const PAIRS_HELD: u64 = 3;
    pub(super) const MATCHES_HELD: u64 = 3;
}

/// How much memory a run may take, by what it has read so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    bytes: u64,
}

impl Budget {
    /// Gives the budget of a run that has read so many bytes and is allowed `memory`, of which three tenths are left
    /// for what is not shared out.
    pub(crate) fn new(memory: u64, read: u64) -> Self {
        Self { bytes: (read / 10 * 9).max(LEAST).min(memory / 10 * 7) }
    }

    fn share(self, hundredths: u64) -> usize {
        usize::try_from(self.bytes / 100 * hundredths).unwrap_or(usize::MAX)
    }

    /// Columns of the corpus that are held.
    pub(crate) fn corpus_held(self) -> ColumnBudget {
        ColumnBudget {
            tokens: self.share(share::TOKENS_HELD),
            strings: self.share(share::STRINGS_HELD),
            besides: self.share(share::BESIDES_HELD),
        }
    }

    /// Fingerprints of whole articles that are held.
    pub(crate) fn sketches_held(self) -> usize {
        self.share(share::SKETCHES_HELD)
    }

    /// Buckets that are held.
    pub(crate) fn signed_held(self) -> usize {
        self.share(share::SIGNED_HELD)
    }

    /// What is shown of files, all of them together.
    pub(crate) fn shown(self) -> usize {
        self.share(share::SHOWN)
    }

    /// Fingerprints of whole articles, by their values, that are held.
    pub(crate) fn divided_held(self) -> usize {
        self.share(share::DIVIDED_HELD)
    }

    /// What is found of boilerplate at a time.
    pub(crate) fn boilerplate_found(self) -> usize {
        self.share(share::BOILERPLATE_FOUND)
    }

    /// Tokens that are taken back for masking, where what was found on the way to what sites repeat is no more.
    pub(crate) fn tokens_taken_back_to_mask(self) -> usize {
        self.boilerplate_found()
    }

    /// Postings of cores that are held, when whole articles are not looked at any more.
    pub(crate) fn posted_held(self) -> usize {
        self.share(share::POSTED_HELD)
    }

    /// What one of the threads sorts at once, besides what it gathers that from.
    pub(crate) fn sorted(self) -> usize {
        /// More would not stay in a cache, and leave some threads without work.
        const MOST: usize = 4 << 20;
        (self.share(share::SORTED) / (2 * rayon::current_num_threads())).min(MOST)
    }

    /// Packed matches that are held.
    pub(crate) fn matches_held(self) -> usize {
        self.share(share::MATCHES_HELD)
    }

    /// Tokens that are taken back for verification, when fingerprints are no more; what so many candidates may come to
    /// takes the rest.
    pub(crate) fn tokens_taken_back(self, candidates: usize) -> usize {
        /// What stays in memory of a match.
        const MATCH: usize = 50;
        let room = self.room_for_tokens();
        // Where there are very many, most will not match.
        room - (candidates * MATCH).min(room / 2)
    }

    /// Tokens of these that are kept when so many matches become clusters.
    pub(crate) fn tokens_kept_back(self, matches: usize) -> usize {
        /// What a match and its share of a cluster take.
        const MATCH: usize = 200;
        self.room_for_tokens().saturating_sub(matches * MATCH)
    }

    fn room_for_tokens(self) -> usize {
        self.share(share::TOKENS_BACK)
    }

    /// Lists of pairs that are held until they are brought together.
    pub(crate) fn pairs_held(self) -> usize {
        self.share(share::PAIRS_HELD)
    }
}

/// The bytes of a corpus's columns that may be held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnBudget {
    pub(crate) tokens: usize,
    /// Keys, headlines and the like.
    pub(crate) strings: usize,
    /// Spans and texts.
    pub(crate) besides: usize,
}

impl ColumnBudget {
    /// Holds everything in memory.
    pub(crate) const UNLIMITED: Self = Self { tokens: usize::MAX, strings: usize::MAX, besides: usize::MAX };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_with_what_is_read() {
        let bytes = |memory, read| Budget::new(memory, read).bytes;
        let (mega, giga) = (1_000_000, 1_000_000_000);
        assert_eq!(bytes(2 * giga, 0), 96 << 20);
        assert_eq!(bytes(2 * giga, giga), 900 * mega);
        assert_eq!(bytes(2 * giga, 9 * giga), 1400 * mega);
        assert_eq!(bytes(64 * mega, 9 * giga), 44_800_000);
    }
}
