//! Opens and creates archives.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::current::Current;
use super::disk::{Folder, RealFileSystem};
use super::manifest::Manifest;
use super::recorded_settings::RecordedSettings;
use super::snapshot::{Snapshot, write_content};
use super::state::State;
use super::writer::{ArchiveWriter, to_json};
use crate::error::Error;
use crate::settings::Settings;

/// An archive of articles: it remembers them from one run to the next, with the stories that they belong to.
///
/// It may be used from several threads. Any number of [`Snapshot`]s may be read while the only [`ArchiveWriter`] changes the
/// archive, in this process and in others.
///
/// ```
/// use wirecopy::archive::{Archive, Purpose};
/// use wirecopy::{Article, Detector, Settings};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("archive");
/// let settings = Settings::default();
/// let archive = Archive::create(&path, &settings, false)?;
/// let story = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor.";
/// for (day, key) in [(1, "monday"), (2, "tuesday")] {
///     let mut detector = Detector::new(settings.clone())?;
///     detector.add(Article::new(key, story))?;
///     let mut writer = archive.write()?;
///     let (findings, plan) = writer.find(detector, Purpose::Stories, day, &())?;
///     assert_eq!(findings.clusters().len(), usize::from(key == "tuesday"));
///     writer.remember(&findings, &plan, &Default::default())?;
/// }
/// assert_eq!(archive.snapshot().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Archive {
    folder: Arc<Folder>,
    current: Current,
}

impl Archive {
    /// Creates an empty archive in a folder that is empty or does not exist. Its settings are those of all runs that add to
    /// it, but for templates: each run gives it those of its own. If `keep_texts` is set, it keeps the texts of articles, so
    /// that pages can show them.
    ///
    /// # Errors
    /// [`Error::Archive`] if the folder has other files in it, or cannot be written.
    pub fn create(path: &Path, settings: &Settings, keep_texts: bool) -> Result<Self, Error> {
        settings.check()?;
        let folder = Arc::new(Folder::new(path, Arc::new(RealFileSystem)));
        folder.create()?;
        let lock = folder.lock()?;
        if !Folder::is_archive(path) {
            // A process may have died while it created an archive here.
            folder.remove_orphans(&lock, &BTreeSet::new())?;
            let state = write_content(&folder, "state-00000000.wcy", &to_json(&State::default()))?;
            let manifest = Manifest {
                settings: RecordedSettings::new(settings),
                keep_texts,
                next_article: 0,
                next_file: 1,
                masked_anew: 0,
                segments: Vec::new(),
                state,
                events: Vec::new(),
                templates: None,
            };
            folder.commit(&lock, &to_json(&manifest), &manifest.names())?;
        }
        drop(lock);
        Self::open_folder(folder)
    }

    /// Opens an archive.
    ///
    /// # Errors
    /// [`Error::Archive`] if there is none, or if it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_folder(Arc::new(Folder::new(path, Arc::new(RealFileSystem))))
    }

    fn open_folder(folder: Arc<Folder>) -> Result<Self, Error> {
        let current = Current::new(Snapshot::read(&folder, None)?);
        Ok(Self { folder, current })
    }

    /// Returns whether the folder at `path` is an archive.
    pub fn is_archive(path: &Path) -> bool {
        Folder::is_archive(path)
    }

    /// Returns the archive as of the last commit that this process knows of.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.get()
    }

    /// Reads the last commit of any process, and returns the archive as of it.
    ///
    /// # Errors
    /// [`Error::Archive`] if it cannot be read.
    pub fn refresh(&self) -> Result<Arc<Snapshot>, Error> {
        let snapshot = Arc::new(Snapshot::read(&self.folder, Some(&self.snapshot()))?);
        self.current.set(&snapshot);
        Ok(snapshot)
    }

    /// Becomes the only writer of the archive.
    ///
    /// # Errors
    /// [`Error::Archive`] if there is another writer, in this process or in another one, or if the archive cannot be read
    /// or written.
    pub fn write(&self) -> Result<ArchiveWriter, Error> {
        let lock = self.folder.lock()?;
        let snapshot = self.refresh()?;
        self.folder.remove_orphans(&lock, &snapshot.manifest.names())?;
        Ok(ArchiveWriter::new(self.current.clone(), lock, snapshot))
    }
}
