//! Defines the compressions of input, and detects them.

const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The last three bytes of the magic number of a skippable Zstandard frame, with which files of `pzstd` begin; its
/// first byte is `0x50..=0x5f`.
const ZSTD_SKIPPABLE: [u8; 3] = [0x2a, 0x4d, 0x18];

/// The compression of a file. It is detected from the first bytes, never from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// No compression.
    Plain,
    /// Gzip, of one or several members.
    Gzip,
    /// Zstandard, of one or several frames.
    Zstd,
}

impl Compression {
    /// The number of bytes from which a compression is detected.
    pub(super) const MAGIC_LENGTH: usize = ZSTD_MAGIC.len();

    /// Returns the compression of a file that begins with `magic`.
    pub(super) fn of(magic: &[u8]) -> Self {
        if magic.starts_with(&GZIP_MAGIC) {
            return Self::Gzip;
        }
        match magic {
            [0x50..=0x5f, rest @ ..] if rest == ZSTD_SKIPPABLE => Self::Zstd,
            _ if magic == ZSTD_MAGIC => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// Returns the name of the compression in the records that this library writes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// Returns whether `bytes` are the beginning of a gzip member, or the beginning of its magic number.
pub(super) fn may_begin_gzip(bytes: &[u8]) -> bool {
    let length = bytes.len().min(GZIP_MAGIC.len());
    bytes[..length] == GZIP_MAGIC[..length]
}
