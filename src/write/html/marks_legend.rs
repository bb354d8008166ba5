//! Explains how texts are marked.

use maud::{Markup, html};

/// Returns the end of a sentence that begins with "In the texts, ": what each mark means.
pub(super) fn marks_legend() -> Markup {
    html! {
        mark .shared { "shared passages" } " are numbered, " ins .differs { "words that differ" }
        " in a passage are marked, and " s .masked { "boilerplate" }

        " (text that the site repeats around other stories) is not compared. All other text is in one article only."
    }
}
