//! The frame of a manifest: a magic number, the version of the format, the content, a checksum of all that.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::error::{ArchiveProblem, DamagedPart, Error};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "manifest";
/// The name of a manifest that is being written.
pub(super) const NEW_MANIFEST: &str = "manifest.new";
/// The first bytes of a manifest. No text begins so.
pub(super) const MANIFEST_MAGIC: [u8; 8] = *b"\x89WCYMAN\n";
/// The version of the format of all files of an archive.
pub(super) const FORMAT_VERSION: u32 = 1;

/// Returns the bytes of a manifest.
pub(super) fn encode_manifest(content: &[u8]) -> Vec<u8> {
    let mut bytes = [&MANIFEST_MAGIC[..], &FORMAT_VERSION.to_le_bytes(), content].concat();
    bytes.extend(xxh3_64(&bytes).to_le_bytes());
    bytes
}

/// Returns the content of a manifest of the archive in `folder`. Its checksum is in the same place in every version.
///
/// # Errors
/// [`ArchiveProblem::NotAnArchive`] if it does not begin as a manifest does.
pub(super) fn decode_manifest(folder: &Path, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let error = |problem| Error::archive(folder, problem);
    let damaged = || error(ArchiveProblem::Damaged { file: MANIFEST.to_owned(), part: DamagedPart::Frame });
    let Some(rest) = bytes.strip_prefix(&MANIFEST_MAGIC) else {
        return Err(error(ArchiveProblem::NotAnArchive));
    };
    let (rest, checksum) = rest.split_last_chunk().ok_or_else(damaged)?;
    let (version, content) = rest.split_first_chunk().ok_or_else(damaged)?;
    if xxh3_64(&bytes[..bytes.len() - checksum.len()]) != u64::from_le_bytes(*checksum) {
        return Err(damaged());
    }
    match u32::from_le_bytes(*version) {
        FORMAT_VERSION => Ok(content.to_owned()),
        found => Err(error(ArchiveProblem::OtherVersion {
            file: MANIFEST.to_owned(),
            found,
            known: FORMAT_VERSION,
        })),
    }
}
