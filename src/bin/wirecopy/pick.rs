//! FILE, FILE#KEY or FILE:LINE in, the article that is meant out.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::{Article, Error, Input, ReadOptions, Reader};

/// The name of standard input.
const STDIN: &str = "-";

/// A file, and which of its articles is meant.
#[derive(Debug, PartialEq, Eq)]
struct Pick<'a> {
    file: &'a str,
    which: Which<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Which<'a> {
    /// The only one.
    Only,
    /// The one with this key.
    Key(&'a str),
    /// The one that begins on this line.
    Line(u64),
}

/// Two articles, and the files out of which they were picked.
pub(crate) struct Picked {
    pub(crate) articles: [Article; 2],
    /// Files that hold more than the one that was meant, each once: these show what a site repeats.
    pub(crate) piles: Vec<PathBuf>,
}

/// Reads the two articles that are meant.
pub(crate) fn articles(asked: [&str; 2], options: &ReadOptions) -> anyhow::Result<Picked> {
    let [a, b] = [Pick::checked(asked[0])?, Pick::checked(asked[1])?];
    if a.file == STDIN && b.file == STDIN {
        bail!("{STDIN}: standard input is given twice");
    }
    let from_piles = [&a, &b].into_iter().filter(|pick| pick.which != Which::Only && pick.file != STDIN);
    let mut piles: Vec<PathBuf> = from_piles.map(|pick| pick.file.into()).collect();
    piles.dedup();
    Ok(Picked { articles: [a.read(options)?, b.read(options)?], piles })
}

impl<'a> Pick<'a> {
    /// Takes apart what was asked for, and checks that there is such a file.
    fn checked(asked: &'a str) -> anyhow::Result<Self> {
        let is_there = |file: &str| file == STDIN || Path::new(file).exists();
        let pick = Self::new(asked, is_there)
            .with_context(|| format!("{asked}: no such file; expected FILE, FILE#KEY or FILE:LINE"))?;
        if Path::new(pick.file).is_dir() {
            bail!("{}: is a folder, expected a file with one article, FILE#KEY or FILE:LINE", pick.file);
        }
        Ok(pick)
    }

    /// Takes apart what was asked for. What is there as it was asked for is a file; keys may hold any character.
    fn new(asked: &'a str, is_there: impl Fn(&str) -> bool) -> Option<Self> {
        if is_there(asked) {
            return Some(Self { file: asked, which: Which::Only });
        }
        let keyed = asked.match_indices('#').find(|&(at, _)| is_there(&asked[..at]));
        if let Some((at, mark)) = keyed {
            return Some(Self { file: &asked[..at], which: Which::Key(&asked[at + mark.len()..]) });
        }
        let (file, line) = asked.rsplit_once(':')?;
        let line = line.parse().ok()?;
        is_there(file).then_some(Self { file, which: Which::Line(line) })
    }

    fn read(&self, options: &ReadOptions) -> anyhow::Result<Article> {
        let input = if self.file == STDIN { Input::stdin() } else { Input::file(self.file) };
        let mut reader = Reader::new(vec![input], options.clone());
        let mut found: Option<Article> = None;
        // A record that cannot be read is in the way only where the one that is meant is not found.
        let mut broken: Option<Error> = None;
        loop {
            let batch = match reader.next_batch() {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                Err(error) if error.is_record() => {
                    broken.get_or_insert(error);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            for index in 0..batch.len() {
                if matches!(self.which, Which::Line(line) if line != batch.place(index).line) {
                    continue;
                }
                let article = match batch.article(index) {
                    Ok(article) => article,
                    Err(error) => {
                        broken.get_or_insert(error);
                        continue;
                    }
                };
                if matches!(self.which, Which::Key(key) if key != article.key) {
                    continue;
                }
                if let Some(first) = &found {
                    bail!(self.several(first, &article));
                }
                found = Some(article);
            }
        }
        match (found, broken) {
            (Some(article), _) => Ok(article),
            (None, Some(error)) => Err(error.into()),
            (None, None) => bail!(self.none()),
        }
    }

    fn several(&self, first: &Article, second: &Article) -> String {
        let file = self.file;
        match self.which {
            Which::Key(key) => format!(
                "{file}: several records have the key {key:?}; pick one by its line: {} or {}",
                first.location, second.location
            ),
            _ => format!(
                "{file}: holds several records, expected one; pick one by its key or line: {file}#{} or {}",
                first.key, first.location
            ),
        }
    }

    fn none(&self) -> String {
        let file = self.file;
        match self.which {
            Which::Only => format!("{file}: holds no record, expected one"),
            Which::Key(key) => format!("{file}: no record has the key {key:?}"),
            Which::Line(line) => format!("{file}: no record begins on line {line}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart() {
        let files = ["a.jsonl", "odd#name", "c:3", "-"];
        let cases = [
            ("a.jsonl", Some(("a.jsonl", Which::Only))),
            ("a.jsonl#x", Some(("a.jsonl", Which::Key("x")))),
            ("a.jsonl#https://a.example/#top:3", Some(("a.jsonl", Which::Key("https://a.example/#top:3")))),
            ("a.jsonl:17", Some(("a.jsonl", Which::Line(17)))),
            ("odd#name", Some(("odd#name", Which::Only))),
            ("odd#name#x", Some(("odd#name", Which::Key("x")))),
            ("c:3", Some(("c:3", Which::Only))),
            ("c:3:4", Some(("c:3", Which::Line(4)))),
            ("-", Some(("-", Which::Only))),
            ("-:2", Some(("-", Which::Line(2)))),
            ("b.jsonl", None),
            ("a.jsonl:x", None),
        ];
        for (asked, expected) in cases {
            let pick = Pick::new(asked, |file| files.contains(&file));
            assert_eq!(pick, expected.map(|(file, which)| Pick { file, which }), "{asked}");
        }
    }
}
