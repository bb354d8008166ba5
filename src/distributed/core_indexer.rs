//! Indexes the cores of articles, and links those that have a value in common.

use super::part::Part;
use crate::article::ArticleId;
use crate::index::divided::{CoreValue, ValueHolder, link_value, values_of_core};
use crate::index::{IndexRule, Scratch, Sketcher};
use crate::settings::Settings;

/// Indexes the cores of articles, and links those that have a value in common.
pub struct CoreIndexer {
    rule: IndexRule,
    sketcher: Sketcher,
    scratch: Scratch,
}

impl CoreIndexer {
    /// Creates an indexer for these settings.
    pub fn new(settings: &Settings) -> Self {
        let rule = settings.index_rule();
        Self { sketcher: Sketcher::new(&rule), rule, scratch: Scratch::default() }
    }

    /// Appends the values of an article by which it may be linked with others; none if little is left of it.
    pub fn index(&mut self, part: &Part, id: ArticleId, out: &mut Vec<CoreValue>) {
        let tokens = part.corpus().tokens(id);
        let Self { rule, sketcher, scratch } = self;
        values_of_core(&tokens, part.number(id), sketcher, rule, scratch, out);
    }

    /// Links the articles that have one value: calls `emit` with two articles, the one with the smaller number first, and the
    /// evidence that the value is for the pair. `holders` ascend by number; one that has the value twice is there twice.
    pub fn link(&self, value: u64, holders: &[ValueHolder], emit: impl FnMut(u64, u64, u64)) {
        link_value(value, holders, &self.rule, emit);
    }
}
