//! Reads the segments of an archive.

use std::sync::{Arc, OnceLock};

use super::disk::{BlockFile, Folder, Postings};
use super::identities::Identities;
use super::manifest::SegmentEntry;
use super::segment_writer::{ARTICLES_IN_BLOCK, section};
use super::vocabulary::Vocabulary;
use crate::corpus::{ArticleBlock, ArticleColumns, Identity, Role, Segment};
use crate::error::Error;

/// An open segment.
#[derive(Debug)]
pub(super) struct SegmentFile {
    pub(super) entry: SegmentEntry,
    file: Arc<BlockFile>,
    identities: Identities,
    vocabulary: OnceLock<Vocabulary>,
    /// The rows that have a fingerprint.
    pub(super) fingerprints: Postings,
    /// The rows whose key has a hash with this upper half.
    pub(super) keys: Postings,
    /// The rows whose words have a hash with this upper half.
    pub(super) contents: Postings,
}

impl SegmentFile {
    /// Opens a segment.
    ///
    /// # Errors
    /// [`Error::Archive`] if it cannot be read, or is damaged.
    pub(super) fn open(folder: &Folder, entry: &SegmentEntry) -> Result<Self, Error> {
        let file = Arc::new(folder.open(&entry.file)?);
        let mut identities = Identities::with_capacity(entry.rows as usize);
        for block in 0..file.count(section::IDENTITIES) {
            identities.push_block(&file.block(section::IDENTITIES, block)?);
        }
        let blocks = file.count(section::ARTICLES);
        if identities.len() != entry.rows as usize || blocks != identities.len().div_ceil(ARTICLES_IN_BLOCK) {
            return Err(file.damaged(section::ARTICLES, blocks));
        }
        let postings = |sections| Postings::open(Arc::clone(&file), sections);
        Ok(Self {
            entry: entry.clone(),
            identities,
            vocabulary: OnceLock::new(),
            fingerprints: postings(section::FINGERPRINTS)?,
            keys: postings(section::KEYS)?,
            contents: postings(section::CONTENTS)?,
            file,
        })
    }

    /// Returns one of the segments that are `open` already, or opens it.
    ///
    /// # Errors
    /// As [`SegmentFile::open`].
    pub(super) fn open_or_share(
        folder: &Folder,
        entry: &SegmentEntry,
        open: &[Arc<Self>],
    ) -> Result<Arc<Self>, Error> {
        match open.iter().find(|segment| segment.entry == *entry) {
            Some(segment) => Ok(Arc::clone(segment)),
            None => Ok(Arc::new(Self::open(folder, entry)?)),
        }
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> usize {
        self.identities.len()
    }

    /// Returns what identifies the article of a row.
    pub(super) fn identity(&self, row: u32) -> Identity {
        self.identities.of(row as usize)
    }

    /// Returns the hash of the outlet of the article of a row.
    pub(super) fn outlet(&self, row: u32) -> u64 {
        self.identities.outlet(row as usize)
    }

    /// Returns the bytes of a section in the file.
    pub(super) fn bytes_of(&self, section: u8) -> u64 {
        self.file.bytes_of(section)
    }

    /// Reads every byte.
    ///
    /// # Errors
    /// [`Error::Archive`] if a byte is not as it was written.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.file.check()?;
        let rows: Vec<u32> = (0..self.len() as u32).collect();
        self.for_each(&rows, |_, _| ())
    }

    /// Reads the articles of some rows, ascending.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read.
    pub(super) fn load(&self, rows: &[u32], role: Role) -> Result<Segment, Error> {
        let mut segment = Segment::of_archived(role);
        self.for_each(rows, |_, article| segment.push_columns(&article))?;
        Ok(segment)
    }

    /// Calls `visit` with some rows, ascending, and their articles.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read.
    pub(super) fn for_each(
        &self,
        rows: &[u32],
        mut visit: impl FnMut(u32, ArticleColumns<'_>),
    ) -> Result<(), Error> {
        let vocabulary = self.vocabulary()?;
        let block_of = |row: u32| row as usize / ARTICLES_IN_BLOCK;
        let mut bytes = Vec::new();
        for rows in rows.chunk_by(|&one, &other| block_of(one) == block_of(other)) {
            self.file.read_block(section::ARTICLES, block_of(rows[0]), &mut bytes)?;
            let mut read = || {
                let mut block = ArticleBlock::new(&bytes)?;
                let mut next = (block_of(rows[0]) * ARTICLES_IN_BLOCK) as u32;
                for &row in rows {
                    (next..row).try_for_each(|_| block.skip())?;
                    visit(row, block.next(|number| vocabulary.token(number))?);
                    next = row + 1;
                }
                Some(())
            };
            read().ok_or_else(|| self.file.damaged(section::ARTICLES, block_of(rows[0])))?;
        }
        Ok(())
    }

    fn vocabulary(&self) -> Result<&Vocabulary, Error> {
        if let Some(vocabulary) = self.vocabulary.get() {
            return Ok(vocabulary);
        }
        let bytes = self.file.block(section::VOCABULARY, 0)?;
        let vocabulary =
            Vocabulary::from_bytes(&bytes).ok_or_else(|| self.file.damaged(section::VOCABULARY, 0))?;
        Ok(self.vocabulary.get_or_init(|| vocabulary))
    }
}

/// Returns what identifies the article with a number; `segments` ascend.
pub(super) fn identity_of(segments: &[Arc<SegmentFile>], number: u32) -> Identity {
    let after = segments.partition_point(|segment| segment.entry.first <= number);
    let segment = &segments[after - 1];
    segment.identity(number - segment.entry.first)
}
