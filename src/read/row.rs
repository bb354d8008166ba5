//! A header and one CSV or TSV row in, an article out.

use std::sync::Arc;

use super::csv;
use super::fields::Plan;
use super::value::Value;
use crate::article::{Article, Location};

/// What the header of a file says about its rows.
#[derive(Debug)]
pub(super) struct Columns {
    delimiter: u8,
    names: Vec<String>,
    /// For each column its position among the wanted names.
    wanted: Vec<Option<usize>>,
    plan: Arc<Plan>,
}

impl Columns {
    /// Reads a header row.
    ///
    /// # Errors
    /// What is missing among the columns.
    pub(super) fn new(header: &str, delimiter: u8, plan: &Arc<Plan>) -> Result<Self, String> {
        let names: Vec<String> =
            csv::fields(header, delimiter).map(|name| csv::unquote(name).into_owned()).collect();
        plan.check_columns(&names)?;
        let wanted = names.iter().map(|name| plan.position(name.as_bytes())).collect();
        Ok(Self { delimiter, names, wanted, plan: Arc::clone(plan) })
    }

    /// Parses the row that begins at `location`. Of a column that stands twice the last counts.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn article(&self, row: &str, location: &Location) -> Result<Article, String> {
        let mut values = self.plan.room();
        let mut count = 0;
        for field in csv::fields(row, self.delimiter) {
            if let Some(&Some(at)) = self.wanted.get(count) {
                values[at] = Some(Value::Field(field));
            }
            count += 1;
        }
        if count != self.names.len() {
            return Err(format!("expected {} fields as in the header, found {count}", self.names.len()));
        }
        self.plan.article(&values, location, &|| self.names.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::FieldNames;
    use super::*;

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
            ("too many", "text", "1,2", FieldNames::default(), "expected 1 fields as in the header, found 2"),
            (
                "no text",
                "id,tExt",
                "1,a",
                FieldNames::default(),
                "no text column: found \"id\", \"tExt\"; name it with --text-field",
            ),
            ("no such column", "No,body", "1,a", named, "no column \"Body\": found \"No\", \"body\""),
        ];
        for (name, header, row, fields, expected) in cases {
            let place = Location { file: "f".into(), line: 3 };
            let found = Columns::new(header, b',', &Arc::new(Plan::new(&fields)))
                .and_then(|columns| columns.article(row, &place))
                .map(|a| format!("{}|{}|{}", a.key, a.text, a.published.as_deref().unwrap_or("-")));
            assert_eq!(found.unwrap_or_else(|what| what), expected, "{name}");
        }
    }
}
