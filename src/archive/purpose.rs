//! Defines the purpose of a run with an archive.

/// The purpose of a run with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// To find stories: all articles of the archive count.
    Stories,
    /// To remove duplicates: an article that an earlier run removed is no reason to remove another one.
    Removal,
}
