//! Describes a record that cannot be parsed.

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A record that cannot be parsed: its location, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvalidRecord {
    /// The location of the record, as `file:line`; empty if the error is not about one record.
    pub location: String,
    /// The error message, without the location.
    pub error: String,
}

impl From<&Error> for InvalidRecord {
    fn from(error: &Error) -> Self {
        match error {
            Error::Record { location, problem } => {
                let error = match problem.remedy() {
                    Some(remedy) => format!("{problem}; {remedy}"),
                    None => problem.to_string(),
                };
                Self { location: location.to_string(), error }
            }
            other => Self { location: String::new(), error: other.to_string() },
        }
    }
}
