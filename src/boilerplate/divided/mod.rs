//! Finds and masks boilerplate in a collection that is too large for one machine: each function looks at some values, some
//! texts or some pages, and whoever calls it brings together what belongs together.
//!
//! 1. [`shared_texts_of_value`]: all pages that have one value, of all sites.
//! 2. [`judge_texts`]: some texts, with the sampled pages of each.
//! 3. [`find_stories_elsewhere`]: some texts that are boilerplate by the evidence of their own site, with pages of other
//!    sites that have them.
//! 4. [`mask_some`]: some pages of one site, with all texts that the site repeats.
//!
//! Invariant: together they find what [`RepeatedTexts`](super::RepeatedTexts) and [`mask_pages`](super::mask_pages) find,
//! since these do the same work in the same functions.

mod elsewhere;
mod judgment;
mod local_page;
mod masks;
mod shared_value;

pub use self::elsewhere::{ElsewhereSite, FoundStories, TextElsewhere, find_stories_elsewhere};
pub use self::judgment::{JudgedText, SampledText, judge_texts, short_page};
pub use self::local_page::LocalPage;
pub use self::masks::{SiteTexts, mask_some};
pub use self::shared_value::{Holder, ValueOfText, shared_texts_of_value};

#[cfg(test)]
mod tests;
