//! Defines [`Fingerprint`], the record of a shingle that winnowing chose.

/// A winnowed shingle with its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Fingerprint {
    /// The upper half of the shingle's hash.
    pub value: u32,
    /// The index of the shingle's first token.
    pub position: u32,
}

impl Fingerprint {
    /// Returns the part of a shingle's hash that is stored: its upper half.
    pub(crate) fn value_of(shingle: u64) -> u32 {
        (shingle >> 32) as u32
    }
}
