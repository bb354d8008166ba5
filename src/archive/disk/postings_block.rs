//! Encodes a block of postings as bytes, and decodes it.
//!
//! A block is: the number of postings (2 bytes), the bits of a step and of a row (1 byte each), the least row (4
//! bytes), the postings, and padding. A posting is the step from the last value to its value (the first one is 0: the
//! first value of a block is in the index), and its row less the least row, each with the number of bits that the
//! largest one in the block needs.
//!
//! Why not LEB128: the end of each number would have to be found before the next one can be read. Reading ten million
//! postings took 1.6 times as long, and they took 4.5 bytes each instead of 4.2.

/// The most postings in a block. Finding a value reads and decodes a whole block: with 512, 130 values among ten million
/// take 1.4 times as long. Each block costs 36 bytes of memory in an open file, and 30 of the file.
pub(super) const BLOCK_POSTINGS: usize = 256;
/// The length of what is before the postings.
const HEAD_BYTES: usize = 8;
/// The zeros after the postings. A number is read as the eight bytes from the one on that has its first bit; a number of
/// no bits may begin after the last posting.
const PADDING: usize = 8;

/// Appends the encoding of a block. Postings are in ascending order, and at least one.
pub(super) fn encode_block(postings: &[(u32, u32)], out: &mut Vec<u8>) {
    let steps = || {
        postings.iter().scan(postings[0].0, |last, &(value, _)| Some(value - std::mem::replace(last, value)))
    };
    let rows = || postings.iter().map(|&(_, row)| row);
    let least_row = rows().min().unwrap_or(0);
    let step_bits = bits(steps().max().unwrap_or(0));
    let row_bits = bits(rows().max().unwrap_or(0) - least_row);
    out.extend((postings.len() as u16).to_le_bytes());
    out.extend([step_bits as u8, row_bits as u8]);
    out.extend(least_row.to_le_bytes());
    let (mut pending, mut pending_bits) = (0_u64, 0);
    let mut push = |number: u32, bits: u32| {
        pending |= u64::from(number) << pending_bits;
        pending_bits += bits;
        while pending_bits >= u8::BITS {
            out.push(pending as u8);
            pending >>= u8::BITS;
            pending_bits -= u8::BITS;
        }
    };
    for (step, row) in steps().zip(rows()) {
        push(step, step_bits);
        push(row - least_row, row_bits);
    }
    push(0, u8::BITS - 1);
    out.extend([0; PADDING]);
}

/// Replaces the content of `postings` by those of a block, the first of which has this value; without those of values greater
/// than `last_value`.
///
/// Returns `None` if the bytes are no block.
pub(super) fn decode_block(
    first_value: u32,
    last_value: u32,
    bytes: &[u8],
    postings: &mut Vec<(u32, u32)>,
) -> Option<()> {
    postings.clear();
    let (head, packed) = bytes.split_first_chunk::<HEAD_BYTES>()?;
    let [count_0, count_1, step_bits, row_bits, least_row @ ..] = *head;
    let count = usize::from(u16::from_le_bytes([count_0, count_1]));
    let (step_bits, row_bits) = (usize::from(step_bits), usize::from(row_bits));
    let is_valid = (1..=BLOCK_POSTINGS).contains(&count) && step_bits.max(row_bits) <= u32::BITS as usize;
    if !is_valid || packed.len() != (count * (step_bits + row_bits)).div_ceil(8) + PADDING {
        return None;
    }
    let (step_mask, row_mask) = ((1 << step_bits) - 1, (1 << row_bits) - 1);
    // With 64 bits, no sum overflows; invalid bytes may have sums with more than 32.
    let mut value = u64::from(first_value);
    let least_row = u64::from(u32::from_le_bytes(least_row));
    let last_value = u64::from(last_value);
    let is_in_one_word = step_bits + row_bits <= WORD_BITS;
    let mut all_rows = 0;
    let mut bit = 0;
    for _ in 0..count {
        let word = word_at(packed, bit)?;
        value += word & step_mask;
        if value > last_value {
            break;
        }
        let packed_row = if is_in_one_word { word >> step_bits } else { word_at(packed, bit + step_bits)? };
        let row = least_row + (packed_row & row_mask);
        all_rows |= row;
        postings.push((value as u32, row as u32));
        bit += step_bits + row_bits;
    }
    (value.max(all_rows) <= u64::from(u32::MAX)).then_some(())
}

/// The least number of bits that [`word_at`] returns.
const WORD_BITS: usize = 57;

/// Returns the bits from one on: at least [`WORD_BITS`].
#[inline]
fn word_at(bytes: &[u8], bit: usize) -> Option<u64> {
    let word = bytes.get(bit / 8..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word) >> (bit % 8))
}

/// Returns the number of bits that a number needs.
fn bits(number: u32) -> u32 {
    u32::BITS - number.leading_zeros()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn blocks_are_decoded_as_they_were_encoded(
            list in prop::collection::btree_set(any::<(u32, u32)>(), 1..BLOCK_POSTINGS + 1),
            value_bits in 0..33_u32,
            row_bits in 0..33_u32,
        ) {
            let keep = |number: u32, bits: u32| (u64::from(number) >> (u32::BITS - bits)) as u32;
            let list: BTreeSet<(u32, u32)> =
                list.into_iter().map(|(value, row)| (keep(value, value_bits), keep(row, row_bits))).collect();
            let list: Vec<(u32, u32)> = list.into_iter().collect();
            let (mut bytes, mut decoded) = (Vec::new(), vec![(0, 0)]);
            encode_block(&list, &mut bytes);
            let mut decode = |last_value: u32, bytes: &[u8]| {
                decode_block(list[0].0, last_value, bytes, &mut decoded).map(|()| decoded.clone())
            };
            for last_value in [u32::MAX, list[0].0, list[list.len() / 2].0] {
                let expected = list.iter().copied().filter(|&(value, _)| value <= last_value);
                prop_assert_eq!(decode(last_value, &bytes), Some(expected.collect::<Vec<_>>()));
            }
            for length in 0..bytes.len() {
                prop_assert_eq!(decode(u32::MAX, &bytes[..length]), None);
            }
        }

        #[test]
        fn invalid_blocks_cause_no_panic(
            first_value in any::<u32>(),
            count in 0..=BLOCK_POSTINGS as u16,
            bits in (0..40_u8, 0..40_u8),
            least_row in any::<u32>(),
            filler in any::<u8>(),
        ) {
            let packed = (usize::from(count) * usize::from(bits.0 + bits.1)).div_ceil(8);
            let mut bytes = count.to_le_bytes().to_vec();
            bytes.extend([bits.0, bits.1]);
            bytes.extend(least_row.to_le_bytes());
            bytes.resize(bytes.len() + packed + PADDING, filler);
            let mut postings = Vec::new();
            if decode_block(first_value, u32::MAX, &bytes, &mut postings).is_some() {
                prop_assert!(postings.len() == usize::from(count) && postings.is_sorted_by_key(|posting| posting.0));
            }
        }
    }
}
