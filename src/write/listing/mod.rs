//! Writes results as a listing for a terminal: which articles share text, how much, and how the passage begins.

mod article_lines;
mod cluster_entry;
#[expect(clippy::module_inception, reason = "a file is named after the type that it defines")]
mod listing;
mod pair_entry;
mod quote;
mod region_bar;
mod relation_label;

pub(super) use self::article_lines::{ArticleEntry, article_lines};
pub use self::listing::Listing;

use std::io::{self, Write};

use super::report_format::ReportFormat;
use super::screen::Screen;
use super::styles::DIM;
use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::verify::Match;

impl ReportFormat for Listing {
    fn clusters(
        &self,
        corpus: &Corpus,
        clusters: &ListedClusters<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (index, cluster) in clusters.iter().enumerate() {
            let place = clusters.place_in_story(index);
            cluster_entry::write_cluster_entry(self, corpus, (index + 1, &cluster), place, out)?;
            writeln!(out)?;
        }
        if !clusters.is_empty() {
            let text = "Bar: the position of the passage in the article. \
                        %: the share of the passage that the article contains.";
            write_legend(self.screen, text, out)?;
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
            pair_entry::write_pair_entry(self.screen, corpus, number, &found, out)?;
            writeln!(out)?;
        }
        if number > 0 {
            let text = "Bar: the positions of the shared passages in the article. \
                        %: the share of the article's words that are in them.";
            write_legend(self.screen, text, out)?;
        }
        Ok(())
    }
}

fn write_legend(screen: Screen, text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", screen.paint(DIM, text))
}
