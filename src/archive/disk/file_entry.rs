//! Describes a file of blocks, as a manifest names it.

use serde::{Deserialize, Serialize};

/// The ending of the names of files of blocks.
const ENDING: &str = ".wcy";

/// A finished file of blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::archive) struct FileEntry {
    /// The name of the file in the folder.
    pub(in crate::archive) name: String,
    /// The length of the file, in bytes.
    pub(in crate::archive) bytes: u64,
    /// The checksum of the directory of the file, which contains those of all blocks.
    pub(in crate::archive) checksum: u64,
}

/// Returns whether a file may have this name: ASCII letters, digits, `-` and `_`, and the ending. No such name leads
/// out of the folder.
pub(super) fn is_block_file_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    name.strip_suffix(ENDING).is_some_and(|stem| !stem.is_empty() && stem.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        let cases = [
            ("a.wcy", true),
            ("segment-000017_b.wcy", true),
            (".wcy", false),
            ("../a.wcy", false),
            ("a/b.wcy", false),
            ("a\\b.wcy", false),
            ("C:a.wcy", false),
            ("a.b.wcy", false),
            ("a.wcy.new", false),
            ("manifest", false),
            ("ä.wcy", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_block_file_name(name), expected, "{name}");
        }
    }
}
