//! The record of a template that was given to an archive.

use serde::Serialize;

use super::fields::utc;
use crate::archive::GivenTemplate;
use crate::text::{Tokens, tokenize};

/// A template that was given to an archive.
///
/// [`Templates`](crate::boilerplate::Templates) reads such records, too.
#[derive(Clone, Debug, Serialize)]
pub struct GivenTemplateRecord<'a> {
    /// The site, as the file that gave it names it.
    pub site: &'a str,
    /// The text.
    pub text: &'a str,
    /// The number of its words.
    pub words: usize,
    /// The name of the file that gave it first.
    pub given_in: &'a str,
    /// The time at which the articles of that run were taken in, as ISO 8601, in UTC.
    pub given_utc: Option<String>,
}

impl<'a> GivenTemplateRecord<'a> {
    /// Creates the record of a template.
    pub fn new(given: &'a GivenTemplate) -> Self {
        let mut tokens = Tokens::new();
        tokenize(&given.template.text, &mut tokens);
        Self {
            site: &given.template.site,
            text: &given.template.text,
            words: tokens.tokens().len(),
            given_in: &given.template.file,
            given_utc: utc(Some(given.seen)),
        }
    }
}
