//! Collects the articles and sites that a page shows, and writes them as data for its script.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use data_encoding::HEXLOWER;
use hmac_sha256::Hash;

use super::untrusted::{json_data, safe};
use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The articles and sites of the entries that were written so far.
pub(super) struct PageData<'a> {
    pub(super) corpus: &'a Corpus,
    articles: BTreeSet<ArticleId>,
    /// The sites, numbered in order of first appearance.
    sites: BTreeMap<&'a str, usize>,
    entries: usize,
    /// The hash of the keys and locations of the articles of all entries, in their order.
    sample: Hash,
}

impl<'a> PageData<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, articles: BTreeSet::new(), sites: BTreeMap::new(), entries: 0, sample: Hash::new() }
    }

    /// Adds the articles of an entry. Returns the numbers of its sites, separated by spaces, for filters.
    pub(super) fn add_entry(&mut self, articles: impl Iterator<Item = ArticleId>) -> String {
        self.entries += 1;
        let mut numbers = BTreeSet::new();
        for id in articles {
            self.articles.insert(id);
            let header = self.corpus.header(id);
            for field in [header.key, &header.location.to_string()] {
                self.sample.update(field.as_bytes());
                self.sample.update([0]);
            }
            if let Some(site) = self.corpus.site(id) {
                let next = self.sites.len();
                numbers.insert(*self.sites.entry(site).or_insert(next));
            }
        }
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// Returns whether no entry was added.
    pub(super) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Writes the names of the sites, in the order of their numbers.
    pub(super) fn write_sites(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut sites: Vec<(usize, &str)> =
            self.sites.iter().map(|(&site, &number)| (number, site)).collect();
        sites.sort_unstable();
        let sites: Vec<_> = sites.into_iter().map(|(_, site)| safe(site)).collect();
        writeln!(out, "{}", json_data("sites", &sites)?.into_string())
    }

    /// Writes the hash that distinguishes these entries from those of other pages, and the key and the location of each
    /// article by its number.
    pub(super) fn write_keys(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json_data("sample", &HEXLOWER.encode(&self.sample.finalize()))?.into_string())?;
        let key = |&id: &ArticleId| {
            let header = self.corpus.header(id);
            (id.get(), [header.key.to_owned(), header.location.to_string()])
        };
        let keys: BTreeMap<u32, [String; 2]> = self.articles.iter().map(key).collect();
        writeln!(out, "{}", json_data("keys", &keys)?.into_string())
    }

    /// Writes the text of each article.
    pub(super) fn write_texts(&self, out: &mut dyn Write) -> io::Result<()> {
        for &id in &self.articles {
            if let Some(text) = self.corpus.text(id) {
                let name = format!("text-{}", id.get());
                writeln!(out, "{}", json_data(&name, &safe(text))?.into_string())?;
            }
        }
        Ok(())
    }
}
