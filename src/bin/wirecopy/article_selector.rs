//! Reads the articles that the arguments of `compare` select: FILE, FILE#KEY or FILE:LINE.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::read::{Batch, Format};
use wirecopy::{Article, Error, Input, ReadOptions, Reader};

use crate::stream_name::STREAM;

/// A file and one of its articles.
#[derive(Debug, PartialEq, Eq)]
struct ArticleSelector<'a> {
    file: &'a str,
    selected: Selected<'a>,
}

/// The way in which an article of a file is selected.
#[derive(Debug, PartialEq, Eq)]
enum Selected<'a> {
    /// The only article.
    Only,
    /// The article with this key.
    Key(&'a str),
    /// The article whose record begins on this line, or is the row with this number of a file without lines.
    Line(u64),
}

/// Two articles, and the files from which they were selected.
pub(crate) struct SelectedArticles {
    pub(crate) articles: [Article<'static>; 2],
    /// The files that may contain other articles, too, each once. They show what a site repeats.
    pub(crate) collections: Vec<PathBuf>,
}

/// Reads the two articles that the arguments select.
pub(crate) fn read_selected(arguments: [&str; 2], options: &ReadOptions) -> anyhow::Result<SelectedArticles> {
    let [a, b] = [ArticleSelector::of_existing(arguments[0])?, ArticleSelector::of_existing(arguments[1])?];
    if a.file == STREAM && b.file == STREAM {
        bail!("{STREAM}: standard input is given twice");
    }
    let is_collection =
        |selector: &&&ArticleSelector<'_>| selector.selected != Selected::Only && selector.file != STREAM;
    let mut collections: Vec<PathBuf> =
        [&a, &b].iter().filter(is_collection).map(|selector| selector.file.into()).collect();
    collections.dedup();
    Ok(SelectedArticles { articles: [a.read(options)?, b.read(options)?], collections })
}

impl<'a> ArticleSelector<'a> {
    /// Parses an argument, and checks that its file exists.
    fn of_existing(argument: &'a str) -> anyhow::Result<Self> {
        let exists = |file: &str| file == STREAM || Path::new(file).exists();
        let selector = Self::parse(argument, exists)
            .with_context(|| format!("{argument}: no such file; expected FILE, FILE#KEY or FILE:LINE"))?;
        if Path::new(selector.file).is_dir() {
            bail!("{}: is a folder, expected a file with one article, FILE#KEY or FILE:LINE", selector.file);
        }
        Ok(selector)
    }

    /// Parses an argument. Returns `None` if no part of it is a file that exists.
    ///
    /// The names of files and keys may contain `#` and `:`. An argument that as a whole is the name of a file
    /// selects its only article. Otherwise the key begins after the first `#` that follows the name of a file.
    fn parse(argument: &'a str, exists: impl Fn(&str) -> bool) -> Option<Self> {
        if exists(argument) {
            return Some(Self { file: argument, selected: Selected::Only });
        }
        let keyed = argument.match_indices('#').find(|&(at, _)| exists(&argument[..at]));
        if let Some((at, mark)) = keyed {
            return Some(Self {
                file: &argument[..at],
                selected: Selected::Key(&argument[at + mark.len()..]),
            });
        }
        let (file, line) = argument.rsplit_once(':')?;
        let line = line.parse().ok()?;
        exists(file).then_some(Self { file, selected: Selected::Line(line) })
    }

    /// Reads the selected article.
    ///
    /// # Errors
    /// Returns an error if there is no such article or more than one. If there is none, a record that cannot be
    /// read may be the reason, and its error is returned.
    fn read(&self, options: &ReadOptions) -> anyhow::Result<Article<'static>> {
        let input = if self.file == STREAM { Input::stdin() } else { Input::file(self.file) };
        let mut reader = Reader::new(vec![input], options.clone());
        let mut found: Option<Article<'static>> = None;
        let mut first_error: Option<Error> = None;
        loop {
            let batch = match reader.next_batch() {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                Err(error) if error.is_record() => {
                    first_error.get_or_insert(error);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            for index in 0..batch.len() {
                match self.select(&batch, index) {
                    Ok(None) => {}
                    Ok(Some(article)) => match &found {
                        Some(first) => bail!(self.several_message(first, &article)),
                        None => found = Some(article.into_owned()),
                    },
                    Err(error) => {
                        first_error.get_or_insert(error);
                    }
                }
            }
        }
        match (found, first_error) {
            (Some(article), _) => Ok(article),
            (None, Some(error)) => Err(error.into()),
            (None, None) => {
                bail!(self.none_message(reader.sources().first().map(|source| source.format)))
            }
        }
    }

    /// Returns the article at `index` of a batch if it is selected.
    fn select<'b>(&self, batch: &'b Batch, index: usize) -> Result<Option<Article<'b>>, Error> {
        if matches!(self.selected, Selected::Line(line) if line != batch.location(index).line) {
            return Ok(None);
        }
        let article = batch.article(index)?;
        let is_other = matches!(self.selected, Selected::Key(key) if key != article.key);
        Ok((!is_other).then_some(article))
    }

    fn several_message(&self, first: &Article<'_>, second: &Article<'_>) -> String {
        let file = self.file;
        match self.selected {
            Selected::Key(key) => format!(
                "{file}: several records have the key {key:?}; select one by its line: {} or {}",
                first.location, second.location
            ),
            _ => format!(
                "{file}: contains several records, expected one; select one by its key or line: {file}#{} or {}",
                first.key, first.location
            ),
        }
    }

    /// Returns the message that no record is selected of a file in this format.
    fn none_message(&self, format: Option<Format>) -> String {
        let file = self.file;
        match self.selected {
            Selected::Only => format!("{file}: contains no record, expected one"),
            Selected::Key(key) => format!("{file}: no record has the key {key:?}"),
            Selected::Line(row) if format == Some(Format::Parquet) => {
                format!("{file}: there is no row {row}")
            }
            Selected::Line(offset) if format == Some(Format::Warc) => {
                format!("{file}: no article begins at the offset {offset}")
            }
            Selected::Line(line) => format!("{file}: no record begins on line {line}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_arguments() {
        let files = ["a.jsonl", "odd#name", "c:3", "-"];
        let cases = [
            ("a.jsonl", Some(("a.jsonl", Selected::Only))),
            ("a.jsonl#x", Some(("a.jsonl", Selected::Key("x")))),
            (
                "a.jsonl#https://a.example/#top:3",
                Some(("a.jsonl", Selected::Key("https://a.example/#top:3"))),
            ),
            ("a.jsonl:17", Some(("a.jsonl", Selected::Line(17)))),
            ("odd#name", Some(("odd#name", Selected::Only))),
            ("odd#name#x", Some(("odd#name", Selected::Key("x")))),
            ("c:3", Some(("c:3", Selected::Only))),
            ("c:3:4", Some(("c:3", Selected::Line(4)))),
            ("-", Some(("-", Selected::Only))),
            ("-:2", Some(("-", Selected::Line(2)))),
            ("b.jsonl", None),
            ("a.jsonl:x", None),
        ];
        for (argument, expected) in cases {
            let selector = ArticleSelector::parse(argument, |file| files.contains(&file));
            let expected = expected.map(|(file, selected)| ArticleSelector { file, selected });
            assert_eq!(selector, expected, "{argument}");
        }
    }
}
