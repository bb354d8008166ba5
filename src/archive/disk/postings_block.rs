//! Encodes postings as bytes, and decodes them.
//!
//! A posting is a value and a row. In a block, each is two numbers in LEB128: the difference between its value and
//! the last one; then, if that is 0, the difference between its row and the last one, less 1, else the row. A block
//! begins as if a posting with its first value and no row were before it.

use crate::store::push_leb128;

/// The most bytes that a number takes.
const LONGEST_NUMBER: usize = 5;
/// The bit that says that the number continues in the next byte, in each of eight bytes.
const CONTINUES: u64 = 0x8080_8080_8080_8080;

/// The last posting, from which the next one is encoded or decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastPosting {
    value: u32,
    /// The row after the last one.
    next_row: u64,
}

impl LastPosting {
    /// Creates the beginning of a block, whose first posting has this value.
    pub(super) fn new(first_value: u32) -> Self {
        Self { value: first_value, next_row: 0 }
    }

    /// Appends a posting, which is after the last one.
    pub(super) fn encode(&mut self, value: u32, row: u32, out: &mut Vec<u8>) {
        let step = value - self.value;
        push_leb128(out, step);
        push_leb128(out, if step == 0 { (u64::from(row) - self.next_row) as u32 } else { row });
        *self = Self { value, next_row: u64::from(row) + 1 };
    }

    /// Decodes the next posting, and moves `bytes` behind it.
    ///
    /// Returns `None` at the end, or if the bytes are no posting: then some are left.
    #[inline]
    pub(super) fn decode(&mut self, bytes: &mut &[u8]) -> Option<(u32, u32)> {
        let (step, row) = take_pair(bytes)?;
        let value = self.value.checked_add(step)?;
        let row = if step == 0 { self.next_row + u64::from(row) } else { u64::from(row) };
        let posting = (value, u32::try_from(row).ok()?);
        *self = Self { value, next_row: row + 1 };
        Some(posting)
    }
}

/// Decodes two numbers, and moves `bytes` behind them. Returns `None`, and moves nothing, if there are none.
#[inline]
fn take_pair(bytes: &mut &[u8]) -> Option<(u32, u32)> {
    // Most pairs are in the next eight bytes: their ends are found without a branch for each byte.
    if let Some(word) = bytes.first_chunk().map(|word| u64::from_le_bytes(*word)) {
        let ends = !word & CONTINUES;
        let second_end = ends & ends.wrapping_sub(1);
        if second_end != 0 {
            let first_bits = ends.trailing_zeros() + 1;
            let bits = second_end.trailing_zeros() + 1;
            if first_bits <= 8 * LONGEST_NUMBER as u32 && bits - first_bits <= 8 * LONGEST_NUMBER as u32 {
                *bytes = &bytes[bits as usize / 8..];
                let first = word & (u64::MAX >> (u64::BITS - first_bits));
                let second = (word >> first_bits) & (u64::MAX >> (u64::BITS - (bits - first_bits)));
                return Some((join(first)?, join(second)?));
            }
        }
    }
    let mut rest = *bytes;
    let pair = (take_number(&mut rest)?, take_number(&mut rest)?);
    *bytes = rest;
    Some(pair)
}

/// Joins the groups of seven bits of a number of at most five bytes. Returns `None` if it has more than 32 bits.
#[inline]
fn join(word: u64) -> Option<u32> {
    let number = word & 0x7F
        | (word & 0x7F00) >> 1
        | (word & 0x7F_0000) >> 2
        | (word & 0x7F00_0000) >> 3
        | (word & 0x7F_0000_0000) >> 4;
    u32::try_from(number).ok()
}

/// Decodes one number, and moves `bytes` behind it.
fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let length = 1 + bytes.iter().take(LONGEST_NUMBER).position(|byte| byte & 0x80 == 0)?;
    let (number, rest) = bytes.split_at(length);
    *bytes = rest;
    let mut word = [0; 8];
    word[..length].copy_from_slice(number);
    join(u64::from_le_bytes(word))
}
