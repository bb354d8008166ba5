//! Reads numbers and byte strings from bytes that may be damaged: every function returns `None` at their end.

/// A position in bytes.
pub(super) struct ByteReader<'a>(&'a [u8]);

impl<'a> ByteReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns whether all bytes were read.
    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the next bytes.
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Returns the next bytes as an array.
    pub(super) fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        self.take(LENGTH)?.try_into().ok()
    }

    /// Returns the next number that was written by [`push_number`].
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Returns the next number, if it fits into the type.
    pub(super) fn number_as<T: TryFrom<u64>>(&mut self) -> Option<T> {
        self.number()?.try_into().ok()
    }

    /// Returns the next byte string that was written by [`push_bytes`].
    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number_as()?;
        self.take(length)
    }
}

/// Appends a number of 64 bits as LEB128.
pub(super) fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a byte string with its length.
pub(super) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_and_bytes_are_read_as_they_were_written(
            numbers in prop::collection::vec(any::<u64>().prop_flat_map(|number| (0_u32..64).prop_map(move |shift| number >> shift)), 0..9),
            bytes in prop::collection::vec(any::<u8>(), 0..20),
            cut in 0_usize..40,
        ) {
            let mut out = Vec::new();
            for &number in &numbers {
                push_number(&mut out, number);
            }
            push_bytes(&mut out, &bytes);
            let mut reader = ByteReader::new(&out);
            for &number in &numbers {
                prop_assert_eq!(reader.number(), Some(number));
            }
            prop_assert_eq!(reader.bytes(), Some(&bytes[..]));
            prop_assert!(reader.is_at_end());
            // What is cut off is missed, and nothing is read beyond the end.
            let mut reader = ByteReader::new(&out[..out.len().saturating_sub(cut + 1)]);
            let all = numbers.iter().all(|_| reader.number().is_some()) && reader.bytes().is_some();
            prop_assert!(!all);
        }
    }
}
