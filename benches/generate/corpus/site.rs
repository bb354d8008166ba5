//! Generates the sites of a corpus from a seed, each with the text that it prints on every page.

use wirecopy::sketch::SplitMix64;

use super::language::Language;
use super::page::{Style, print};
use super::story::{OWN, Story, Token};
use super::words::Ranks;

/// The number of sites, without those of rare languages. A few sites print most articles.
const SITES: usize = 3000;
/// The smallest number of sites of a language. With fewer sites, a story with hundreds of copies would fill each of
/// them.
const LEAST: usize = 200;

pub(super) struct Site {
    pub(super) host: String,
    /// The text above and below the article on every page, escaped for JSON.
    pub(super) header: Vec<u8>,
    pub(super) footer: Vec<u8>,
    /// Whether its text begins with the headline.
    pub(super) prints_title: bool,
}

/// The sites, ordered by language.
pub(super) struct Sites {
    sites: Vec<Site>,
    /// For each language, the ranks of its sites.
    ranks: Vec<Ranks>,
}

impl Sites {
    pub(super) fn new(languages: &[Language], seed: u64) -> Self {
        let mut random = SplitMix64::new(seed ^ 0x517e);
        let mut scratch = Story::default();
        let (mut sites, mut ranks) = (Vec::new(), Vec::new());
        for language in languages {
            let count = LEAST.max(SITES * language.share / 1000);
            ranks.push(Ranks::new(count as u32, sites.len() as u32));
            for _ in 0..count {
                // Hosts are made-up English words in all languages.
                let mut name = String::new();
                languages[0].spelling.spell(&mut random, &mut name);
                let host = format!("{name}{}.example", sites.len());
                sites.push(Site::new(host, language, &mut scratch, &mut random));
            }
        }
        Self { sites, ranks }
    }

    /// Draws a site of a language with 26 random bits.
    pub(super) fn draw(&self, language: usize, bits: u64) -> &Site {
        &self.sites[self.ranks[language].draw(bits) as usize]
    }
}

impl Site {
    fn new(host: String, language: &Language, scratch: &mut Story, random: &mut SplitMix64) -> Self {
        let mut site =
            Self { host, header: Vec::new(), footer: Vec::new(), prints_title: random.below(2) == 0 };
        if random.below(100) >= 85 {
            return site;
        }
        let menu: Vec<Token> = (0..5 + random.below(46))
            .map(|_| Token {
                word: language.ranks.draw(random.next()),
                mark: 0,
                capital: true,
                ends_paragraph: true,
            })
            .collect();
        for token in &menu {
            print(language, &scratch.own, &[*token], Style::PLAIN, &mut site.header);
            site.header.extend_from_slice(b" | ");
        }
        let name = scratch.own.push(site.host.as_bytes()) + OWN;
        let mut footer = vec![Token { word: name, mark: 0, capital: false, ends_paragraph: false }];
        let words = 25 + random.below(46);
        scratch.write_passage(language, random, words, &mut footer);
        print(language, &scratch.own, &footer, Style::PLAIN, &mut site.footer);
        scratch.own.clear();
        site
    }
}
