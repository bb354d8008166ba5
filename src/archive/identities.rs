//! Stores the hashes by which the articles of a segment are identified.

use super::segment_writer::IDENTITY_BYTES;
use crate::corpus::Identity;

/// The identities of the articles of a segment, by row. The fields are apart, since a search asks for the outlets of very many
/// articles, in no order.
#[derive(Debug, Default)]
pub(super) struct Identities {
    keys: Vec<u64>,
    contents: Vec<u64>,
    outlets: Vec<u64>,
    words: Vec<u32>,
}

impl Identities {
    /// Returns no identities, with room for some.
    pub(super) fn with_capacity(rows: usize) -> Self {
        let hashes = || Vec::with_capacity(rows);
        Self { keys: hashes(), contents: hashes(), outlets: hashes(), words: Vec::with_capacity(rows) }
    }

    /// Adds a block of identities; what is less than an identity at its end is dropped.
    pub(super) fn push_block(&mut self, bytes: &[u8]) {
        for identity in bytes.chunks_exact(IDENTITY_BYTES) {
            let (hashes, words) = identity.split_at(IDENTITY_BYTES - size_of::<u32>());
            let hash =
                |index: usize| u64::from_le(bytemuck::pod_read_unaligned(&hashes[8 * index..8 * index + 8]));
            self.keys.push(hash(0));
            self.contents.push(hash(1));
            self.outlets.push(hash(2));
            self.words.push(u32::from_le(bytemuck::pod_read_unaligned(words)));
        }
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns what identifies the article of a row.
    pub(super) fn of(&self, row: usize) -> Identity {
        Identity {
            key: self.keys[row],
            content: self.contents[row],
            outlet: self.outlets[row],
            words: self.words[row],
        }
    }

    /// Returns the hash of the outlet of a row.
    pub(super) fn outlet(&self, row: usize) -> u64 {
        self.outlets[row]
    }
}
