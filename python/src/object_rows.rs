//! Rows that are Python objects, as records of articles: dicts, and strings.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyString};
use wirecopy::error::{Problem, ValueKind};
use wirecopy::read::{Records, RowParser, RowValue};
use wirecopy::{Article, Error, Location};

use crate::object_value::ObjectValue;

/// The largest number of rows that are converted at a time.
const ROWS: usize = 1024;
/// The number of bytes after which fewer are.
const BYTES: usize = 8 << 20;

/// Consecutive rows, converted so that threads can read them without the interpreter.
#[derive(Debug)]
pub(crate) struct ObjectRows {
    parser: Arc<RowParser>,
    name: &'static str,
    /// The number of the first row.
    first: u64,
    rows: Vec<Row>,
    bytes: usize,
}

#[derive(Debug)]
enum Row {
    /// The fields that are needed, by their indexes.
    Fields { values: Vec<(usize, ObjectValue)>, names: Arc<Names> },
    /// Neither a dict nor a string.
    Other(ValueKind),
}

/// The names of the fields of a dict, and the indexes of those that are needed. Most dicts of a list have the same.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    names: Vec<String>,
    indexes: Vec<Option<usize>>,
}

/// Converts the rows of an iterator, some at a time.
pub(crate) struct ObjectReader<'py> {
    parser: Arc<RowParser>,
    name: &'static str,
    /// The field of a row that is a string.
    text: Option<usize>,
    rows: Bound<'py, PyIterator>,
    names: Arc<Names>,
    next: u64,
}

impl<'py> ObjectReader<'py> {
    /// Creates the reader of an iterator. `text` is the name of the field with the text.
    pub(crate) fn new(
        parser: Arc<RowParser>,
        name: &'static str,
        text: &str,
        rows: Bound<'py, PyIterator>,
    ) -> Self {
        let text = parser.index(text);
        Self { parser, name, text, rows, names: Arc::default(), next: 0 }
    }

    /// Converts the next rows; nothing at the end.
    pub(crate) fn next_rows(&mut self) -> PyResult<Option<ObjectRows>> {
        let (first, mut rows, mut bytes) = (self.next, Vec::new(), 0);
        while rows.len() < ROWS && bytes < BYTES {
            let Some(object) = self.rows.next() else { break };
            let row = self.row(&object?)?;
            if let Row::Fields { values, .. } = &row {
                bytes += values.iter().map(|(_, value)| value.bytes()).sum::<usize>();
            }
            rows.push(row);
        }
        self.next += rows.len() as u64;
        let is_end = rows.is_empty();
        let rows = ObjectRows { parser: Arc::clone(&self.parser), name: self.name, first, rows, bytes };
        Ok((!is_end).then_some(rows))
    }

    fn row(&mut self, object: &Bound<'py, PyAny>) -> PyResult<Row> {
        if object.is_instance_of::<PyString>() {
            let value = ObjectValue::new(object)?;
            let values = self.text.map(|text| (text, value)).into_iter().collect();
            return Ok(Row::Fields { values, names: Arc::default() });
        }
        let dict = match object.cast::<PyDict>() {
            Ok(dict) => dict.clone(),
            Err(_) => {
                let helper = object.py().import("wirecopy._values")?.getattr("as_dict")?;
                match helper.call1((object,))?.cast_into::<PyDict>() {
                    Ok(dict) => dict,
                    Err(_) => return Ok(Row::Other(ObjectValue::new(object)?.kind())),
                }
            }
        };
        let mut values = Vec::new();
        let mut names = Names::default();
        for (position, (key, value)) in dict.iter().enumerate() {
            let name = key.cast::<PyString>().map(|name| name.to_string_lossy().into_owned());
            let name = name.or_else(|_| key.str().map(|name| name.to_string()))?;
            let index = match self.names.names.get(position) {
                Some(same) if *same == name => self.names.indexes[position],
                _ => self.parser.index(&name),
            };
            if let Some(index) = index {
                values.push((index, ObjectValue::new(&value)?));
            }
            names.names.push(name);
            names.indexes.push(index);
        }
        if *self.names != names {
            self.names = Arc::new(names);
        }
        Ok(Row::Fields { values, names: Arc::clone(&self.names) })
    }
}

impl Records for ObjectRows {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        let number = self.first + index as u64;
        match &self.rows[index] {
            Row::Fields { values, names } => {
                let values = values.iter().map(|(field, value)| (*field, RowValue::from(value)));
                self.parser.article(number, values, &|| names.names.clone())
            }
            Row::Other(found) => {
                let location = Location { file: self.name.into(), line: number };
                Err(Error::record(&location, Problem::NotAnObject { found: *found }))
            }
        }
    }
}
