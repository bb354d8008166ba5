//! Decides which files of folders are read.

use std::path::Path;

use ignore::Match;
use ignore::overrides::{Override, OverrideBuilder};

use super::detect_format::ending;
use crate::error::{Error, Problem};

/// The endings of texts and records. A file of a folder without an ending, or with one that begins with a digit, may be
/// a text, too.
const ARTICLES: [&str; 11] =
    ["txt", "text", "json", "jsonl", "ndjson", "jsonlines", "jl", "csv", "tsv", "tab", ""];
/// The names, without their endings, of texts about a folder.
const ABOUT_FOLDER: [&str; 10] = [
    "README",
    "Readme",
    "readme",
    "LICENSE",
    "LICENCE",
    "COPYING",
    "NOTICE",
    "CHANGELOG",
    "SHA256SUMS",
    "MD5SUMS",
];

/// The files of folders that are read, as globs. Without any, all files are read except for those that are no articles
/// by their name or content.
#[derive(Clone, Debug, Default)]
pub struct FolderFilter {
    globs: Vec<String>,
}

/// The globs, for one folder.
pub(super) struct FilterOfFolder(Override);

/// The choice of the globs for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A glob names it: it is read whatever it is.
    Named,
    /// It is read if it is an article.
    Open,
    /// It is left out.
    LeftOut,
}

impl FolderFilter {
    /// Creates a filter. `globs` are patterns such as `*.jsonl` or `2031/**`, relative to the folder that a path names;
    /// those that begin with `!` leave files out. If there are others, only files that one of them matches are read.
    ///
    /// # Errors
    /// An [`Error::Input`] for a pattern that is not valid.
    pub fn new(globs: &[String]) -> Result<Self, Error> {
        let filter = Self { globs: globs.to_vec() };
        filter.of_folder(Path::new("."))?;
        Ok(filter)
    }

    /// Returns the filter of the files below `folder`.
    pub(super) fn of_folder(&self, folder: &Path) -> Result<FilterOfFolder, Error> {
        let mut builder = OverrideBuilder::new(folder);
        for glob in &self.globs {
            let wrong = |error: ignore::Error| {
                Error::input(Path::new(glob), Problem::InvalidGlob { message: error.to_string() })
            };
            builder.add(glob).map_err(wrong)?;
        }
        let wrong =
            |error: ignore::Error| Error::input(folder, Problem::InvalidGlob { message: error.to_string() });
        builder.build().map(FilterOfFolder).map_err(wrong)
    }
}

impl FilterOfFolder {
    /// Returns what the globs say of a file.
    pub(super) fn choice(&self, file: &Path) -> Choice {
        match self.0.matched(file, false) {
            Match::Whitelist(_) => Choice::Named,
            Match::None => Choice::Open,
            Match::Ignore(_) => Choice::LeftOut,
        }
    }
}

/// Returns whether a file of a folder may be a text or a file of records, by its name.
pub(super) fn is_article_name(name: &str) -> bool {
    let ending = ending(name);
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_about_folder = ABOUT_FOLDER.contains(&file.split('.').next().unwrap_or_default());
    let is_ending = ARTICLES.contains(&&*ending) || ending.starts_with(|first: char| first.is_ascii_digit());
    is_ending && !is_about_folder
}

/// Returns whether a name ends like that of a text.
pub(super) fn is_named_as_text(name: &str) -> bool {
    matches!(&*ending(name), "txt" | "text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_articles() {
        for name in ["a.txt", "a", "news/0017", "a.2031-01-05", "day.jsonl.gz", "A.CSV", "notice.txt"] {
            assert!(is_article_name(name), "{name}");
        }
        for name in
            ["README.md", "README", "readme.txt", "notes.md", "a.html", "run.py", "a.log", "x/LICENSE"]
        {
            assert!(!is_article_name(name), "{name}");
        }
    }

    #[test]
    fn globs_choose_files() {
        use Choice::{LeftOut, Named, Open};
        let cases: [(&[&str], &str, Choice); 7] = [
            (&[], "news/a.txt", Open),
            (&["*.jsonl"], "news/b/a.jsonl", Named),
            (&["*.jsonl"], "news/a.txt", LeftOut),
            (&["!*.txt"], "news/a.txt", LeftOut),
            (&["!*.txt"], "news/a.jsonl", Open),
            (&["b/*"], "news/b/a.md", Named),
            (&["b/*"], "news/c/a.md", LeftOut),
        ];
        for (globs, file, expected) in cases {
            let globs: Vec<String> = globs.iter().map(ToString::to_string).collect();
            let filter = FolderFilter::new(&globs).unwrap().of_folder(Path::new("news")).unwrap();
            assert_eq!(filter.choice(Path::new(file)), expected, "{globs:?} {file}");
        }
        let wrong = FolderFilter::new(&["[a".to_owned()]).unwrap_err().to_string();
        assert!(wrong.starts_with("[a: is no valid pattern of file names: "), "{wrong}");
    }
}
