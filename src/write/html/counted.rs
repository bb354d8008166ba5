//! Formats a number with its noun.

/// Returns a number with its noun, such as `1 article` or `2 articles`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
