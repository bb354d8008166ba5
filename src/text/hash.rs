//! Words in, their XXH3 hashes out: the published function (64 bits, seed 0), laid out for many words of up to eight
//! bytes at a time, and for one of up to sixteen.
//!
//! Cost: two multiplications a word, without branches, on vector registers.
//! Source: Collet, xxHash 0.8, `XXH3_len_1to3_64b`, `XXH3_len_4to8_64b` and `XXH3_len_9to16_64b`.

use multiversion::multiversion;
use xxhash_rust::xxh3::xxh3_64;

use super::token::Token;

/// The bytes of the longest word that is hashed together with others.
pub(super) const SHORT: usize = 8;
/// The bytes of the longest word that is hashed here.
const MIDDLE: usize = 16;

// What the function mixes into its input: parts of its secret, for seed 0.
const FLIP_1_TO_3: u64 = 0x8727_5A9B;
const FLIP_4_TO_8: u64 = 0xC73A_B174_C5EC_D5A2;
const FLIP_9_TO_16: [u64; 2] = [0x6782_737B_EA42_39B9, 0xAF56_BC3B_0996_523A];

/// Makes the tokens and hashes of ASCII words of one to eight letters and digits, of which `words` holds the bytes in
/// lower case, the first one lowest, and any bytes behind them; `spans` their begins and ends. For a longer word it
/// makes something that means nothing.
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

/// Hashes one to eight bytes, the first one lowest, with nothing behind them.
#[inline(always)]
fn short(word: u64, length: u64) -> u64 {
    let is_tiny = length < 4;
    let last = word >> (8 * (length - 1));
    let middle = word >> (8 * (length >> 1)) & 0xFF;
    // The function's next step mixes in what stands above bit 33: nothing, in so short a word.
    let tiny = ((word & 0xFF) << 16 | middle << 24 | last | length << 8) ^ FLIP_1_TO_3;
    let behind = word >> (8 * length.saturating_sub(4));
    let wide = (word << 32).wrapping_add(behind) ^ FLIP_4_TO_8;
    let wide = wide ^ wide.rotate_left(49) ^ wide.rotate_left(24);
    let factor = if is_tiny { 0xC2B2_AE3D_27D4_EB4F } else { 0x9FB2_1C65_1E98_DF25 };
    let hash = if is_tiny { tiny } else { wide }.wrapping_mul(factor);
    let hash = if is_tiny { hash ^ hash >> 29 } else { hash ^ (hash >> 35).wrapping_add(length) };
    let factor = if is_tiny { 0x1656_67B1_9E37_79F9 } else { 0x9FB2_1C65_1E98_DF25 };
    let hash = hash.wrapping_mul(factor);
    if is_tiny { hash ^ hash >> 32 } else { hash ^ hash >> 28 }
}

/// Hashes nine to sixteen bytes: the first eight and the last eight of them, the first one lowest.
#[inline]
fn middle(first: u64, last: u64, length: u64) -> u64 {
    let first = first ^ FLIP_9_TO_16[0];
    let last = last ^ FLIP_9_TO_16[1];
    let product = u128::from(first) * u128::from(last);
    let folded = product as u64 ^ (product >> 64) as u64;
    let sum = length.wrapping_add(first.swap_bytes()).wrapping_add(last).wrapping_add(folded);
    let hash = (sum ^ sum >> 37).wrapping_mul(0x1656_6791_9E37_79F9);
    hash ^ hash >> 32
}

/// Makes the token and the hash of an ASCII word of letters and digits in any case.
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

/// Hashes any word.
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

/// Gives eight ASCII letters and digits in lower case; whatever else stands among them comes out as something else.
#[inline(always)]
pub(super) fn lower(word: u64) -> u64 {
    word | 0x2020_2020_2020_2020
}

/// Tells whether there is a digit among eight bytes that are ASCII letters in lower case, digits, or 0: only digits
/// have bit 5 without bit 6.
#[inline(always)]
fn has_digit(word: u64) -> bool {
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
        fn same_hashes_as_the_library(words in prop::collection::vec("[a-zA-Z0-9]{1,8}", 0..40), behind in any::<u8>()) {
            let text = words.concat();
            let (mut spans, mut bytes, mut at) = (Vec::new(), Vec::new(), 0);
            for word in &words {
                let mut eight = [behind; SHORT];
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
