//! Results in, a listing for people out: who copies whom, how much, which passage.

mod article;
mod clusters;
mod pairs;

pub(super) use self::article::{Entry, date};
pub(super) use self::clusters::credited;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Report;
use super::option_names::OptionNames;
use super::screen::Screen;
use crate::cluster::{Cluster, Kind};
use crate::corpus::Corpus;
use crate::verify::{Match, Relation};

const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

/// Writes a listing. The texts must have been kept for passages to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// The room it has.
    pub screen: Screen,
    /// The most members of a cluster that are shown; the others are counted.
    pub members: usize,
    /// Whether members of clusters show what is masked of them.
    pub boilerplate: bool,
    /// The names of the options that the listing mentions.
    pub names: OptionNames,
}

impl Report for Listing {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        for (index, cluster) in clusters.iter().enumerate() {
            clusters::write(self, corpus, index + 1, cluster, out)?;
            writeln!(out)?;
        }
        if !clusters.is_empty() {
            self.legend("Bar: where the passage stands in the article. %: how much of it is carried.", out)?;
        }
        Ok(())
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut number = 0;
        for found in pairs {
            number += 1;
            pairs::write(self, corpus, number, &found, out)?;
            writeln!(out)?;
        }
        if number > 0 {
            self.legend("Bar: where the shared passages stand. %: their share of the article's words.", out)?;
        }
        Ok(())
    }
}

impl Listing {
    fn legend(&self, says: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.screen.paint(DIM, says))
    }

    /// Names a relation and a kind, in the color of the relation.
    fn relation(&self, relation: Option<Relation>, kind: Option<Kind>) -> (String, Style) {
        let name = relation.map_or("representative", Relation::name);
        let name = kind.map_or(name.to_owned(), |kind| format!("{name} {}", kind.name()));
        let color = match relation {
            None => return (name, BOLD),
            Some(Relation::Exact | Relation::NearDuplicate) => AnsiColor::Green,
            Some(Relation::Excerpt) => AnsiColor::Yellow,
            Some(Relation::Partial) => AnsiColor::Magenta,
        };
        (name, color.on_default())
    }
}
