//! Names the hidden files that are beside an output while it is written.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

/// The length in bytes of the longest file name that nearly all file systems allow.
const LONGEST_NAME: usize = 255;

/// Returns the path of the file `.NAME` and `ending` beside the file with the name NAME at `path`. A name that would be
/// too long is truncated at the end of a character; a hash of the whole name then distinguishes it from others.
///
/// # Errors
/// Returns an error if the path ends with no name.
pub(crate) fn hidden_name(path: &Path, ending: &str) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut hidden = OsString::from(".");
    if name.len() + 1 + ending.len() <= LONGEST_NAME {
        hidden.push(name);
    } else {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let hash = format!("~{:016x}", hasher.finish());
        let name = name.to_string_lossy();
        let mut length = name.len().min(LONGEST_NAME - 1 - hash.len() - ending.len());
        while !name.is_char_boundary(length) {
            length -= 1;
        }
        hidden.push(&name[..length]);
        hidden.push(hash);
    }
    hidden.push(ending);
    Ok(path.with_file_name(hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_and_not_too_long() {
        let long = |last: &str| format!("dir/{}{last}", "ä".repeat(126));
        let name = |path: &str| hidden_name(Path::new(path), ".lock").unwrap();
        assert_eq!(name("dir/kept.jsonl"), Path::new("dir/.kept.jsonl.lock"));
        let (one, other) = (name(&long("a")), name(&long("b")));
        assert!(one != other && one.file_name().unwrap().len() <= LONGEST_NAME, "{}", one.display());
        assert!(hidden_name(Path::new(".."), ".lock").is_err());
    }
}
