//! Keeps the files of an archive: writes, names, replaces and checks them. It knows bytes, not articles.
//!
//! An archive is a [`Folder`] of immutable files and one manifest. A file consists of blocks in sections
//! ([`BlockFileWriter`], [`BlockFile`]); [`Postings`] are sorted pairs of numbers in two sections of such a file. The
//! manifest is a list that names the files; its content belongs to the modules above.
//!
//! | file | content |
//! |---|---|
//! | `manifest` | the list of the files, replaced by each commit |
//! | `manifest.new` | the next list, while it is written |
//! | `*.wcy` | blocks; never changed after it is written |
//! | `lock` | nothing; the writer holds a lock on it |
//! | `creating` | nothing; it is there until the first commit |
//!
//! Commit: the new files are written and synced, then the folder; `manifest.new` is written and synced, renamed to
//! `manifest`, and the folder is synced again. The rename is the only moment at which the archive changes. After it,
//! files that the manifest does not name are removed. A process that dies leaves files that no manifest names: the
//! next writer removes them.
//!
//! Why no database: an embedded database such as redb locks its file for one process, so readers in other processes
//! would wait for a writer. All that an archive needs of a transaction is to replace one short list of immutable
//! files, and a rename does that. Readers take no lock, need no permission to write, and read what the manifest named
//! when they opened its files: on Unix, a file that is open stays readable after it is removed.
//!
//! Invariants: every byte of every file is covered by a checksum or compared with its only valid value; reading
//! returns the bytes that were written, or an error. Invalid files cause errors, no panics.
//! Cost: a commit writes each new byte once, and syncs each new file, the manifest, and the folder twice.
//!
//! It rests on: a rename within a folder is atomic, and `sync` returns after the data is on the disk. Network file
//! systems may promise less.

#[cfg(any(test, fuzzing))]
mod any_bytes;
mod block_file;
mod block_file_writer;
mod directory;
mod file_entry;
mod file_system;
mod folder;
mod manifest;
mod packed_block;
mod postings;
mod postings_block;
mod postings_blocks;
mod postings_cursor;
mod postings_writer;
mod writer_lock;

#[cfg(any(test, fuzzing))]
pub use self::any_bytes::read_any_bytes;
pub(in crate::archive) use self::block_file::BlockFile;
pub(in crate::archive) use self::block_file_writer::BlockFileWriter;
pub(in crate::archive) use self::file_entry::FileEntry;
pub(in crate::archive) use self::file_system::RealFileSystem;
pub(in crate::archive) use self::folder::Folder;
pub(in crate::archive) use self::packed_block::Packer;
pub(in crate::archive) use self::postings::Postings;
pub(in crate::archive) use self::postings_cursor::PostingsCursor;
pub(in crate::archive) use self::postings_writer::PostingsWriter;
pub(in crate::archive) use self::writer_lock::WriterLock;

#[cfg(test)]
mod tests;
