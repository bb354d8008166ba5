//! Says which clusters of a list tell one story.

/// Returns the place of a cluster among those of its story, as the end of a line; nothing if no other cluster in the
/// list tells it. The place is that of [`place_in_story`](crate::cluster::ListedClusters::place_in_story).
pub(super) fn story_note((place, of): (usize, usize)) -> Option<String> {
    (of > 1).then(|| format!(" · cluster {} of {of} of one story", place + 1))
}
