//! Identifies articles from one run to the next.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::corpus::Corpus;
use super::row::Field;
use super::segment_store::SegmentStore;
use super::stored_segment::StoredSegment;
use crate::article::ArticleId;
use crate::site::outlet_of;

/// The hashes that identify an article from one run to the next, and by which similar ones are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    /// A hash of the key. If the key is only the location of the record, which is another article in the next file of that
    /// name: a hash of what the record says.
    pub(crate) key: u64,
    /// A hash of the words.
    pub(crate) content: u64,
    /// A hash of the outlet; 0 if the site is unknown.
    pub(crate) outlet: u64,
    /// The number of words.
    pub(crate) words: u32,
}

/// Returns the hash by which a key identifies an article.
pub(crate) fn hash_of_key(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

impl StoredSegment {
    /// Returns what identifies the article at `index`.
    pub(crate) fn identity(&self, index: usize, store: &SegmentStore) -> Identity {
        let (row, string) = (self.row(index, store), |field| self.string(index, field, store));
        let key = string(Field::Key).unwrap_or_default();
        let location = self.location(index, store);
        let is_location = key
            .strip_prefix(location.file)
            .is_some_and(|line| line.strip_prefix(':') == Some(&location.line.to_string()));
        let key = if is_location {
            let mut hash = Xxh3::new();
            hash.update(&row.content().to_le_bytes());
            for field in [Field::Site, Field::Published, Field::Title] {
                let value = string(field).unwrap_or_default();
                hash.update(&(value.len() as u64).to_le_bytes());
                hash.update(value.as_bytes());
            }
            hash.digest()
        } else {
            hash_of_key(key)
        };
        Identity {
            key,
            content: (row.content() >> 64) as u64,
            outlet: string(Field::Site).map_or(0, |site| xxh3_64(outlet_of(site).as_bytes())),
            words: self.words(index) as u32,
        }
    }
}

impl Corpus {
    /// Returns what identifies an article.
    pub(crate) fn identity(&self, id: ArticleId) -> Identity {
        let (segment, index) = self.segment(id);
        segment.identity(index, &self.store)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::retained::Retained;
    use super::super::segment::Segment;
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::{Tokens, tokenize};

    #[test]
    fn a_location_is_no_key() {
        // Key, file, line, text, and the letter of the article that it is.
        let cases = [
            ("a", "monday.csv", 2, "The ferry is late.", 'a'),
            ("a", "tuesday.csv", 3, "The tram is late.", 'a'),
            ("day.csv:2", "day.csv", 2, "The ferry is late.", 'b'),
            ("day.csv:2", "day.csv", 2, "The tram is late.", 'c'),
            ("day.csv:9", "day.csv", 9, "The ferry is late.", 'b'),
            ("day.csv:2", "other.csv", 2, "The ferry is late.", 'd'),
            ("day.csv:2", "other.csv", 2, "The tram is late.", 'd'),
        ];
        let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
        for &(key, file, line, text, _) in &cases {
            tokenize(text, &mut tokens);
            let location = Location { file: file.into(), line };
            segment.push(Article { location, ..Article::new(key, text) }, &tokens, Retained::TOKENS);
        }
        let (segment, store) = (segment.hold(), SegmentStore::default());
        let keys: Vec<u64> = (0..cases.len()).map(|index| segment.identity(index, &store).key).collect();
        for (one, key) in cases.iter().zip(&keys) {
            for (other, other_key) in cases.iter().zip(&keys) {
                assert_eq!(key == other_key, one.4 == other.4, "{one:?} {other:?}");
            }
        }
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 4);
    }
}
