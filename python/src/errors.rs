//! Makes Python exceptions of the library's errors, with remedies in the terms of Python.

use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use wirecopy::Error;
use wirecopy::error::{ArchiveProblem, FieldRole, Problem, Remedy, ValueKind};

use crate::names::{AGAINST, ROW};

/// The classes of exceptions, which `wirecopy/_errors.py` defines.
#[derive(Clone, Copy)]
enum Class {
    /// A record that cannot be read.
    Data,
    /// Data of a type that is not read.
    DataType,
    /// The value of a setting.
    Setting,
    /// A file that cannot be read or written.
    File,
    /// An archive that another call is changing.
    ArchiveLocked,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Self::Data => "DataError",
            Self::DataType => "DataTypeError",
            Self::Setting => "SettingError",
            Self::File => "FileError",
            Self::ArchiveLocked => "ArchiveLockedError",
        }
    }

    fn raise(self, message: String) -> PyErr {
        Python::attach(|py| {
            let class = py.import("wirecopy._errors").and_then(|module| module.getattr(self.name()));
            let exception = class.and_then(|class| class.call1(PyTuple::new(py, [message])?));
            exception.map_or_else(|error| error, PyErr::from_value)
        })
    }
}

/// Returns the exception for data of a type that is not read.
pub(crate) fn data_type_error(message: impl Into<String>) -> PyErr {
    Class::DataType.raise(message.into())
}

/// Returns the exception for a record that cannot be read.
pub(crate) fn data_error(message: impl Into<String>) -> PyErr {
    Class::Data.raise(message.into())
}

/// Returns the exception for the value of a setting.
pub(crate) fn setting_error(message: impl Into<String>) -> PyErr {
    Class::Setting.raise(message.into())
}

/// Returns the exception for a table that its producer could not hand over.
pub(crate) fn arrow_error(error: &ArrowError) -> PyErr {
    data_error(format!("the table cannot be read: {error}"))
}

/// Returns the exception for an error of the library.
pub(crate) fn exception(error: &Error) -> PyErr {
    class(error).raise(message(error))
}

fn class(error: &Error) -> Class {
    match error {
        Error::Setting { .. } => Class::Setting,
        Error::Record { location, problem: Problem::NotAnObject { .. } } if is_in_memory(&location.file) => {
            Class::DataType
        }
        Error::Archive { problem: ArchiveProblem::Locked, .. } => Class::ArchiveLocked,
        Error::Archive { problem: ArchiveProblem::Settings { .. }, .. } => Class::Setting,
        Error::Output { .. } | Error::Storage { .. } | Error::Archive { .. } => Class::File,
        Error::Input { problem: Problem::Unreadable { .. } | Problem::BrokenLink, .. } => Class::File,
        _ => Class::Data,
    }
}

/// Returns the message of an error: its location, what is wrong, and the remedy.
pub(crate) fn message(error: &Error) -> String {
    let mut is_table = false;
    let problem = match error {
        Error::Record { location, problem } if is_in_memory(&location.file) => {
            let whose = if *location.file == *AGAINST { "row of against" } else { "row" };
            format!("{whose} {}: {}", location.line, described(problem))
        }
        Error::Input { path, problem } if path.to_str().is_some_and(is_in_memory) => {
            is_table = true;
            described(problem)
        }
        Error::Archive { path, problem: ArchiveProblem::Locked } => {
            format!("{}: another call or process is changing it", path.display())
        }
        _ => error.without_remedy().to_string(),
    };
    let remedy = error.remedy().map(|remedy| match remedy {
        // A table in memory has names of columns.
        Remedy::NameColumnOrAddHeader(role) if is_table => Remedy::NameField(role),
        other => other,
    });
    match remedy.and_then(|remedy| advice(&remedy)) {
        Some(advice) => format!("{problem}; {advice}"),
        None => problem,
    }
}

/// Returns whether a name of a file means rows in memory.
pub(crate) fn is_in_memory(name: &str) -> bool {
    name == ROW || name == AGAINST
}

/// Returns what is wrong with a record, with Python's names of types where no field is named.
fn described(problem: &Problem) -> String {
    match problem {
        Problem::NotAnObject { found } => {
            format!("expected a dict or a str, found {}", python_name(*found))
        }
        _ => problem.to_string(),
    }
}

fn python_name(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Null | ValueKind::Nothing => "None",
        ValueKind::Boolean => "a bool",
        ValueKind::Number => "a number",
        ValueKind::String => "a str",
        ValueKind::Bytes => "bytes",
        ValueKind::Array => "a list",
        ValueKind::Object => "an object",
    }
}

/// Returns a remedy in the terms of a call in Python; nothing if there is none.
fn advice(remedy: &Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::NameField(role) => format!("name it with the argument {}", argument(*role)),
        Remedy::NameFieldOrUnpack { role, array } => format!(
            "name it with the argument {}; if {array:?} holds the articles, pass that list",
            argument(*role)
        ),
        Remedy::NameLikelyField { role, field } => {
            let argument = argument(*role);
            format!("name it with the argument {argument}; if {field:?} is it: {argument}={field:?}")
        }
        Remedy::NameColumnOrAddHeader(role) => {
            format!("name it with the argument {}, or add a header row if there is none", argument(*role))
        }
        Remedy::WrapTexts => "make each text an object, or pass the texts".to_owned(),
        Remedy::NameLabelKey => "name it with the argument key".to_owned(),
        Remedy::NameLabelField => "name it with the argument label".to_owned(),
        Remedy::RaiseHashes => "raise num_hashes".to_owned(),
        Remedy::MoreMemoryOrAnotherFolder => {
            "allow more with memory, or name another folder with temp_dir".to_owned()
        }
        Remedy::Convert { .. } => "read it with a library for such files, and pass the rows".to_owned(),
        Remedy::NameArchive => {
            "name the folder of an archive, or create one with wirecopy.Archive.create".to_owned()
        }
        Remedy::RunAfterOther => "call again when that has ended".to_owned(),
        Remedy::RaiseRecordLimit => return None,
        other => other.to_string(),
    })
}

/// Returns the argument that names a field.
fn argument(role: FieldRole) -> &'static str {
    match role {
        FieldRole::Text => "text",
        FieldRole::Key => "key",
        FieldRole::Site => "site",
        FieldRole::Url => "url",
        FieldRole::Published => "date",
        FieldRole::Title => "title",
    }
}
