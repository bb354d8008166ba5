//! Runs the pipeline over a collection that is divided among machines: each function here takes some rows of a table and
//! returns others, and remembers nothing. Whoever calls it, such as `wirecopy.spark`, brings together what belongs
//! together, by sorting tables and joining them.
//!
//! | step | rows that belong together | function |
//! |---|---|---|
//! | 1 | a record | [`ArticleSketcher`]: its words and fingerprints |
//! | 2 | the articles with the same words | [`fold`]: which is the first, which are junk |
//! | 3 | the articles of a site by date | [`doubted_dates`](crate::corpus::doubted_dates) |
//! | 4 | the pages that have a fingerprint, texts of a site, pages of a site | [`divided`](crate::boilerplate::divided) and [`merge_masks`]: what is masked |
//! | 5 | an article | [`CoreIndexer`]: the values by which it is linked |
//! | 6 | the articles that have a value | [`CoreIndexer::link`]: evidence for pairs |
//! | 7 | a pair | [`Part::verifier`] |
//! | 8 | matches that a chain connects | [`components`], [`Part::into_findings`]: clusters |
//!
//! What can be removed is found after step 7:
//!
//! | step | rows that belong together | function |
//! |---|---|---|
//! | 8 | an article; a line of an outlet | [`Part::short_lines`]: the lines that sites have around [enough](ENOUGH_STORIES) stories |
//! | 9 | matches that a chain connects | [`covered_articles`]: the articles whose words are in others that stay |
//! | 10 | an article; a run of words | [`Part::masked_runs`], [`Part::runs`]: the masked text that no article that stays contains |
//! | 11 | articles that such text connects | [`needed_for_runs`]: those of them that stay |
//! | 12 | articles that one article contains | [`needed_for_other_headlines`]: those that stay because of their headlines |
//!
//! Articles have a number, which is their place in the canonical order of the whole collection. Each row has what its
//! article says as bytes that this version of the library encodes: they are for the steps of one run, and no format for
//! storage.
//!
//! Invariant: the clusters and removals are those of one run over everything, since the steps call the functions that judge
//! in such a run.

mod components;
mod core_indexer;
mod fold;
mod masks;
mod part;
mod removals;
mod sketcher;

pub use self::components::components;
pub use self::core_indexer::CoreIndexer;
pub use self::fold::{FoldedArticle, SameWords, fold};
pub use self::masks::{decode_ranges, encode_ranges, merge_masks};
pub use self::part::{Part, PartArticle, decode_tokens, joins};
pub use self::removals::covered_articles;
pub use self::sketcher::{ArticleSketcher, SketchedArticle};
pub use crate::dedup::divided::{
    CoveredArticle, ENOUGH_STORIES, Headline, LackingArticle, SameText, SiteLine, needed_for_other_headlines,
    needed_for_runs,
};
pub use crate::index::divided::{CoreValue, ENOUGH_EVIDENCE, ValueHolder};
