//! Reads the names of fields from the arguments of a call.

use pyo3::prelude::*;
use wirecopy::read::FieldNames;

/// The names of the fields that the caller gave.
#[derive(Default, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct GivenFields {
    text: Option<String>,
    key: Option<String>,
    url: Option<String>,
    site: Option<String>,
    date: Option<String>,
    title: Option<String>,
}

impl GivenFields {
    /// Returns the names as the library takes them.
    pub(crate) fn names(&self) -> FieldNames {
        let mut names = FieldNames::default();
        names.text.clone_from(&self.text);
        names.key.clone_from(&self.key);
        names.url.clone_from(&self.url);
        names.site.clone_from(&self.site);
        names.published.clone_from(&self.date);
        names.title.clone_from(&self.title);
        names
    }

    /// Returns the name of the field with the text of a record that is a string.
    pub(crate) fn text_name(&self) -> &str {
        self.text.as_deref().unwrap_or("text")
    }
}
