//! Defines the part that an article has in a run.

/// The part that an article has in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An article of the collection whose copies are searched for.
    #[default]
    New,
    /// An article of the reference collection: it is matched with new ones, and not with other references.
    Reference,
    /// An article that was remembered from an earlier run: it is matched with new ones, and with other remembered ones, so
    /// that stories continue. In all else it is a reference.
    Remembered,
    /// A page that only shows what its site repeats: it is matched with nothing.
    Context,
}
