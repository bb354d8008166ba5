//! Computes XXH3 hashes of words: of many words of up to eight bytes at a time, or of one word of any length.
//!
//! Invariant: the hashes are those of the published function (64 bits, seed 0).
//! Cost: two multiplications for a word of up to eight bytes, without branches, on vector registers.
//! Source: Collet, xxHash 0.8, `XXH3_len_1to3_64b`, `XXH3_len_4to8_64b` and `XXH3_len_9to16_64b`.

use multiversion::multiversion;
use xxhash_rust::xxh3::xxh3_64;

use super::token::Token;

/// The number of bytes in the longest word that is hashed together with others.
pub(super) const SHORT: usize = 8;
/// The number of bytes in the longest word that is hashed by the code of this file. The library hashes longer ones.
const MIDDLE: usize = 16;

// Parts of the secret of XXH3 for seed 0. It mixes them into inputs of one to three, four to eight, and nine to
// sixteen bytes.
const FLIP_1_TO_3: u64 = 0x8727_5A9B;
const FLIP_4_TO_8: u64 = 0xC73A_B174_C5EC_D5A2;
const FLIP_9_TO_16: [u64; 2] = [0x6782_737B_EA42_39B9, 0xAF56_BC3B_0996_523A];

// Factors, by their names in the source.
const PRIME64_2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const PRIME64_3: u64 = 0x1656_67B1_9E37_79F9;
const PRIME_MX1: u64 = 0x1656_6791_9E37_79F9;
const PRIME_MX2: u64 = 0x9FB2_1C65_1E98_DF25;

/// Computes the tokens and hashes of ASCII words of one to eight letters and digits.
///
/// `words` contains the bytes of each word in lower case, the first byte lowest; the bytes after a shorter word may
/// be anything. `spans` contains the begin and the end of each word. The token and the hash of a longer word are
/// meaningless.
#[multiversion(targets = "simd")]
pub(super) fn hash_short(words: &[u64], spans: &[(u32, u32)], tokens: &mut [Token], hashes: &mut [u8]) {
    let (hashes, _) = hashes.as_chunks_mut::<{ size_of::<u64>() }>();
    for (((&word, &(begin, end)), token), hash) in words.iter().zip(spans).zip(tokens).zip(hashes) {
        let length = u64::from((end - begin).min(SHORT as u32));
        let word = word & u64::MAX >> (64 - 8 * length);
        let value = short(word, length);
        *hash = value.to_le_bytes();
        *token = Token::new(value, has_digit(word));
    }
}

/// Returns the hash of one to eight bytes, the first byte lowest. The bytes after them must be 0.
#[inline(always)]
fn short(word: u64, length: u64) -> u64 {
    let is_tiny = length < 4;
    let last = word >> (8 * (length - 1));
    let middle = word >> (8 * (length >> 1)) & 0xFF;
    // The next step of XXH3 mixes in the bits above bit 33. They are 0 for such a short word.
    let tiny = ((word & 0xFF) << 16 | middle << 24 | last | length << 8) ^ FLIP_1_TO_3;
    let last_four = word >> (8 * length.saturating_sub(4));
    let wide = (word << 32).wrapping_add(last_four) ^ FLIP_4_TO_8;
    let wide = wide ^ wide.rotate_left(49) ^ wide.rotate_left(24);
    let factor = if is_tiny { PRIME64_2 } else { PRIME_MX2 };
    let hash = if is_tiny { tiny } else { wide }.wrapping_mul(factor);
    let hash = if is_tiny { hash ^ hash >> 29 } else { hash ^ (hash >> 35).wrapping_add(length) };
    let factor = if is_tiny { PRIME64_3 } else { PRIME_MX2 };
    let hash = hash.wrapping_mul(factor);
    if is_tiny { hash ^ hash >> 32 } else { hash ^ hash >> 28 }
}

/// Returns the hash of nine to sixteen bytes. `first` and `last` are the first and the last eight of them, the first
/// byte lowest.
#[inline]
fn middle(first: u64, last: u64, length: u64) -> u64 {
    let first = first ^ FLIP_9_TO_16[0];
    let last = last ^ FLIP_9_TO_16[1];
    let product = u128::from(first) * u128::from(last);
    let folded = product as u64 ^ (product >> 64) as u64;
    let sum = length.wrapping_add(first.swap_bytes()).wrapping_add(last).wrapping_add(folded);
    let hash = (sum ^ sum >> 37).wrapping_mul(PRIME_MX1);
    hash ^ hash >> 32
}

/// Returns the token and the hash of an ASCII word of nine or more letters and digits, in upper or lower case.
#[inline]
pub(super) fn hash_long(word: &[u8]) -> (Token, u64) {
    if let (Some(first), Some(last), ..=MIDDLE) = (word.first_chunk(), word.last_chunk(), word.len()) {
        let (first, last) = (lower(u64::from_le_bytes(*first)), lower(u64::from_le_bytes(*last)));
        let hash = middle(first, last, word.len() as u64);
        return (Token::new(hash, has_digit(first) | has_digit(last)), hash);
    }
    let hash = xxh3_64(&word.to_ascii_lowercase());
    (Token::new(hash, word.iter().any(u8::is_ascii_digit)), hash)
}

/// Returns the hash of any word.
#[inline]
pub(super) fn hash_folded(word: &[u8]) -> u64 {
    match word.len() {
        1..=SHORT => {
            let mut bytes = [0; SHORT];
            bytes[..word.len()].copy_from_slice(word);
            short(u64::from_le_bytes(bytes), word.len() as u64)
        }
        _ => match (word.first_chunk(), word.last_chunk(), word.len()) {
            (Some(first), Some(last), ..=MIDDLE) => {
                middle(u64::from_le_bytes(*first), u64::from_le_bytes(*last), word.len() as u64)
            }
            _ => xxh3_64(word),
        },
    }
}

/// Returns eight ASCII letters and digits in lower case. Other bytes are changed in no meaningful way.
#[inline(always)]
pub(super) fn lower(word: u64) -> u64 {
    word | 0x2020_2020_2020_2020
}

/// Returns whether there is a digit among eight bytes that are ASCII letters in lower case, digits, or 0.
#[inline(always)]
fn has_digit(word: u64) -> bool {
    // Of these bytes only digits have bit 5 set and bit 6 clear.
    word & !(word >> 1) & 0x2020_2020_2020_2020 != 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(word: &str) -> (Token, u64) {
        let folded = word.to_ascii_lowercase();
        let hash = xxh3_64(folded.as_bytes());
        (Token::new(hash, folded.bytes().any(|byte| byte.is_ascii_digit())), hash)
    }

    proptest! {
        #[test]
        fn same_hashes_of_short_words_as_the_library(
            words in prop::collection::vec("[a-zA-Z0-9]{1,8}", 0..40), padding in any::<u8>()
        ) {
            let text = words.concat();
            let (mut spans, mut bytes, mut at) = (Vec::new(), Vec::new(), 0);
            for word in &words {
                let mut eight = [padding; SHORT];
                eight[..word.len()].copy_from_slice(word.as_bytes());
                bytes.push(lower(u64::from_le_bytes(eight)));
                spans.push((at, at + word.len() as u32));
                at += word.len() as u32;
            }
            let mut tokens = vec![Token::new(0, false); words.len()];
            let mut hashes = vec![0; words.len() * SHORT];
            hash_short(&bytes, &spans, &mut tokens, &mut hashes);
            for (index, word) in words.iter().enumerate() {
                let hash = u64::from_le_bytes(hashes[SHORT * index..][..SHORT].try_into().unwrap());
                prop_assert_eq!((tokens[index], hash), naive(word), "{} of {}", word, text);
            }
        }

        #[test]
        fn same_hash_of_a_long_word(word in "[a-zA-Z0-9]{9,30}") {
            prop_assert_eq!(hash_long(word.as_bytes()), naive(&word));
        }

        #[test]
        fn same_hash_of_any_bytes(word in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(hash_folded(&word), xxh3_64(&word));
        }
    }
}
