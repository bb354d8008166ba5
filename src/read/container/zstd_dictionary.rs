//! Reads the dictionary with which the frames of a Zstandard file are compressed, if the file begins with it.
//!
//! Web archives (`.warc.zst`) begin with a skippable frame that has the dictionary, either as it is or compressed
//! (IIPC, "Zstandard compression for WARC files", 2021).

use std::io::{self, Read};

/// The magic number of the frame that has the dictionary.
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// The first bytes of a dictionary.
const DICTIONARY_MAGIC: [u8; 4] = [0x37, 0xa4, 0x30, 0xec];
/// The largest dictionary that is read, and its largest compressed form, so that neither is a bomb. Dictionaries of some
/// hundred kilobytes are usual.
const LARGEST_DICTIONARY: u64 = 10 << 20;

/// The dictionary at the beginning of a file, and the bytes that were read to find out.
#[derive(Debug)]
pub(super) struct LeadingDictionary {
    /// The dictionary; empty if the file does not begin with one.
    pub(super) dictionary: Vec<u8>,
    /// The bytes that are content all the same.
    pub(super) read: Vec<u8>,
}

impl LeadingDictionary {
    /// Reads the dictionary of a file that begins with `magic` and continues in `rest`.
    pub(super) fn read(magic: &[u8], rest: &mut dyn Read) -> io::Result<Self> {
        let mut read = magic.to_vec();
        let none = |read| Ok(Self { dictionary: Vec::new(), read });
        if magic != DICTIONARY_FRAME {
            return none(read);
        }
        rest.take(4).read_to_end(&mut read)?;
        let Some(&[a, b, c, d]) = read.get(4..8) else { return none(read) };
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        if length > LARGEST_DICTIONARY {
            return none(read);
        }
        rest.take(length).read_to_end(&mut read)?;
        let frame = &read[8..];
        let mut dictionary = Vec::new();
        if frame.starts_with(&DICTIONARY_MAGIC) {
            dictionary.extend_from_slice(frame);
        } else if let Ok(decoder) = zstd::stream::read::Decoder::new(frame) {
            // Another skippable frame is no dictionary, and is skipped as such.
            let unpacked = decoder.take(LARGEST_DICTIONARY).read_to_end(&mut dictionary);
            if unpacked.is_err() || !dictionary.starts_with(&DICTIONARY_MAGIC) {
                dictionary.clear();
            }
        }
        Ok(Self { dictionary, read })
    }
}
