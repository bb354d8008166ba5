//! The arguments of a call, as `wirecopy/_request.py` passes them.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyTuple};
use wirecopy::{Settings, archive};

use crate::archive::AskedArchive;
use crate::errors::setting_error;
use crate::fields::GivenFields;
use crate::memory::{Memory, Terms};
use crate::settings;
use crate::source::{Feeder, Role, Source};

/// The arguments of a call.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Request<'py> {
    /// The kind of data, and an object of that kind.
    data: Bound<'py, PyTuple>,
    /// The same of the reference collection.
    against: Option<Bound<'py, PyTuple>>,
    pub(crate) fields: GivenFields,
    settings: Bound<'py, PyDict>,
    threads: Option<Bound<'py, PyAny>>,
    purpose: String,
    /// The archive with which the articles are matched.
    pub(crate) archive: Option<AskedArchive<'py>>,
    pub(crate) skip_invalid: bool,
    pub(crate) progress: Option<Bound<'py, PyAny>>,
}

/// The use of the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reports with texts and spans.
    Report,
    /// The numbers of the rows that can be removed.
    Dedup,
    /// These, and why they can be removed.
    Removals,
}

impl Purpose {
    /// Returns whether texts are kept, and what removals need.
    pub(crate) fn needs(self) -> (bool, bool) {
        match self {
            Self::Report => (true, false),
            Self::Dedup => (false, true),
            Self::Removals => (true, true),
        }
    }
}

impl<'py> Request<'py> {
    /// Returns the settings, checked. Those of an archive apply unless others are given.
    pub(crate) fn settings(&self) -> PyResult<Settings> {
        match &self.archive {
            Some(asked) => asked.archive.get().settings(&self.settings),
            None => settings::settings(&self.settings, Settings::default()),
        }
    }

    /// Returns the number of threads; 0 for one for each processor.
    pub(crate) fn threads(&self) -> PyResult<usize> {
        settings::threads(self.threads.as_ref())
    }

    /// Returns what the articles are needed for.
    pub(crate) fn purpose(&self) -> PyResult<Purpose> {
        match self.purpose.as_str() {
            "report" => Ok(Purpose::Report),
            "dedup" => Ok(Purpose::Dedup),
            "removals" => Ok(Purpose::Removals),
            other => Err(setting_error(format!("{other}: there is no such purpose"))),
        }
    }

    /// Returns the use that is made of an archive.
    pub(crate) fn memory(&self) -> PyResult<Memory> {
        let Some(asked) = &self.archive else { return Ok(Memory::None) };
        let archive = asked.archive.get().archive();
        if !asked.remember {
            return Ok(Memory::Matched(archive));
        }
        let purpose = match self.purpose()? {
            Purpose::Report => archive::Purpose::Stories,
            Purpose::Dedup | Purpose::Removals => archive::Purpose::Removal,
        };
        Ok(Memory::Remembered(archive, Terms { purpose, seen: asked.seen, expire_after: asked.expire_after }))
    }

    /// Returns the rows of the data, which are Python objects.
    pub(crate) fn rows(&self) -> PyResult<Bound<'py, PyIterator>> {
        self.data.get_item(1)?.try_iter()
    }

    /// Returns where the articles come from, and what converts Python objects. The reference collection is taken in first.
    pub(crate) fn sources(&self) -> PyResult<(Vec<Source>, Vec<Feeder<'py>>)> {
        let against = self.against.as_ref().map(|data| (Role::Against, data));
        let (mut sources, mut feeders) = (Vec::new(), Vec::new());
        for (role, data) in against.into_iter().chain([(Role::Data, &self.data)]) {
            let (source, feeder) = Source::new(role, data, &self.fields)?;
            sources.push(source);
            feeders.extend(feeder);
        }
        Ok((sources, feeders))
    }
}
