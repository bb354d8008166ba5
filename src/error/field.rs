//! Names the fields of records and the kinds of values that they hold.

use std::fmt;

/// The part of an article that a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// The text.
    Text,
    /// The caller's name for the article.
    Key,
    /// The publication.
    Site,
    /// The URL.
    Url,
    /// The date of publication.
    Published,
    /// The headline.
    Title,
}

impl fmt::Display for FieldRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Key => "key",
            Self::Site => "site",
            Self::Url => "URL",
            Self::Published => "date",
            Self::Title => "title",
        })
    }
}

/// The form in which a record holds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// A member of a JSON object.
    Member,
    /// A column of a table.
    Column,
}

/// The field that may contain the text of a record that has none under a usual name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldHint {
    /// In the only array of the record, which may hold all articles.
    Array(Box<str>),
    /// In the field of this name, by its name or its value.
    Field(Box<str>),
}

/// The names of the fields that a record has: the first of them, and the number of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundNames {
    /// The first names, [`FoundNames::MOST`] at most.
    pub first: Vec<String>,
    /// The number of names that are left out.
    pub more: usize,
}

impl FoundNames {
    /// The greatest number of names that a message lists.
    pub const MOST: usize = 12;

    /// Creates the list of `names`, of which it keeps the first.
    pub fn new(mut names: Vec<String>) -> Self {
        let more = names.len().saturating_sub(Self::MOST);
        names.truncate(Self::MOST);
        Self { first: names, more }
    }
}

/// The longest name that a message shows as a whole, in characters: if a table has no header, its names are cells.
const LONGEST_NAME: usize = 40;

impl fmt::Display for FoundNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first.is_empty() {
            return f.write_str("none");
        }
        for (number, name) in self.first.iter().enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            match name.char_indices().nth(LONGEST_NAME) {
                None => write!(f, "{comma}\"{name}\"")?,
                Some((end, _)) => write!(f, "{comma}\"{}…\"", &name[..end])?,
            }
        }
        if self.more > 0 { write!(f, " and {} more", self.more) } else { Ok(()) }
    }
}

/// The part of a label that a row lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LackingLabel {
    /// The key of the article, whose group is there.
    Key,
    /// The group of the article, whose key is there.
    Group,
    /// Everything.
    Both,
}

/// The kind of a value in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// An empty cell of a table, or a blank string where a word is needed.
    Nothing,
    /// JSON null.
    Null,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A JSON string or a cell of a table.
    String,
    /// Bytes, in a table that has a type for them.
    Bytes,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "empty",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Bytes => "bytes",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// The value that a field should have held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExpectedValue {
    /// A string.
    String,
    /// A string or a number.
    StringOrNumber,
    /// The key of an article.
    Key,
    /// A list of keys.
    KeyList,
    /// The name of a group, or a list of such names.
    Groups,
    /// The grade of a pair.
    Grade,
}

impl fmt::Display for ExpectedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "a string",
            Self::StringOrNumber => "a string or a number",
            Self::Key => "a key",
            Self::KeyList => "a list of keys",
            Self::Groups => "a group or a list of groups",
            Self::Grade => "a number, yes or no, true or false, copy or different",
        })
    }
}
