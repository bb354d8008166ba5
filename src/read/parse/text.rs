//! Makes an article of a file of plain text.

use crate::article::{Article, Location};

/// Returns the article whose text is a whole file. Its key is the path, as the caller named it.
pub(super) fn article<'r>(text: &'r str, location: &Location) -> Article<'r> {
    Article { location: location.clone(), ..Article::new(&*location.file, text) }
}
