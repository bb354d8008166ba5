//! The compiled part of the Python package `wirecopy`: passes data of Python to the library, and its results back.
//!
//! | module | does |
//! |---|---|
//! | `request`, `settings`, `fields` | read the arguments of a call |
//! | `source` | takes articles in, from files, Arrow tables (`table_rows`, `column`) and objects (`object_rows`, `object_value`) |
//! | `run`, `monitor` | run work in threads, with progress and signals |
//! | `findings`, `comparison`, `survey` | the results |
//! | `archive`, `memory` | archives, and what calls remember in them |
//! | `command` | runs the command |
//! | `steps` | the steps of the pipeline over tables of a distributed engine |
//! | `results`, `table`, `schema` | results as Arrow tables |
//! | `errors`, `warnings` | exceptions, and what callers are warned of |
//!
//! `wirecopy/_wirecopy.pyi` has the signatures.

mod archive;
mod column;
mod command;
mod comparison;
mod errors;
mod fields;
mod findings;
mod memory;
mod monitor;
mod names;
mod object_rows;
mod object_value;
mod request;
mod results;
mod run;
mod schema;
mod settings;
mod source;
mod steps;
mod survey;
mod table;
mod table_rows;
mod warnings;

use pyo3::prelude::*;

/// The compiled part of `wirecopy`.
#[pymodule]
mod _wirecopy {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::archive::{PyArchive, time_of};
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::comparison::{PyComparison, compare};
    #[pymodule_export]
    use super::findings::{PyFindings, find};
    #[pymodule_export]
    use super::source::needed_columns;
    #[pymodule_export]
    use super::steps::{
        check_settings, empty_result, enough_evidence, enough_stories, run_step, short_page_words,
        shortest_article, template_texts,
    };
    #[pymodule_export]
    use super::survey::{PySweep, sweep};
    #[pymodule_export]
    use super::table::ArrowTable;

    /// Adds the version of the package.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("VERSION", env!("CARGO_PKG_VERSION"))
    }
}
