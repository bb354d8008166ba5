//! Decides which label a row gives, from the names and values of its fields.

use super::fields::LabelFields;
use super::value::{LabelContent, LabelValue};
use crate::error::{ExpectedValue, FoundNames, LackingLabel, Problem};

// The names under which each field is looked for; the first one that a row has counts.
const A: [&str; 7] = ["a", "id_a", "key_a", "id1", "id_1", "key1", "key_1"];
const B: [&str; 7] = ["b", "id_b", "key_b", "id2", "id_2", "key2", "key_2"];
const LOCATION_A: [&str; 1] = ["location_a"];
const LOCATION_B: [&str; 1] = ["location_b"];
const MEMBERS: [&str; 1] = ["members"];
const KEY: [&str; 5] = ["key", "id", "uid", "url", "article"];
const GRADE: [&str; 4] = ["label", "grade", "match", "duplicate"];
const GROUP: [&str; 5] = ["cluster_id", "cluster", "group", "stories", "story"];
const KIND: [&str; 1] = ["kind"];
const SCORE: [&str; 2] = ["score", "similarity"];

// The words for a copy and for no copy that people write, in any case.
const COPY: [&str; 9] = ["yes", "y", "true", "t", "copy", "dup", "duplicate", "same", "match"];
const DIFFERENT: [&str; 7] = ["no", "n", "false", "f", "different", "unrelated", "distinct"];

/// Returns whether a header with this cell, with its quotes, is that of a table of labels.
pub(super) fn is_field_name(cell: &str) -> bool {
    let name = cell.trim_matches('"');
    [&A[..], &B, &MEMBERS, &KEY, &GROUP].into_iter().flatten().any(|known| *known == name)
}

/// The label that one row gives.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelRow {
    /// A pair of articles, and the degree to which they are copies.
    Pair {
        /// The keys of the articles.
        keys: [String; 2],
        /// The grade: 0 if they are no copies. `None` if the row is not filled in, or has no field for it.
        grade: Option<f64>,
        /// The score that a tool gives the pair, if the row has one that is a number: the higher, the more alike.
        score: Option<f64>,
        /// The kind of pair, if the row names one.
        kind: Option<String>,
        /// The locations at which the articles were read, if the row names them: they distinguish articles with the
        /// same key.
        locations: [Option<String>; 2],
    },
    /// An article and the groups that it belongs to.
    Article {
        /// The key of the article.
        key: String,
        /// The names of the groups, the main one first. Empty if the row is not filled in.
        groups: Vec<String>,
        /// The kind of article, if the row names one.
        kind: Option<String>,
    },
    /// The keys of articles that belong together.
    Group(Vec<String>),
}

/// A row whose fields can be looked up by name.
#[derive(Clone, Copy)]
pub(super) struct FieldsOfRow<'a> {
    /// Returns the value of a field, if the row has it.
    pub(super) value: &'a dyn Fn(&str) -> Option<LabelValue>,
    /// Returns the names of all fields, for a message.
    pub(super) names: &'a dyn Fn() -> Vec<String>,
}

/// A field of a row.
struct Field {
    name: String,
    value: LabelValue,
}

impl LabelRow {
    /// Creates the label of a row.
    ///
    /// # Errors
    /// The field that is missing or that holds a value of the wrong kind.
    pub(super) fn new(row: FieldsOfRow<'_>, fields: &LabelFields) -> Result<Self, Problem> {
        let kind = || row.first(fields.kind.as_deref(), &KIND).and_then(Field::text);
        if let (Some(a), Some(b)) = (row.first(None, &A), row.first(None, &B)) {
            let grade = row.first(fields.label.as_deref(), &GRADE).map(Field::grade).transpose()?.flatten();
            let locations =
                [&LOCATION_A, &LOCATION_B].map(|names| row.first(None, names).and_then(Field::text));
            let score =
                row.first(None, &SCORE).and_then(Field::text).and_then(|text| text.parse::<f64>().ok());
            let score = score.filter(|score| score.is_finite());
            return Ok(Self::Pair { keys: [a.key()?, b.key()?], grade, score, kind: kind(), locations });
        }
        if let Some(members) = row.first(None, &MEMBERS) {
            return members.keys().map(Self::Group);
        }
        match (row.first(fields.key.as_deref(), &KEY), row.first(fields.label.as_deref(), &GROUP)) {
            (Some(key), Some(group)) => {
                let groups = group.groups()?;
                Ok(Self::Article { key: key.key()?, groups, kind: kind() })
            }
            (key, group) => {
                let lacking = match (key, group) {
                    (Some(_), None) => LackingLabel::Group,
                    (None, Some(_)) => LackingLabel::Key,
                    _ => LackingLabel::Both,
                };
                Err(Problem::NoLabel { found: FoundNames::new((row.names)()), lacking })
            }
        }
    }
}

impl FieldsOfRow<'_> {
    /// Returns the field with the given name, or the first field with one of the usual names if no name is given.
    fn first(self, given: Option<&str>, usual: &[&str]) -> Option<Field> {
        let field = |name: &str| Some(Field { name: name.to_owned(), value: (self.value)(name)? });
        match given {
            Some(name) => field(name),
            None => usual.iter().find_map(|name| field(name)),
        }
    }
}

impl Field {
    /// Returns the value as text; `None` if it is no text.
    fn text(self) -> Option<String> {
        match self.value.content {
            LabelContent::Text(text) => Some(text),
            _ => None,
        }
    }

    fn key(self) -> Result<String, Problem> {
        match self.value.content {
            LabelContent::Text(text) => Ok(text),
            _ => Err(self.wrong(ExpectedValue::Key)),
        }
    }

    fn keys(self) -> Result<Vec<String>, Problem> {
        match self.value.content {
            LabelContent::List(keys) => Ok(keys),
            _ => Err(self.wrong(ExpectedValue::KeyList)),
        }
    }

    fn groups(self) -> Result<Vec<String>, Problem> {
        match self.value.content {
            LabelContent::Nothing => Ok(Vec::new()),
            LabelContent::Text(group) => Ok(vec![group]),
            LabelContent::List(groups) => Ok(groups),
            LabelContent::Other => Err(self.wrong(ExpectedValue::Groups)),
        }
    }

    /// Returns the grade: a number, or 1 for a word that means a copy and 0 for one that means none.
    fn grade(self) -> Result<Option<f64>, Problem> {
        let text = match &self.value.content {
            LabelContent::Nothing => return Ok(None),
            LabelContent::Text(text) => text,
            _ => return Err(self.wrong(ExpectedValue::Grade)),
        };
        match text.trim().to_lowercase().as_str() {
            word if COPY.contains(&word) => Ok(Some(1.0)),
            word if DIFFERENT.contains(&word) => Ok(Some(0.0)),
            number => match number.parse::<f64>() {
                Ok(grade) if grade.is_finite() => Ok(Some(grade)),
                _ => Err(Problem::NotAGrade { field: self.name.clone(), found: text.clone() }),
            },
        }
    }

    fn wrong(&self, expected: ExpectedValue) -> Problem {
        Problem::WrongValue { field: self.name.clone(), found: self.value.kind, expected }
    }
}
