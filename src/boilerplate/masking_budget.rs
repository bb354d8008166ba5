//! Defines the memory and the folder that the search for boilerplate may use.

use std::path::PathBuf;

/// The memory and the folder that the search for boilerplate may use. Results do not depend on them, only memory and
/// time do. All sizes are in bytes.
#[derive(Clone, Debug)]
pub struct MaskingBudget {
    /// The folder for temporary files.
    pub folder: PathBuf,
    /// The most that is held in memory if no temporary file can be created.
    pub reserve: usize,
    /// The fingerprints, sorted by value, that are held in memory. The others are in a temporary file.
    pub held: usize,
    /// The fingerprints that one thread sorts at a time.
    pub sorted: usize,
    /// The shared texts that are held at a time, before they are judged.
    pub found: usize,
}

impl MaskingBudget {
    /// Creates a budget that keeps everything in memory.
    pub fn unlimited() -> Self {
        let (held, sorted, found) = (usize::MAX, 1 << 20, usize::MAX);
        Self { folder: PathBuf::new(), reserve: usize::MAX, held, sorted, found }
    }
}
