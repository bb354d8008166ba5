//! Encodes the spans of tokens in about two bytes each, and decodes them.
//!
//! A span is encoded as its distance from the end of the span before it and its length, each as a LEB128 number.
//! Nearly always both are below 128 and have one byte.

use crate::store::{push_leb128, take_leb128};

/// Appends the encoding of the spans of one article.
pub(super) fn push_spans(out: &mut Vec<u8>, spans: &[(u32, u32)]) {
    /// The number of spans that are encoded at a time, in one byte for each number if all of them allow it.
    const AT_ONCE: usize = 64;
    let mut last = 0;
    for spans in spans.chunks(AT_ONCE) {
        let (mut bytes, mut all, mut end) = ([0; 2 * AT_ONCE], 0, last);
        for (&(from, to), step) in spans.iter().zip(bytes.chunks_exact_mut(2)) {
            let (distance, length) = (from - end, to - from);
            all |= distance | length;
            step.copy_from_slice(&[distance as u8, length as u8]);
            end = to;
        }
        if all < 0x80 {
            out.extend_from_slice(&bytes[..2 * spans.len()]);
        } else {
            for &(from, to) in spans {
                push_leb128(out, from - last);
                push_leb128(out, to - from);
                last = to;
            }
        }
        last = end;
    }
}

/// Decodes the spans of an article with `count` tokens: the begin and end of each token in the text, in bytes.
pub(super) fn decode_spans(bytes: &[u8], count: usize) -> Vec<(u32, u32)> {
    let mut bytes = bytes.iter();
    let mut last = 0;
    let mut out = Vec::with_capacity(count);
    loop {
        let (distance, length) = match *bytes.as_slice() {
            [] => break,
            [distance, length, ..] if (distance | length) < 0x80 => {
                bytes.nth(1);
                (u32::from(distance), u32::from(length))
            }
            _ => (take_leb128(&mut bytes), take_leb128(&mut bytes)),
        };
        let begin = last + distance;
        last = begin + length;
        out.push((begin, last));
    }
    out
}
