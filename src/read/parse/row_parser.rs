//! Makes articles of rows that are in memory: the records of a data frame, or objects of another language.

use std::sync::Arc;

use super::plan::FieldPlan;
use super::site_names::SeenSiteNames;
use super::value::Value;
use crate::article::{Article, Location};
use crate::error::{Error, Extent, Problem};
use crate::read::field_names::FieldNames;
use crate::read::options::ReadOptions;
use crate::read::suspect_texts::SuspectTexts;

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowValue<'r> {
    /// No value.
    Null,
    /// True or false.
    Bool,
    /// A number, as a report shows it.
    Number(&'r str),
    /// A string.
    String(&'r str),
    /// Bytes that are no text.
    Bytes,
    /// A list, as valid JSON.
    Array(&'r str),
    /// An object with members, as valid JSON.
    Object(&'r str),
}

impl<'r> RowValue<'r> {
    fn value(self) -> Value<'r> {
        match self {
            Self::Null => Value::Null,
            Self::Bool => Value::Bool,
            Self::Number(literal) => Value::Number(literal),
            Self::String(string) => Value::String(string),
            Self::Bytes => Value::Bytes,
            Self::Array(json) => Value::Array(json),
            Self::Object(json) => Value::Object(json),
        }
    }
}

/// Makes articles of the rows of one table or list in memory. Fields are found as in files: under the usual names, or
/// those that the caller gives.
#[derive(Debug)]
pub struct RowParser {
    plan: FieldPlan,
    /// The paths that the caller gave.
    paths: Vec<String>,
    /// The beginning of the location of a row.
    file: Arc<str>,
}

impl RowParser {
    /// Creates the parser for rows whose locations are `name` and their number.
    pub fn new(name: &str, fields: &FieldNames) -> Self {
        let FieldNames { text, key, site, url, published, title } = fields;
        let given = [text, key, site, url, published, title].into_iter().flatten();
        let paths = given.filter(|name| name.contains('.')).cloned().collect();
        Self { plan: FieldPlan::new(fields), paths, file: name.into() }
    }

    /// Returns the index of a field among the values that [`RowParser::article`] takes; nothing if a field of this name
    /// is not needed.
    pub fn index(&self, field: &str) -> Option<usize> {
        self.plan.index(field.as_bytes())
    }

    /// Checks that a table with these columns has those that are needed.
    ///
    /// # Errors
    /// An [`Error::Input`] for the first column that is missing.
    pub fn check_columns(&self, columns: &[String]) -> Result<(), Error> {
        let is_member = |path: &&String| {
            let first = path.split('.').next();
            columns.iter().any(|column| Some(column.as_str()) == first)
        };
        let mut names = columns.to_vec();
        names.extend(self.paths.iter().filter(is_member).cloned());
        self.plan
            .check_columns(&names)
            .map_err(|problem| Error::Input { path: self.file.as_ref().into(), problem })
    }

    /// Creates the article of the row with this number. `values` are its fields by their indexes, in any order; `found`
    /// returns the names of all its fields, for a message.
    ///
    /// # Errors
    /// An [`Error::Record`] for the field that is missing, too long, or of the wrong kind.
    pub fn article<'r>(
        &self,
        number: u64,
        values: impl IntoIterator<Item = (usize, RowValue<'r>)>,
        found: &dyn Fn() -> Vec<String>,
    ) -> Result<Article<'r>, Error> {
        let location = Location { file: Arc::clone(&self.file), line: number };
        let mut fields = self.plan.empty_values();
        for (index, value) in values {
            fields[index] = Some(value.value());
        }
        let limit = ReadOptions::LARGEST_RECORD;
        let article = self.plan.article(&fields, &location, found).and_then(|article| {
            let is_too_long = article.text.len() > limit;
            if is_too_long { Err(Problem::TooLong { extent: Extent::Record, limit }) } else { Ok(article) }
        });
        article.map_err(|problem| Error::record(&location, problem))
    }

    /// Returns the content of the site field if it is the same in all rows so far, though their addresses are on several
    /// domains: it names the collection, and no site.
    pub fn collection(&self) -> Option<&str> {
        self.plan.collection()
    }

    /// Returns what the rows so far show of whether the site field names the collection.
    pub fn seen_site_names(&self) -> SeenSiteNames {
        self.plan.seen_site_names()
    }

    /// Returns the numbers of texts of the rows so far that are probably stored wrongly.
    pub fn suspect_texts(&self) -> SuspectTexts {
        self.plan.suspect_texts()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row<'r> = [(&'r str, RowValue<'r>)];

    fn described(fields: &FieldNames, row: &Row<'_>) -> String {
        let parser = RowParser::new("row", fields);
        let values = row.iter().filter_map(|&(name, value)| Some((parser.index(name)?, value)));
        let names = || row.iter().map(|(name, _)| (*name).to_owned()).collect();
        match parser.article(7, values, &names) {
            Ok(a) => format!("{}|{}|{}", a.key, a.text, a.published.as_deref().unwrap_or("-")),
            Err(error) => error.without_remedy().to_string(),
        }
    }

    #[test]
    fn makes_articles_of_rows() {
        use RowValue::{Array, Bool, Bytes, Null, Number, Object, String};
        let usual = FieldNames::default();
        let named = FieldNames { text: Some("doc.words".into()), key: Some("no".into()), ..usual.clone() };
        let cases: [(&str, &FieldNames, &Row<'_>, &str); 10] = [
            (
                "usual names",
                &usual,
                &[("id", Number("3")), ("text", String("a")), ("date", String("d"))],
                "3|a|d",
            ),
            ("quotes stay", &usual, &[("text", String("\"a\" \"\"b"))], "row:7|\"a\" \"\"b|-"),
            ("the first filled name", &usual, &[("text", Null), ("body", String("b"))], "row:7|b|-"),
            ("no text", &usual, &[("text", Null)], "row:7||-"),
            ("a list", &usual, &[("text", Array("[\"a\",\"b\"]"))], "row:7|a\n\nb|-"),
            (
                "a number",
                &usual,
                &[("text", Number("1"))],
                "row:7: field \"text\" is a number, expected a string",
            ),
            ("bytes", &usual, &[("text", Bytes)], "row:7: field \"text\" is bytes, expected a string"),
            ("a boolean", &usual, &[("text", Bool)], "row:7: field \"text\" is a boolean, expected a string"),
            ("no field", &usual, &[("x", Null)], "row:7: no text field: found \"x\""),
            ("paths", &named, &[("doc", Object("{\"words\":\"a\"}")), ("no", Number("5"))], "5|a|-"),
        ];
        for (name, fields, row, expected) in cases {
            assert_eq!(described(fields, row), expected, "{name}");
        }
    }

    #[test]
    fn checks_columns() {
        let usual = FieldNames::default();
        let named = |text: &str| FieldNames { text: Some(text.to_owned()), ..FieldNames::default() };
        let cases = [
            ("usual", usual.clone(), vec!["id", "Text"], None),
            ("none", usual, vec!["id"], Some("row: no text column: found \"id\"")),
            ("a path", named("doc.words"), vec!["doc"], None),
            (
                "no such path",
                named("doc.words"),
                vec!["text"],
                Some("row: no column \"doc.words\": found \"text\""),
            ),
        ];
        for (name, fields, columns, expected) in cases {
            let columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
            let found = RowParser::new("row", &fields).check_columns(&columns);
            let message = found.map_err(|error| error.without_remedy().to_string()).err();
            assert_eq!(message.as_deref(), expected, "{name}");
        }
    }
}
