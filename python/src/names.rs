//! Names the collections of rows in memory, in locations and messages.

/// The name of the rows of the data: a location is `row:17`.
pub(crate) const ROW: &str = "row";
/// The name of the rows of the reference collection.
pub(crate) const AGAINST: &str = "against";
