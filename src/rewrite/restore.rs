//! Puts removed records back into an edited input, and checks that the result is the original input.

use std::io::{self, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::compressed_output::CompressedOutput;
use super::forward_reader::ForwardReader;
use super::original_input::{OriginalInput, hex};
use super::removed_reader::RemovedReader;
use crate::error::{Error, Problem};
use crate::read::{Compression, Content, Input};

/// Puts the records back that were removed from one input. `kept` is its edited version, or `None` if everything
/// was removed and no file was left.
///
/// The output is, after decompression, byte for byte the original input.
///
/// # Errors
/// Returns an [`Error::Input`] if an input cannot be read, or if `kept` and the removed records together are not
/// the original input; an [`Error::Output`] with `name` if the output cannot be written.
pub fn restore(
    kept: Option<Input>,
    removed: &mut RemovedReader,
    original: &OriginalInput,
    name: &Path,
    compression: Compression,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let kept = kept.unwrap_or_else(|| Input::reader(&original.name, io::empty()));
    let kept_name = kept.name().to_owned();
    let mut kept = ForwardReader::new(Content::open(kept)?);
    let output = CompressedOutput::new(out, compression, name)?;
    let mut output = HashedOutput { output, hash: Xxh3::new(), bytes: 0 };
    while let Some(record) = removed.next_of(original)? {
        let bytes = record.bytes().map_err(|problem| Error::input(Path::new(&original.name), problem))?;
        // Everything between the last removed record and this one was kept.
        let kept_between = bytes.offset.min(original.bytes).saturating_sub(output.bytes);
        kept.read_to(kept.position() + kept_between, |block| output.write(block))?;
        for part in [&bytes.before, &bytes.record, &bytes.after] {
            output.write(part)?;
        }
    }
    // One byte more shows that it is not the original input: then the rest, which may be endless, is not read.
    let lacking = original.bytes.saturating_sub(output.bytes);
    kept.read_to(kept.position() + lacking + 1, |block| output.write(block))?;
    let (bytes, hash) = (output.bytes, output.hash.digest());
    if (bytes, &hex(hash)) != (original.bytes, &original.hash) {
        let problem = Problem::NotTheCopy {
            input: original.name.clone(),
            bytes,
            hash,
            expected_bytes: original.bytes,
            expected_hash: original.hash.clone(),
        };
        return Err(Error::input(Path::new(&kept_name), problem));
    }
    output.output.finish()
}

/// An output that counts and hashes its bytes before they are compressed.
struct HashedOutput<'a> {
    output: CompressedOutput<'a>,
    hash: Xxh3,
    bytes: u64,
}

impl HashedOutput<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.output.write(bytes)
    }
}
