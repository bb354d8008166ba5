//! Writes articles as a segment: a file that is never changed.
//!
//! Its sections, in order: what identifies each article; the vocabulary; the articles, some in each block; and sorted
//! postings of three kinds of values, each with an index: fingerprints, keys, contents.
//!
//! Cost: one pass over a sample of the articles for the vocabulary, and one over all of them. The postings of a segment are
//! sorted in memory, eight bytes each.

use std::ops::Range;

use rayon::prelude::*;

use super::disk::{BlockFileWriter, FileEntry, Folder, Packer, PostingsWriter};
use super::segment_source::SegmentSource;
use super::vocabulary::{TokenNumbers, Vocabulary};
use crate::corpus::{ArticleBlockWriter, ArticleColumns, Identity};
use crate::error::Error;
use crate::index::{Fingerprints, Scratch, Sketcher};
use crate::text::Token;

/// The sections of a segment.
pub(super) mod section {
    pub(in crate::archive) const IDENTITIES: u8 = 0;
    pub(in crate::archive) const VOCABULARY: u8 = 1;
    pub(in crate::archive) const ARTICLES: u8 = 2;
    /// Postings by fingerprint, and their index.
    pub(in crate::archive) const FINGERPRINTS: [u8; 2] = [3, 4];
    /// Postings by the upper half of the hash of the key, and their index.
    pub(in crate::archive) const KEYS: [u8; 2] = [5, 6];
    /// Postings by the upper half of the hash of the words, and their index.
    pub(in crate::archive) const CONTENTS: [u8; 2] = [7, 8];
}

/// The number of articles in a block. To read one of them, all are decompressed.
pub(super) const ARTICLES_IN_BLOCK: usize = 8;
/// The number of rows whose identities are in a block.
pub(super) const IDENTITIES_IN_BLOCK: usize = 4096;
/// The bytes of an identity: key, content, outlet, words.
pub(super) const IDENTITY_BYTES: usize = 3 * size_of::<u64>() + size_of::<u32>();
/// The number of blocks that are encoded before they are written.
const BLOCKS_AT_ONCE: usize = 256;
/// The number of articles whose tokens are counted for the vocabulary.
const SAMPLED_ARTICLES: usize = 1 << 13;

/// A value and the row that has it, which sort by value.
type Posting = (u32, u32);

/// Writes a segment.
///
/// # Errors
/// [`Error::Archive`] if it cannot be written, or if an article cannot be read.
pub(super) fn write_segment(
    folder: &Folder,
    name: &str,
    source: &dyn SegmentSource,
    sketcher: &Sketcher,
) -> Result<FileEntry, Error> {
    let mut file = folder.writer(name)?;
    let (mut keys, mut contents) = write_identities(&mut file, source)?;
    let vocabulary = Vocabulary::of_sample(sample(source)?);
    file.block(section::VOCABULARY, vocabulary.bytes(), false)?;
    let numbers = TokenNumbers::new(&vocabulary);
    if let Some(known) = source.postings() {
        write_articles(&mut file, source, &numbers, None)?;
        let mut writer = PostingsWriter::new(&mut file, section::FINGERPRINTS);
        known.for_each(&mut |value, row| writer.push(value, row))?;
        writer.finish()?;
    } else {
        let mut found = write_articles(&mut file, source, &numbers, Some(sketcher))?;
        write_postings(&mut file, section::FINGERPRINTS, &mut found)?;
    }
    write_postings(&mut file, section::KEYS, &mut keys)?;
    write_postings(&mut file, section::CONTENTS, &mut contents)?;
    file.finish()
}

/// Writes what identifies the articles. Returns the postings of keys and of contents.
fn write_identities(
    file: &mut BlockFileWriter,
    source: &dyn SegmentSource,
) -> Result<(Vec<Posting>, Vec<Posting>), Error> {
    let (mut keys, mut contents) = (Vec::new(), Vec::new());
    let rows: Vec<usize> = (0..source.len()).collect();
    for rows in rows.chunks(IDENTITIES_IN_BLOCK) {
        let mut bytes = Vec::with_capacity(rows.len() * IDENTITY_BYTES);
        for &row in rows {
            let identity = source.identity(row);
            if let Some(Identity { key, content, .. }) = identity {
                keys.push(((key >> 32) as u32, row as u32));
                contents.push(((content >> 32) as u32, row as u32));
            }
            let Identity { key, content, outlet, words } = identity.unwrap_or_default();
            [key, content, outlet].into_iter().for_each(|hash| bytes.extend_from_slice(&hash.to_le_bytes()));
            bytes.extend_from_slice(&words.to_le_bytes());
        }
        file.block(section::IDENTITIES, &bytes, false)?;
    }
    Ok((keys, contents))
}

/// Returns the tokens of some articles, evenly spread.
fn sample(source: &dyn SegmentSource) -> Result<Vec<Token>, Error> {
    let step = source.len().div_ceil(SAMPLED_ARTICLES).max(1);
    let blocks = blocks(source.len()).into_iter().step_by(step);
    let mut tokens = Vec::new();
    for rows in blocks {
        source.for_each(rows, &mut |article| {
            tokens.extend_from_slice(article.map_or(&[], |article| &article.tokens));
        })?;
    }
    Ok(tokens)
}

/// Returns the rows of each block of articles.
fn blocks(rows: usize) -> Vec<Range<usize>> {
    (0..rows).step_by(ARTICLES_IN_BLOCK).map(|begin| begin..(begin + ARTICLES_IN_BLOCK).min(rows)).collect()
}

/// Writes the articles. Returns the postings of their fingerprints, which `sketcher` computes, if there is one.
fn write_articles(
    file: &mut BlockFileWriter,
    source: &dyn SegmentSource,
    numbers: &TokenNumbers,
    sketcher: Option<&Sketcher>,
) -> Result<Vec<Posting>, Error> {
    let mut postings = Vec::new();
    for blocks in blocks(source.len()).chunks(BLOCKS_AT_ONCE) {
        let encode = |packer: &mut Packer, rows: &Range<usize>| {
            let (mut block, mut found) = (ArticleBlockWriter::default(), Fingerprints::default());
            let mut scratch = Scratch::default();
            source.for_each(rows.clone(), &mut |article| {
                let removed = ArticleColumns::default();
                let article = article.unwrap_or(&removed);
                block.push(article, |token| numbers.number(token));
                if let Some(sketcher) = sketcher {
                    sketcher.fingerprint(&article.tokens, &mut scratch, &mut found);
                }
            })?;
            let of_row = |(index, row): (usize, usize)| {
                found.of(index).iter().map(move |fingerprint| (fingerprint.value, row as u32))
            };
            let sketched = sketcher.map(|_| rows.clone().enumerate());
            let found: Vec<Posting> = sketched.into_iter().flatten().flat_map(of_row).collect();
            Ok((packer.pack(&block.finish(), true), found))
        };
        let encoded: Result<Vec<_>, Error> = blocks.par_iter().map_init(Packer::default, encode).collect();
        for (block, found) in encoded? {
            let block = block.map_err(|source| file.unwritable(source))?;
            file.packed_block(section::ARTICLES, &block)?;
            postings.extend(found);
        }
    }
    Ok(postings)
}

fn write_postings(
    file: &mut BlockFileWriter,
    sections: [u8; 2],
    postings: &mut Vec<Posting>,
) -> Result<(), Error> {
    postings.par_sort_unstable();
    // An article may have a fingerprint several times.
    postings.dedup();
    let mut writer = PostingsWriter::new(file, sections);
    postings.iter().try_for_each(|&(value, row)| writer.push(value, row))?;
    writer.finish()
}
