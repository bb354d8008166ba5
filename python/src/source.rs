//! Takes the articles of a call in: from files, Arrow tables and Python objects.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};
use pyo3_arrow::PyRecordBatchReader;
use wirecopy::progress::{Progress as _, Stage};
use wirecopy::read::{Records, RowParser};
use wirecopy::{Detector, Error, ReadOptions, Reader, find_inputs};

use crate::errors::{arrow_error, data_type_error, exception, message};
use crate::fields::GivenFields;
use crate::monitor::Monitor;
use crate::names::{AGAINST, ROW};
use crate::object_rows::{ObjectReader, ObjectRows};
use crate::run::Call;
use crate::table_rows::{ROWS, TableRows};

/// The number of batches of Python objects that may wait for the threads.
const WAITING_BATCHES: usize = 2;

/// The collection that articles belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The data in which copies are searched for.
    Data,
    /// The reference collection.
    Against,
}

/// The data that articles are read from. The threads of the run take them in.
pub(crate) struct Source {
    role: Role,
    kind: SourceKind,
    parser: Arc<RowParser>,
    options: ReadOptions,
}

enum SourceKind {
    Paths(Vec<PathBuf>),
    Table(Box<dyn RecordBatchReader + Send>),
    Objects(Receiver<ObjectRows>),
}

/// Converts Python objects in the calling thread, and sends them to the threads.
pub(crate) struct Feeder<'py> {
    reader: ObjectReader<'py>,
    sender: SyncSender<ObjectRows>,
}

/// The facts about the articles after they are taken in.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// True if the data are rows in memory, which have numbers.
    pub(crate) is_in_memory: bool,
    /// The problem of each record that was skipped.
    pub(crate) skipped: Vec<String>,
    /// The number of skipped rows of the data, without those of the reference collection.
    pub(crate) skipped_rows: usize,
}

impl Source {
    /// Creates the source of some data, and its feeder if the data are Python objects. `data` is the kind of data
    /// (`paths`, `table` or `rows`) and an object of that kind.
    ///
    /// # Errors
    /// If the object is not of its kind.
    pub(crate) fn new<'py>(
        role: Role,
        data: &Bound<'py, PyTuple>,
        fields: &GivenFields,
    ) -> PyResult<(Self, Option<Feeder<'py>>)> {
        let (kind, data): (String, Bound<'py, PyAny>) = data.extract()?;
        let name = match role {
            Role::Data => ROW,
            Role::Against => AGAINST,
        };
        let names = fields.names();
        let parser = Arc::new(RowParser::new(name, &names));
        let mut options = ReadOptions::default();
        options.fields = names;
        let mut feeder = None;
        let kind = match kind.as_str() {
            "paths" => SourceKind::Paths(data.extract()?),
            "table" => {
                let reader: PyRecordBatchReader =
                    data.extract().map_err(|error: PyErr| data_type_error(error.to_string()))?;
                SourceKind::Table(reader.into_reader()?)
            }
            _ => {
                let (sender, receiver) = mpsc::sync_channel(WAITING_BATCHES);
                let rows: Bound<'py, PyIterator> = data.try_iter()?;
                let reader = ObjectReader::new(Arc::clone(&parser), name, fields.text_name(), rows);
                feeder = Some(Feeder { reader, sender });
                SourceKind::Objects(receiver)
            }
        };
        Ok((Self { role, kind, parser, options }, feeder))
    }

    /// Takes the articles in.
    ///
    /// # Errors
    /// The first record that cannot be read, unless those are skipped; what the producer of a table raises.
    pub(crate) fn take_in(
        self,
        detector: &mut Detector,
        monitor: &Monitor,
        skip_invalid: bool,
        taken: &mut Taken,
    ) -> PyResult<()> {
        let Self { role, kind, parser, options } = self;
        if role == Role::Data {
            taken.is_in_memory = !matches!(kind, SourceKind::Paths(_));
        }
        if !matches!(kind, SourceKind::Paths(_)) {
            monitor.stage(Stage::Reading, None);
        }
        let mut intake = Intake { role, detector, monitor, skip_invalid, taken };
        match kind {
            SourceKind::Paths(paths) => intake.files(&paths, options)?,
            SourceKind::Table(reader) => intake.table(reader, &parser)?,
            SourceKind::Objects(receiver) => {
                for rows in receiver {
                    intake.rows(&rows)?;
                }
            }
        }
        if let Some(name) = parser.collection() {
            intake.detector.add_collection(name);
        }
        intake.detector.add_suspect_texts(parser.suspect_texts());
        Ok(())
    }
}

impl Feeder<'_> {
    /// Sends all rows to the threads, unless these have ended.
    ///
    /// # Errors
    /// The error of the iterator, or a signal.
    pub(crate) fn feed(mut self, call: &mut Call<'_>) -> PyResult<()> {
        while let Some(rows) = self.reader.next_rows()? {
            let sender = &self.sender;
            if call.py().detach(move || sender.send(rows)).is_err() {
                break;
            }
            call.tick()?;
        }
        Ok(())
    }
}

/// The detector while articles of one source are taken in.
struct Intake<'a> {
    role: Role,
    detector: &'a mut Detector,
    monitor: &'a Monitor,
    skip_invalid: bool,
    taken: &'a mut Taken,
}

impl Intake<'_> {
    fn files(&mut self, paths: &[PathBuf], options: ReadOptions) -> PyResult<()> {
        let reader = Reader::new(find_inputs(paths).map_err(|error| exception(&error))?, options);
        let (skip_invalid, role, taken) = (self.skip_invalid, self.role, &mut *self.taken);
        let on_invalid = |error| {
            if !skip_invalid {
                return Err(error);
            }
            taken.skip(role, &error);
            Ok(())
        };
        match self.role {
            Role::Data => self.detector.read(reader, self.monitor, on_invalid),
            Role::Against => self.detector.read_reference(reader, self.monitor, on_invalid),
        }
        .map_err(|error| exception(&error))
    }

    fn table(&mut self, reader: Box<dyn RecordBatchReader + Send>, parser: &Arc<RowParser>) -> PyResult<()> {
        let names = Arc::new(column_names(&reader.schema()));
        parser.check_columns(&names).map_err(|error| exception(&error))?;
        let mut next = 0;
        for batch in reader {
            let batch: RecordBatch = batch.map_err(|error| arrow_error(&error))?;
            for begin in (0..batch.num_rows()).step_by(ROWS) {
                let part = batch.slice(begin, ROWS.min(batch.num_rows() - begin));
                let rows =
                    TableRows::new(parser, next, &part, &names).map_err(|error| arrow_error(&error))?;
                self.rows(&rows)?;
                next += rows.count() as u64;
            }
        }
        Ok(())
    }

    fn rows(&mut self, rows: &dyn Records) -> PyResult<()> {
        let (skip_invalid, role, taken) = (self.skip_invalid, self.role, &mut *self.taken);
        let on_invalid = |error| {
            if !skip_invalid {
                return Err(error);
            }
            taken.skip(role, &error);
            Ok(())
        };
        match self.role {
            Role::Data => self.detector.add_records(rows, self.monitor, on_invalid),
            Role::Against => self.detector.add_reference_records(rows, self.monitor, on_invalid),
        }
        .map_err(|error| exception(&error))
    }
}

impl Taken {
    /// Notes a record that cannot be read.
    fn skip(&mut self, role: Role, error: &Error) {
        self.skipped.push(message(error));
        self.skipped_rows += usize::from(role == Role::Data);
    }
}

fn column_names(schema: &SchemaRef) -> Vec<String> {
    schema.fields().iter().map(|field| field.name().clone()).collect()
}

/// Returns those of the columns of a table that are needed.
///
/// # Errors
/// If a column is missing.
#[pyfunction]
pub(crate) fn needed_columns(columns: Vec<String>, fields: GivenFields) -> PyResult<Vec<String>> {
    let parser = RowParser::new(ROW, &fields.names());
    parser.check_columns(&columns).map_err(|error| exception(&error))?;
    Ok(columns.into_iter().filter(|name| parser.index(name).is_some()).collect())
}
