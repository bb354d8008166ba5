//! Defines the names that a caller gives for the fields of labels.

/// The names of the fields in a file of labels. A field without a name here is looked for under the usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LabelFields {
    /// The field with the key of an article.
    pub key: Option<String>,
    /// The field with the label: the grade of a pair, or the group of an article.
    pub label: Option<String>,
    /// The field with the kind of a pair or of an article.
    pub kind: Option<String>,
}
