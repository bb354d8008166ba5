//! Maps files into memory, and returns freed memory to the system. The only file with `unsafe` code.
//!
//! Invariant: a mapped file has no name, and the store that maps it has the only handle. The store only reads from
//! it after it was mapped. So nobody can shorten or change the file while its bytes are borrowed.

#![allow(unsafe_code, reason = "a file is mapped, and the allocator is called, here and nowhere else")]

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Returns the number of bytes of mapped files that are in the memory of the process, if the system reports it.
pub(super) fn resident_file_bytes() -> Option<usize> {
    const PAGE: usize = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split_ascii_whitespace().nth(2)?.parse::<usize>().ok().map(|pages| pages * PAGE)
}

/// Makes the allocator return freed memory to the system, where it can. The allocator keeps freed memory that lies
/// between other allocations, such as that of thousands of columns.
pub(crate) fn return_freed_memory() {
    // SAFETY: the call takes no pointer and has no effect on what is allocated.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    let returned = unsafe { libc::malloc_trim(0) };
    // Zero means that there was nothing to return, which is no error.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    let _ = returned;
}

/// A mapped file.
#[derive(Debug)]
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a file that has no name and no other handle, and that is not written to any more.
    pub(super) fn new(file: &File) -> io::Result<Self> {
        // SAFETY: this process created the file without a name, and nothing writes to it any more.
        unsafe { Mmap::map(file) }.map(Self)
    }

    /// Returns the bytes of the file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Releases the file's pages from the memory of the process. The next access reads the same bytes again.
    pub(super) fn release_pages(&self) {
        // SAFETY: the map is shared with a file and never written to, so its pages are read from there again.
        #[cfg(unix)]
        let released = unsafe { self.0.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        // If the system refuses, the process takes more memory than was asked for; the results are the same.
        #[cfg(unix)]
        let _ = released;
    }
}
