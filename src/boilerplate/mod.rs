//! Finds the text that a site repeats around different stories, and masks it.
//!
//! Input: the fingerprints and tokens of pages, grouped by site; the pages of unknown sites are one group. Output: what
//! each site repeats ([`RepeatedTexts`]), and from that the mask of each page ([`mask_pages`]). As a by-product there is a filter
//! of the fingerprints that several pages have.
//!
//! The fingerprints that pages share show what a site repeats. The rest of these pages shows whether that is a template
//! or a story that the site publishes again and again: around a template the rests have nothing in common; around a
//! story they are short, or shared, too. So the pages that share a text are grouped into stories by what else they
//! share, and the text is boilerplate if there are different stories around it. `criteria.rs` has the rule and all its
//! numbers. By this rule
//!
//! - a live story that is updated five times is one story, and does not mask itself; nor does an article that was
//!   scraped five times from one address;
//! - a story that three hundred sites publish is no boilerplate, because pages of different sites are not counted
//!   together;
//! - a story that a site publishes in a few versions, each with less text of its own, is not masked if a site of which
//!   only one or two pages are known reprints it.
//!
//! The masked texts of a site can be listed ([`found_templates`]), and used on a collection that is too small to show that the
//! site repeats them ([`Templates`]).
//!
//! Invariants: the order of the pages decides only which of them are compared if many share a text; what other sites
//! mostly have only once is no boilerplate; results do not depend on the memory that is allowed.
//! Cost: a sort of the fingerprints, in slices that take bounded memory, and a comparison of a few pages for each text
//! that they share. What stays in memory is 40 bytes for each such text, and a bit or two for each fingerprint.
//! Source: counting within a site follows Henzinger, "Finding near-duplicate web pages", 2006 (both algorithms compared
//! there fail on pairs from one site), and the two-pass filter of the impresso project, 2023.

mod criteria;
pub mod divided;
mod evidence;
mod extender;
mod found_templates;
mod judged_texts;
mod layout;
mod layout_collector;
mod mask;
mod masking_budget;
mod masking_rule;
mod masks;
#[cfg(test)]
mod naive;
mod page;
mod page_group;
mod page_set;
mod posting_lists;
mod repeated_texts;
mod sample_reader;
mod shared_texts;
mod site_boilerplate;
mod stories_elsewhere;
mod story_pages;
mod template_index;
mod templates;
#[cfg(test)]
mod tests;
mod value_table;

pub(crate) use self::criteria::SAMPLE;
pub use self::criteria::Weight;
pub use self::found_templates::{FoundTemplate, found_templates};
pub use self::mask::{mask_pages, mask_some_pages};
pub use self::masking_budget::MaskingBudget;
pub use self::masking_rule::MaskingRule;
pub use self::masks::{Mask, Masks};
pub use self::page::{Page, Pages, is_in_mask};
pub use self::page_group::{GroupKind, PageGroup};
pub use self::repeated_texts::RepeatedTexts;
pub use self::stories_elsewhere::ReportedText;
pub use self::templates::{Template, Templates};
