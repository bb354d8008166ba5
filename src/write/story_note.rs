//! Says which clusters of a list tell one story.

use crate::cluster::Cluster;

/// Returns the place of a cluster among those of its story, as the end of a line; nothing if no other cluster in the
/// list tells it. Clusters of one story are next to each other.
pub(super) fn story_note(clusters: &[&Cluster], index: usize) -> Option<String> {
    let story = clusters[index].story_id;
    let is_of_story = |cluster: &&&Cluster| cluster.story_id == story;
    let before = clusters[..index].iter().rev().take_while(is_of_story).count();
    let after = clusters[index + 1..].iter().take_while(is_of_story).count();
    match before + after {
        0 => None,
        others => Some(format!(" · cluster {} of {} of one story", before + 1, others + 1)),
    }
}
