//! Checks which articles `dedup` removes. This file creates articles and finds copies among them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod furniture;
mod known;
mod laws;
mod pages;
mod rule;

use wirecopy::{Article, Detector, Findings, Location, Settings};

/// A made-up article: key, text, site, date.
pub(crate) type Made<'a> = (&'a str, String, Option<String>, Option<String>);

pub(crate) fn article((key, text, site, published): Made<'_>, line: u64) -> Article<'static> {
    let location = Location { file: "made".into(), line };
    Article { site, published, location, ..Article::new(key, text) }
}

pub(crate) fn findings<'a>(articles: impl IntoIterator<Item = Made<'a>>, settings: Settings) -> Findings {
    let mut detector = Detector::new(settings).unwrap();
    for (line, made) in (1..).zip(articles) {
        detector.add(article(made, line)).unwrap();
    }
    detector.finish(&()).unwrap()
}
