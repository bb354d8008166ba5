//! Parses records that are rows of CSV and TSV files.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::cells::{cells, unquote};
use super::plan::FieldPlan;
use super::value::Value;
use crate::article::{Article, Location};
use crate::error::Problem;
use crate::read::dialect::Dialect;

/// The most columns of a table. Spreadsheets have 16,384 at most; a file of commas has as many columns as bytes, and the
/// name of each takes many times that memory.
const MOST_COLUMNS: usize = 1 << 16;

/// The columns of a table, by which its rows are parsed.
#[derive(Debug)]
pub(in crate::read) struct Columns {
    dialect: Dialect,
    names: Vec<String>,
    /// For each column, the index of its name in the plan, if it is needed.
    indexes: Vec<Option<usize>>,
    plan: Arc<FieldPlan>,
    /// The hash of the header row.
    pub(super) hash: u64,
}

impl Columns {
    /// Creates the columns of the header row `header`.
    ///
    /// # Errors
    /// A [`Problem::MissingField`] if a column is missing, and a [`Problem::TooManyColumns`].
    pub(in crate::read) fn new(
        header: &str,
        dialect: Dialect,
        plan: &Arc<FieldPlan>,
    ) -> Result<Self, Problem> {
        if cells(header, dialect).nth(MOST_COLUMNS).is_some() {
            return Err(Problem::TooManyColumns { limit: MOST_COLUMNS });
        }
        let names: Vec<String> = cells(header, dialect).map(|name| unquote(name).into_owned()).collect();
        plan.check_columns(&names)?;
        let indexes = names.iter().map(|name| plan.index(name.as_bytes())).collect();
        Ok(Self { dialect, names, indexes, plan: Arc::clone(plan), hash: xxh3_64(header.as_bytes()) })
    }

    /// Parses the row that begins at `location`. If two columns have the same name, the last one counts.
    ///
    /// # Errors
    /// The problem with the row.
    pub(super) fn article<'r>(&self, row: &'r str, location: &Location) -> Result<Article<'r>, Problem> {
        let mut values = self.plan.empty_values();
        let mut count = 0;
        let of_cell = if self.dialect.has_escapes { Value::EscapedCell } else { Value::Cell };
        for cell in cells(row, self.dialect) {
            if let Some(&Some(index)) = self.indexes.get(count) {
                values[index] = Some(of_cell(cell));
            }
            count += 1;
        }
        if count != self.names.len() {
            return Err(Problem::FieldCount { expected: self.names.len(), found: count });
        }
        self.plan.article(&values, location, &|| self.names.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::field_names::FieldNames;

    const COMMAS: Dialect = Dialect { delimiter: b',', has_escapes: false };

    #[test]
    fn reads_rows_with_escapes() {
        let dialect = Dialect { has_escapes: true, ..COMMAS };
        let columns =
            Columns::new("id,text", dialect, &Arc::new(FieldPlan::new(&FieldNames::default()))).unwrap();
        let cases = [
            (r#"1,"a \"b, c\" d""#, "1|a \"b, c\" d"),
            (r#"1,"a \"b\"""#, "1|a \"b\""),
            (r#"1,"a ""b"" C:\new \\""#, r#"1|a "b" C:\new \"#),
            (r#""\"1\"",a\b"#, r#""1"|a\b"#),
            (r#"1,"""#, "1|"),
        ];
        for (row, expected) in cases {
            let article = columns.article(row, &Location { file: "f".into(), line: 3 }).unwrap();
            assert_eq!(format!("{}|{}", article.key, article.text), expected, "{row}");
        }
    }

    #[test]
    fn limits_the_number_of_columns() {
        let columns = |count: usize| {
            let header = format!("text{}", ",".repeat(count - 1));
            Columns::new(&header, COMMAS, &Arc::new(FieldPlan::new(&FieldNames::default()))).map(drop)
        };
        assert_eq!(columns(MOST_COLUMNS), Ok(()));
        let problem = columns(MOST_COLUMNS + 1).unwrap_err().to_string();
        assert_eq!(problem, "the header has more than 65,536 columns");
    }

    #[test]
    fn reads_rows() {
        let named = FieldNames { text: Some("Body".into()), key: Some("No".into()), ..FieldNames::default() };
        let cases = [
            ("plain", "id,text,date", "1,a b,2020", FieldNames::default(), "1|a b|2020"),
            (
                "quoted",
                "\"id\",\"text\"",
                "\"1\",\"a \"\"b\"\", c\"",
                FieldNames::default(),
                "1|a \"b\", c|-",
            ),
            ("empty fields", "id,text,date,url", ",,,u", FieldNames::default(), "u||-"),
            ("a blank row", "text,id", " ,", FieldNames::default(), "f:3| |-"),
            ("a column twice", "text,text", "a,b", FieldNames::default(), "f:3|b|-"),
            ("named", "No,text,Body", "1,a,b", named.clone(), "1|b|-"),
            ("too few", "id,text", "1", FieldNames::default(), "expected 2 fields as in the header, found 1"),
            ("too many", "text", "1,2", FieldNames::default(), "expected 1 field as in the header, found 2"),
            ("no text", "id,tExt", "1,a", FieldNames::default(), "no text column: found \"id\", \"tExt\""),
            ("no such column", "No,body", "1,a", named, "no column \"Body\": found \"No\", \"body\""),
        ];
        for (name, header, row, fields, expected) in cases {
            let location = Location { file: "f".into(), line: 3 };
            let found = Columns::new(header, COMMAS, &Arc::new(FieldPlan::new(&fields)))
                .and_then(|columns| columns.article(row, &location))
                .map(|a| format!("{}|{}|{}", a.key, a.text, a.published.as_deref().unwrap_or("-")));
            assert_eq!(found.unwrap_or_else(|problem| problem.to_string()), expected, "{name}");
        }
    }
}
