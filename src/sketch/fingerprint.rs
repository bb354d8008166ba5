//! What is kept of a chosen shingle.

/// A winnowed shingle with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Fingerprint {
    /// The upper half of its hash.
    pub value: u32,
    /// The token with which it begins.
    pub position: u32,
}
