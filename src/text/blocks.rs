//! Classifies the bytes of a text: which belong to words, which are white space, and which are special.
//!
//! A special byte is one that may change how the text around it is divided. In a run without special bytes every
//! sequence of ASCII letters and digits is a word.
//! Output: one bit of each kind for each byte, in blocks of 64 bytes.
//! Cost: grows linearly with the length of the text; no branches, vector registers.

use multiversion::multiversion;
use multiversion::target::match_target;

/// The number of bytes in a block.
pub(super) const BLOCK: usize = 64;

/// The kinds of the bytes of one block. Bit i belongs to byte i.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// ASCII letters and digits.
    pub(super) word: u64,
    /// ASCII white space.
    pub(super) space: u64,
    /// Bytes that are not ASCII, control characters, and punctuation that may be more than the end of a word: between
    /// letters or digits, before a byte that is not ASCII, or in an address, a link or a divided word.
    pub(super) special: u64,
}

const WORD: u8 = 1;
const SPACE: u8 = 2;
const SPECIAL: u8 = 4;

/// Classifies the bytes of a text. Replaces what `out` contained. After the end of the text there is white space.
#[multiversion(targets = "simd")]
pub(super) fn classify(text: &[u8], out: &mut Vec<Block>) {
    out.clear();
    out.reserve(text.len() / BLOCK + 1);
    let mut begin = 0;
    while begin < text.len() {
        let kinds = match text.get(begin.wrapping_sub(1)..).and_then(|rest| rest.first_chunk()) {
            Some(window) => kinds(window),
            None => kinds(&padded(text, begin)),
        };
        let [word, space, special] = match_target! {
            "x86_64+avx512f+avx512bw" => x86::gather_512(&kinds),
            "x86_64+avx2" => x86::gather_256(&kinds),
            _ => gather(&kinds),
        };
        out.push(Block { word, space, special });
        begin += BLOCK;
    }
}

/// A block with the byte before it and the byte after it.
type Window = [u8; BLOCK + 2];

fn padded(text: &[u8], begin: usize) -> Window {
    let mut window = [b' '; BLOCK + 2];
    if begin > 0 {
        window[0] = text[begin - 1];
    }
    let rest = &text[begin..text.len().min(begin + BLOCK + 1)];
    window[1..=rest.len()].copy_from_slice(rest);
    window
}

#[inline(always)]
fn kinds(window: &Window) -> [u8; BLOCK] {
    let mut kinds = [0; BLOCK];
    for at in 0..BLOCK {
        kinds[at] = kind(window[at], window[at + 1], window[at + 2]);
    }
    kinds
}

/// Returns the kinds of `byte` between the bytes around it, as bits, without branches.
#[inline(always)]
fn kind(before: u8, byte: u8, after: u8) -> u8 {
    let is_word = is_word(byte);
    let is_white_control = byte.wrapping_sub(b'\t') < 5;
    let is_space = (byte == b' ') | is_white_control;
    // Below the space and from U+007F on.
    let is_printable = byte.wrapping_sub(b' ') < 0x7F - b' ';
    let joins = (byte == b'\'') | (byte == b'.') | (byte == b',') | (byte == b';');
    let special = !(is_printable | is_white_control)
        | joins & (is_word_or_non_ascii(after))
        | (byte == b'.') & (before | 0x20 == b'w')
        | (byte == b':') & (after == b'/')
        | (byte == b']') & ((after == b'(') | (after == b'[') | (after == b':'))
        | (byte == b'-') & ((after == b'\n') | (after == b'\r'));
    (u8::from(is_word) * WORD) | (u8::from(is_space) * SPACE) | (u8::from(special) * SPECIAL)
}

#[inline(always)]
fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

#[inline(always)]
fn is_word_or_non_ascii(byte: u8) -> bool {
    is_word(byte) | !byte.is_ascii()
}

/// Collects the bits of each kind.
#[allow(dead_code, reason = "a build for one known processor may not need it")]
#[inline(always)]
fn gather(kinds: &[u8; BLOCK]) -> [u64; 3] {
    let (eights, _) = kinds.as_chunks::<8>();
    [0, 1, 2].map(|bit| {
        let mut bits = 0;
        for (at, eight) in eights.iter().enumerate() {
            let eight = u64::from_le_bytes(*eight) >> bit & 0x0101_0101_0101_0101;
            // Moves bit 0 of byte i to bit 56 + i. No two of the partial products share a bit, so nothing is carried.
            bits |= (eight.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
        }
        bits
    })
}

/// The same by processor instructions that exist for this purpose, and that compilers do not find.
///
/// If a build requires these instructions of every processor (`target-cpu=native`), then `multiversion` does not mark
/// functions as able to call them. [`gather`] replaces them in such a build.
#[cfg(target_arch = "x86_64")]
mod x86 {
    #[cfg(not(target_feature = "avx2"))]
    use std::arch::x86_64::{__m256i, _mm256_movemask_epi8, _mm256_set_epi64x, _mm256_slli_epi64};
    #[cfg(not(target_feature = "avx512bw"))]
    use std::arch::x86_64::{_mm512_set_epi64, _mm512_set1_epi8, _mm512_test_epi8_mask};

    #[cfg(target_feature = "avx2")]
    #[allow(unused_imports, reason = "unused if the processor has AVX-512, too")]
    pub(super) use super::gather as gather_256;
    #[cfg(target_feature = "avx512bw")]
    pub(super) use super::gather as gather_512;
    #[cfg(not(target_feature = "avx512bw"))]
    use super::{BLOCK, SPACE, SPECIAL, WORD};

    #[cfg(not(target_feature = "avx512bw"))]
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn gather_512(kinds: &[u8; BLOCK]) -> [u64; 3] {
        let [a, b, c, d, e, f, g, h] = eights(kinds);
        let kinds = _mm512_set_epi64(h, g, f, e, d, c, b, a);
        [WORD, SPACE, SPECIAL].map(|kind| _mm512_test_epi8_mask(kinds, _mm512_set1_epi8(kind as i8)))
    }

    #[cfg(not(target_feature = "avx2"))]
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn gather_256(kinds: &[u8; BLOCK]) -> [u64; 3] {
        let [a, b, c, d, e, f, g, h] = eights(kinds);
        let (low, high) = (_mm256_set_epi64x(d, c, b, a), _mm256_set_epi64x(h, g, f, e));
        let top_bits = |half: __m256i| u64::from(_mm256_movemask_epi8(half).cast_unsigned());
        let both = |low: __m256i, high: __m256i| top_bits(low) | top_bits(high) << 32;
        [
            both(_mm256_slli_epi64::<7>(low), _mm256_slli_epi64::<7>(high)),
            both(_mm256_slli_epi64::<6>(low), _mm256_slli_epi64::<6>(high)),
            both(_mm256_slli_epi64::<5>(low), _mm256_slli_epi64::<5>(high)),
        ]
    }

    #[cfg(not(target_feature = "avx512bw"))]
    #[inline(always)]
    fn eights(kinds: &[u8; BLOCK]) -> [i64; 8] {
        let (eights, _) = kinds.as_chunks();
        std::array::from_fn(|at| i64::from_le_bytes(eights[at]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Classifies the bytes one by one.
    fn naive(text: &[u8]) -> Vec<Block> {
        let at = |index: usize| text.get(index).copied().unwrap_or(b' ');
        let mut out = vec![Block::default(); text.len().div_ceil(BLOCK)];
        for index in 0..out.len() * BLOCK {
            let (byte, after) = (at(index), at(index + 1));
            let before = if index == 0 { b' ' } else { at(index - 1) };
            let is_special = match byte {
                0x7F.. | 0..=8 | 0x0E..=0x1F => true,
                b'.' if matches!(before, b'w' | b'W') => true,
                b'\'' | b'.' | b',' | b';' => after.is_ascii_alphanumeric() || !after.is_ascii(),
                b':' => after == b'/',
                b']' => matches!(after, b'(' | b'[' | b':'),
                b'-' => matches!(after, b'\n' | b'\r'),
                _ => false,
            };
            let block = &mut out[index / BLOCK];
            block.word |= u64::from(byte.is_ascii_alphanumeric()) << (index % BLOCK);
            block.space |= u64::from(matches!(byte, b' ' | b'\t'..=b'\r')) << (index % BLOCK);
            block.special |= u64::from(is_special) << (index % BLOCK);
        }
        out
    }

    #[test]
    fn every_way_to_gather_gives_the_same_bits() {
        let text: [u8; BLOCK] = std::array::from_fn(|at| (at * 37 % 256) as u8);
        let mut padded_text = vec![b' '];
        padded_text.extend(text);
        padded_text.push(b' ');
        let kinds = kinds(padded_text.first_chunk().unwrap());
        let Block { word, space, special } = naive(&text)[0];
        assert_eq!(gather(&kinds), [word, space, special]);
        assert_eq!(gathered_256(&kinds), [word, space, special]);
    }

    /// Processors that have AVX-512 would not use these instructions otherwise.
    #[multiversion(targets("x86_64+avx2"))]
    fn gathered_256(kinds: &[u8; BLOCK]) -> [u64; 3] {
        match_target! {
            "x86_64+avx2" => x86::gather_256(kinds),
            _ => gather(kinds),
        }
    }

    fn classified(text: &[u8]) -> Vec<Block> {
        let mut out = vec![Block::default()];
        classify(text, &mut out);
        out
    }

    #[test]
    fn every_pair_of_bytes_is_classified_as_one_by_one() {
        for first in 0..=255 {
            for second in 0..=255 {
                for text in [&[first, second][..], &[b'w', first, second], &[b'x', first, second]] {
                    assert_eq!(classified(text), naive(text), "{text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn texts_are_classified_as_byte_by_byte(text in prop::collection::vec(prop_oneof![any::<u8>(), 32..127_u8], 0..300)) {
            prop_assert_eq!(classified(&text), naive(&text));
        }
    }
}
