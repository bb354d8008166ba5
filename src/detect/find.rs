//! Finds copies in one call.

use std::path::PathBuf;

use super::detector::Detector;
use super::findings::Findings;
use crate::article::Article;
use crate::error::Error;
use crate::read::{ReadOptions, Reader, find_inputs};
use crate::settings::Settings;

/// Finds the copies among articles.
///
/// # Errors
/// [`Error::Setting`] if a setting is out of its range; [`Error::Storage`] if what does not fit into memory cannot be
/// stored.
///
/// ```
/// use wirecopy::{Article, Settings, find_copies};
///
/// let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, \
///     and four hundred passengers slept in the gymnasium of the school.";
/// let articles = [
///     Article::new("original", story),
///     Article::new("reprint", format!("HARBOR NEWS. {story} Read more on page 2.")),
///     Article::new("other", "The council of Lindmark has voted for a second bridge across the river Olle."),
/// ];
/// let findings = find_copies(articles, Settings::default())?;
/// assert_eq!(findings.clusters().len(), 1);
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn find_copies<'t>(
    articles: impl IntoIterator<Item = Article<'t>>,
    settings: Settings,
) -> Result<Findings, Error> {
    let mut detector = Detector::new(settings)?;
    for article in articles {
        detector.add(article)?;
    }
    detector.finish(&())
}

/// Finds the copies among the articles of files. Of a folder, all files are read. Formats, compressions and fields
/// are recognized as the command does; a [`Reader`] with [`ReadOptions`] decides otherwise.
///
/// # Errors
/// [`Error::Record`] or [`Error::Input`] for the first record or file that cannot be read; else as [`find_copies`].
///
/// ```
/// use wirecopy::{Settings, find_copies_in_files};
///
/// let findings = find_copies_in_files(["fixtures/articles.jsonl"], Settings::default())?;
/// for cluster in findings.clusters() {
///     println!("{} articles share text with {}", cluster.members.len() - 1, findings.key(cluster.representative));
/// }
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn find_copies_in_files(
    paths: impl IntoIterator<Item = impl Into<PathBuf>>,
    settings: Settings,
) -> Result<Findings, Error> {
    let paths: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
    let mut detector = Detector::new(settings)?;
    detector.read(Reader::new(find_inputs(&paths)?, ReadOptions::default()), &(), Err)?;
    detector.finish(&())
}
