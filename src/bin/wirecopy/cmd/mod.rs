//! Runs the commands, each in the file of its name. `run` takes the parsed arguments and returns the answer of the
//! command.

pub(crate) mod archive;
pub(crate) mod cluster;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod dedup;
pub(crate) mod flag;
pub(crate) mod man;
pub(crate) mod pairs;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod sweep;
pub(crate) mod templates;
