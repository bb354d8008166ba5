//! A file in, its bytes out, without reading it; and what was freed, back to the system: the one door to memory that
//! the compiler does not watch.
//!
//! Invariant: the file has no name and no other handle than the store's, which only reads when it is mapped; so nobody
//! shortens or changes it while it is looked at.

#![allow(unsafe_code, reason = "a file is mapped, and the allocator is called, here and nowhere else")]

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Tells how many bytes of mapped files are in the memory of the process, where the system tells.
pub(super) fn bytes_of_files_in_memory() -> Option<usize> {
    const PAGE: usize = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split_ascii_whitespace().nth(2)?.parse::<usize>().ok().map(|pages| pages * PAGE)
}

/// Lets the allocator give the memory back to the system that was freed: it keeps what lies between other things, such
/// as thousands of columns that were held.
pub(crate) fn give_memory_back() {
    // SAFETY: the call takes no pointer and has no effect on what is allocated.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    let given = unsafe { libc::malloc_trim(0) };
    // Where there was nothing to give back nothing is wrong.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    let _ = given;
}

/// A mapped file.
#[derive(Debug)]
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a file that nobody else can reach.
    pub(super) fn new(file: &File) -> io::Result<Self> {
        // SAFETY: the file was made without a name by this process, and nothing writes to it any more.
        unsafe { Mmap::map(file) }.map(Self)
    }

    /// Gives its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Lets the process's memory go of it; whoever looks at it again finds the same bytes.
    pub(super) fn leave_memory(&self) {
        // SAFETY: the map is shared with a file and never written to, so its pages are read from there again.
        #[cfg(unix)]
        let left = unsafe { self.0.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        // Where the system does not do it, more memory is taken than was asked for, and all is right otherwise.
        #[cfg(unix)]
        let _ = left;
    }
}
