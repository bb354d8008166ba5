//! Takes the content out of the files that contain it: decompresses gzip and Zstandard.

mod compression;
mod decompressed;
mod gzip;
mod member_starts;
mod zstd_dictionary;

pub use self::compression::Compression;
pub(super) use self::decompressed::DecompressedBytes;
