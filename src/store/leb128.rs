//! Encodes numbers as bytes, and decodes them (LEB128): a number below 128 takes one byte, the largest takes five.

/// Appends the encoding of a number.
pub(crate) fn push_leb128(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Decodes the first number, and moves the iterator past it.
pub(crate) fn take_leb128(bytes: &mut std::slice::Iter<'_, u8>) -> u32 {
    let mut number = 0;
    for (index, &byte) in bytes.enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * index);
        if byte < 0x80 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decoded_as_they_were_encoded() {
        let numbers = [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX - 1, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| push_leb128(&mut bytes, number));
        assert_eq!(bytes.len(), 1 + 1 + 1 + 2 + 2 + 2 + 3 + 5 + 5);
        let mut rest = bytes.iter();
        assert_eq!(numbers.map(|_| take_leb128(&mut rest)), numbers);
        assert!(rest.as_slice().is_empty());
    }
}
