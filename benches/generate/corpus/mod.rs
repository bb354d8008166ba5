//! Writes made-up scraped news as JSON Lines, with the truth about every article.
//!
//! Invariants: equal numbers of articles and equal seeds have equal bytes. Two articles share a run of twelve words
//! only if they share a story, a site, a form, a quote or a notice.
//!
//! Cost: constant memory, and time linear in the number of articles. For a copy, its story is generated again.

mod edit;
mod form;
mod language;
mod page;
mod plan;
mod site;
mod story;
mod words;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use wirecopy::sketch::SplitMix64;

use language::Language;
use page::{LINE, PARAGRAPH, Style, print};
use plan::{How, Part, Plan};
use site::{Site, Sites};
use story::{Story, Token, write_phrase};

const AGENCIES: [&str; 4] = ["AFP", "AP", "Reuters", "dpa"];
/// The number of minutes of the year in which stories are first printed.
const MINUTES: u64 = 300 * 24 * 60;
/// The number of minutes within which copies follow.
const LATER: u64 = 3 * 24 * 60;
/// The number of neighboring slots whose stories may share a quote.
const QUOTED: u64 = 512;
/// The number of notices in each language: lines that many sites print below a text.
const NOTICES: u64 = 6;
/// The number of words of the shortest notice.
const NOTICE: usize = 12;

// The purposes of random numbers from the plan.
const STORY: u64 = 32;
const LANGUAGE: u64 = 33;
const SITE: u64 = 34;
const PAGE: u64 = 35;
const DATE: u64 = 36;
const HAS_QUOTE: u64 = 37;
const QUOTE: u64 = 38;
const AGENCY: u64 = 39;
const NOTICE_TEXT: u64 = 40;
const SERIES: u64 = 41;

/// Writes a corpus.
pub(crate) fn write(articles: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut press = Press::new(articles, seed);
    let mut record = Vec::new();
    for index in 0..articles {
        record.clear();
        press.record(index, &mut record);
        out.write_all(&record)?;
    }
    out.flush()
}

/// Generates articles. Reuses the buffers of one.
struct Press {
    languages: Vec<Language>,
    sites: Sites,
    plan: Plan,
    story: Story,
    title: Vec<u8>,
    text: Vec<u8>,
}

impl Press {
    fn new(articles: u64, seed: u64) -> Self {
        let languages = language::languages();
        Self {
            sites: Sites::new(&languages, seed),
            languages,
            plan: Plan::new(articles, seed),
            story: Story::default(),
            title: Vec::new(),
            text: Vec::new(),
        }
    }

    /// Writes the record of the article at an index of the file.
    fn record(&mut self, index: u64, out: &mut Vec<u8>) {
        let part = self.plan.part(index);
        self.title.clear();
        self.text.clear();
        let mut stories = vec![part.story];
        let language = if part.how == How::Form { 0 } else { self.language(part.story) };
        // A form is printed by the site of its series, a revision by that of the original.
        let site_bits = match part.how {
            How::Form => SplitMix64::new(self.series(&part)).next(),
            How::Original | How::Revision => self.plan.hash(part.story, SITE),
            _ => self.plan.hash(part.slot, SITE),
        };
        match part.how {
            How::Form => self.write_form(&part),
            _ => stories.extend(self.write_story(&part, language, site_bits)),
        }
        let site = self.sites.draw(language, site_bits);
        let mut minute = self.plan.hash(part.story, DATE) % MINUTES;
        if part.slot != part.story {
            minute += 1 + self.plan.hash(part.slot, DATE) % LATER;
        }
        write_head(index, &stories, part.how, site, minute, out);
        out.extend_from_slice(&self.title);
        out.extend_from_slice(b"\",\"text\":\"");
        write_framed(site, &self.text, out);
        out.extend_from_slice(b"\"}\n");
    }

    fn language(&self, story: u64) -> usize {
        let mut of_thousand = self.plan.hash(story, LANGUAGE) as usize % 1000;
        let found = self.languages.iter().position(|language| {
            let found = of_thousand < language.share;
            of_thousand = of_thousand.wrapping_sub(language.share);
            found
        });
        found.unwrap_or(0)
    }

    fn series(&self, part: &Part) -> u64 {
        self.plan.hash(part.slot, SERIES) % form::SERIES
    }

    fn write_form(&mut self, part: &Part) {
        let mut random = SplitMix64::new(self.plan.hash(part.slot, PAGE));
        let (title, text) = form::fill(&self.languages[0], self.series(part), &mut random);
        self.title.extend_from_slice(title.as_bytes());
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Writes the text of a page of a story. Returns the number of the other story on the page, if there is one.
    fn write_story(&mut self, part: &Part, number: usize, site_bits: u64) -> Option<u64> {
        let language = &self.languages[number];
        let site = self.sites.draw(number, site_bits);
        let plan = &self.plan;
        let mut random = SplitMix64::new(plan.hash(part.slot, PAGE));
        write_base(&mut self.story, plan, language, part.story);
        let own_words = matches!(part.how, How::Edited | How::Excerpt);
        match part.how {
            How::Edited => edit::edit(language, &mut random, &mut self.story.body),
            How::Excerpt => edit::excerpt(&mut self.story.body),
            How::Revision => edit::revise(language, &mut random, &mut self.story),
            _ => {}
        }
        if own_words {
            self.story.write_title(language, &mut random);
        }
        let style = Style { curly: own_words && random.below(2) == 0, dump: part.how == How::Dump };
        print(language, &self.story.own, &self.story.title, Style { dump: false, ..style }, &mut self.title);
        if site.prints_title || style.dump {
            self.text.extend_from_slice(&self.title);
            self.text.extend_from_slice(PARAGRAPH);
        }
        let agency = plan.hash(part.story, AGENCY) as usize % (3 * AGENCIES.len());
        let place = self.story.body.first().map_or(&[][..], |token| word(language, &self.story, token));
        match AGENCIES.get(agency) {
            Some(agency) => dateline(place, Some(agency), &mut self.text),
            None if own_words => dateline(place, None, &mut self.text),
            None => {}
        }
        print(language, &self.story.own, &self.story.body, style, &mut self.text);
        if let Some(agency) = AGENCIES.get(agency).filter(|_| own_words && random.below(2) == 0) {
            self.text.extend_from_slice(PARAGRAPH);
            self.text.extend_from_slice(format!("© 2031 {agency}").as_bytes());
        }
        let citation =
            style.dump.then(|| format!("https://{}/{} (retrieved 2031-12-01)", site.host, part.slot));
        let other = plan.other_story(part).filter(|_| part.how == How::TwoStories);
        if let Some(other) = other {
            self.append_story(other);
        }
        if random.below(10) == 0 {
            self.append_notice(number, random.next() % NOTICES);
        }
        if let Some(citation) = citation {
            self.text.extend_from_slice(PARAGRAPH);
            self.text.extend_from_slice(citation.as_bytes());
        }
        other
    }

    fn append_story(&mut self, number: u64) {
        let language = &self.languages[self.language(number)];
        write_base(&mut self.story, &self.plan, language, number);
        for tokens in [&self.story.title, &self.story.body] {
            self.text.extend_from_slice(PARAGRAPH);
            print(language, &self.story.own, tokens, Style::PLAIN, &mut self.text);
        }
    }

    /// Writes one of the notices that many sites print, such as a line about copyright.
    fn append_notice(&mut self, number: usize, notice: u64) {
        let mut tokens = Vec::new();
        let seed = self.plan.hash(number as u64 * NOTICES + notice, NOTICE_TEXT);
        write_phrase(&self.languages[number], seed, NOTICE + notice as usize % 4, &mut tokens);
        self.text.extend_from_slice(PARAGRAPH);
        print(&self.languages[number], &self.story.own, &tokens, Style::PLAIN, &mut self.text);
    }
}

/// Writes a story as it was first printed.
fn write_base(story: &mut Story, plan: &Plan, language: &Language, number: u64) {
    let quoted = plan.hash(number, HAS_QUOTE).is_multiple_of(25);
    story.write(language, plan.hash(number, STORY), quoted.then(|| plan.hash(number / QUOTED, QUOTE)));
}

fn word<'a>(language: &'a Language, story: &'a Story, token: &Token) -> &'a [u8] {
    match token.word.checked_sub(story::OWN) {
        Some(own) => story.own.word(own),
        None => language.lexicon.word(token.word),
    }
}

fn dateline(place: &[u8], agency: Option<&str>, text: &mut Vec<u8>) {
    text.extend_from_slice(String::from_utf8_lossy(place).to_uppercase().as_bytes());
    match agency {
        Some(agency) => text.extend_from_slice(format!(" ({agency}) - ").as_bytes()),
        None => text.extend_from_slice(b": "),
    }
}

/// Writes a record up to its headline.
fn write_head(index: u64, stories: &[u64], how: How, site: &Site, minute: u64, out: &mut Vec<u8>) {
    const MONTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (mut day, mut month) = (minute / (24 * 60), 0);
    while day >= MONTHS[month] {
        day -= MONTHS[month];
        month += 1;
    }
    let (month, day, hour, minute) = (month + 1, day + 1, minute / 60 % 24, minute % 60);
    let host = &site.host;
    write!(
        out,
        "{{\"id\":\"g{index:08}\",\"stories\":{stories:?},\"how\":\"{}\",\"url\":\"https://{host}/2031/{index}\",\
         \"site\":\"{host}\",\"published\":\"2031-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z\",\"title\":\"",
        how.name(),
    )
    .expect("writing to a vector cannot fail");
}

/// Writes a text between the header and the footer of its site.
fn write_framed(site: &Site, text: &[u8], out: &mut Vec<u8>) {
    if !site.header.is_empty() {
        out.extend_from_slice(&site.header);
        out.extend_from_slice(LINE);
        out.extend_from_slice(LINE);
    }
    out.extend_from_slice(text);
    if !site.footer.is_empty() {
        out.extend_from_slice(PARAGRAPH);
        out.extend_from_slice(&site.footer);
    }
}
