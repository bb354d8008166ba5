//! Stores the templates that were given to an archive, with their origin.
//!
//! Such a template is masked on the pages of its site in all runs, whatever the articles of the archive show. Templates are
//! only added: a page that was taken in before has the old wording of a text that its site changed. What is no template is
//! removed by name.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::boilerplate::{Template, Templates};
use crate::provenance::Seconds;

/// A template that was given to an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenTemplate {
    /// The text, with its site and with the file that gave it.
    #[serde(flatten)]
    pub template: Template,
    /// The time at which it was given first, in seconds since 1970.
    pub seen: Seconds,
}

/// The templates that were given to an archive, in the order in which they were given. No two of them have the same outlet and
/// the same words.
#[derive(Debug, Default)]
pub(super) struct GivenTemplates {
    rows: Vec<GivenTemplate>,
    templates: OnceLock<Templates>,
}

impl GivenTemplates {
    pub(super) fn new(rows: Vec<GivenTemplate>) -> Self {
        Self { rows, templates: OnceLock::new() }
    }

    /// Returns the templates with their origin.
    pub(super) fn rows(&self) -> &[GivenTemplate] {
        &self.rows
    }

    /// Returns the templates, as a run masks by them. Their index is built when they are needed first.
    pub(super) fn templates(&self) -> &Templates {
        self.templates.get_or_init(|| Templates::new(self.rows.iter().map(|row| row.template.clone())))
    }

    /// Returns these and those of `others` that are new, with the time at which they were given; nothing if none is new.
    pub(super) fn with(&self, others: &Templates, seen: Seconds) -> Option<Vec<GivenTemplate>> {
        let all = self.templates().with(others);
        let new = all.given().get(self.rows.len()..).filter(|new| !new.is_empty())?;
        let new = new.iter().map(|template| GivenTemplate { template: template.clone(), seen });
        Some(self.rows.iter().cloned().chain(new).collect())
    }

    /// Returns those that are not among `others`.
    pub(super) fn without(&self, others: &Templates) -> Vec<GivenTemplate> {
        let are_others = self.templates().are_among(others);
        let left = self.rows.iter().zip(are_others).filter(|(_, is_other)| !is_other);
        left.map(|(row, _)| row.clone()).collect()
    }
}
