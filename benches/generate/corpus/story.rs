//! Generates the words of a story from its number. Equal numbers have equal words.

use wirecopy::sketch::SplitMix64;

use super::language::{Fill, JOIN, Language, STOP};
use super::words::Lexicon;

/// A word and the mark after it.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// Its number in the vocabulary. Numbers from [`OWN`] are words that only this story has.
    pub(super) word: u32,
    /// The number of the mark after it.
    pub(super) mark: u8,
    pub(super) capital: bool,
    pub(super) ends_paragraph: bool,
}

/// The number of a story's first own word.
pub(super) const OWN: u32 = 1 << 31;

/// A story in a language. Its buffers are reused for the next one.
#[derive(Default)]
pub(super) struct Story {
    pub(super) title: Vec<Token>,
    pub(super) body: Vec<Token>,
    /// The names and numbers of this story, which no vocabulary has.
    pub(super) own: Lexicon,
    /// The number of names, which are the first words of `own` and occur repeatedly.
    people: u32,
}

/// The smallest number of words of a paragraph.
const PARAGRAPH: usize = 35;
/// The number of words after which a sentence ends, even if it continues in the skeleton.
const SENTENCE: usize = 45;
/// The number of words of a quote that several stories share.
const QUOTE: usize = 25;

impl Story {
    /// Writes the story of a seed. `quote` is the seed of a quote that it shares with others.
    pub(super) fn write(&mut self, language: &Language, seed: u64, quote: Option<u64>) {
        let mut random = SplitMix64::new(seed);
        self.title.clear();
        self.body.clear();
        self.own.clear();
        self.name_people(language, 4 + random.below(7), &mut random);
        self.write_title(language, &mut random);
        let length = length(&mut random);
        let mut pen = Pen::new(language, &mut random, self.people);
        let mut quote = quote;
        while self.body.len() < length {
            pen.paragraph(&mut self.own, &mut self.body);
            if self.body.len() > length / 2
                && let Some(quote) = quote.take()
            {
                write_phrase(language, quote, QUOTE, &mut self.body);
            }
        }
    }

    /// Writes another headline.
    pub(super) fn write_title(&mut self, language: &Language, random: &mut SplitMix64) {
        self.title.clear();
        let count = 6 + random.below(7);
        let mut pen = Pen::new(language, random, self.people);
        while self.title.len() < count {
            pen.word(&mut self.own, &mut self.title);
        }
        for token in &mut self.title {
            token.mark = JOIN;
            token.ends_paragraph = false;
        }
        self.title[0].capital = true;
        self.title[count - 1].ends_paragraph = true;
    }

    /// Writes text around or between stories: a footer, a paragraph that a site adds.
    pub(super) fn write_passage(
        &mut self,
        language: &Language,
        random: &mut SplitMix64,
        words: usize,
        out: &mut Vec<Token>,
    ) {
        let end = out.len() + words;
        let mut pen = Pen::new(language, random, self.people);
        while out.len() < end {
            pen.word(&mut self.own, out);
        }
        pen.end_paragraph(out);
    }

    /// Adds made-up names.
    fn name_people(&mut self, language: &Language, count: usize, random: &mut SplitMix64) {
        let parts = &language.parts;
        let mut part = || parts.word(random.below(parts.len() as usize) as u32);
        for _ in 0..count {
            self.own.push_compound(part(), part());
        }
        self.people = self.own.len();
    }
}

/// Writes a paragraph that depends only on its seed: a quote, a notice.
pub(super) fn write_phrase(language: &Language, seed: u64, words: usize, out: &mut Vec<Token>) {
    let mut random = SplitMix64::new(seed);
    Pen::new(language, &mut random, 0).run(words, out);
}

/// Draws the number of words of a story, from a log-normal distribution within the limits of real articles.
fn length(random: &mut SplitMix64) -> usize {
    const MEDIAN: f64 = 300.0;
    const SPREAD: f64 = 0.6;
    let twelve: f64 = (0..12).map(|_| random.below(1 << 16) as f64 / 65_536.0).sum();
    ((MEDIAN * (SPREAD * (twelve - 6.0)).exp()) as usize).clamp(100, 1500)
}

/// Writes one word after the other along the skeleton of a language.
struct Pen<'a> {
    language: &'a Language,
    random: &'a mut SplitMix64,
    people: u32,
    at: usize,
    /// The number of words of the sentence so far.
    sentence: usize,
}

impl<'a> Pen<'a> {
    fn new(language: &'a Language, random: &'a mut SplitMix64, people: u32) -> Self {
        let at = random.below(language.slots.len());
        Self { language, random, people, at, sentence: 0 }
    }

    /// Writes whole sentences until the paragraph is long enough.
    fn paragraph(&mut self, own: &mut Lexicon, out: &mut Vec<Token>) {
        let start = out.len();
        while out.len() < start + PARAGRAPH || self.sentence > 0 {
            self.word(own, out);
        }
        self.end_paragraph(out);
    }

    fn end_paragraph(&mut self, out: &mut [Token]) {
        let last = out.last_mut().expect("a paragraph has words");
        if !self.language.marks[last.mark as usize].ends_sentence {
            last.mark = STOP;
        }
        last.ends_paragraph = true;
        self.sentence = 0;
    }

    /// Writes words of the vocabulary only, so that they do not depend on the story.
    fn run(&mut self, words: usize, out: &mut Vec<Token>) {
        for _ in 0..words {
            let slot = self.language.slots[self.at];
            self.at = (self.at + 1) % self.language.slots.len();
            let word = match slot.fill {
                Fill::Small(word) => word,
                _ => self.language.ranks.draw(self.random.next()),
            };
            out.push(Token { word, mark: JOIN, capital: self.sentence == 0, ends_paragraph: false });
            self.sentence += 1;
        }
        self.end_paragraph(out);
    }

    fn word(&mut self, own: &mut Lexicon, out: &mut Vec<Token>) {
        let bits = self.random.next();
        let mut slot = self.language.slots[self.at];
        let mut capital = self.sentence == 0;
        let word = match slot.fill {
            Fill::Small(small) => small,
            Fill::Number(digits) => OWN + number(digits, bits, own),
            Fill::Blank | Fill::Name => {
                if slot.fill == Fill::Blank && bits & 3 == 0 {
                    // From here, the text continues like another sentence.
                    let blanks = &self.language.blanks;
                    self.at = blanks[(bits >> 40) as usize % blanks.len()] as usize;
                    slot = self.language.slots[self.at];
                }
                let of_ten = (bits >> 2) % 10;
                let is_name = slot.fill == Fill::Name;
                if self.people > 0 && (of_ten == 0 || is_name && of_ten < 5) {
                    capital = true;
                    OWN + (bits >> 8) as u32 % self.people
                } else {
                    capital |= is_name;
                    self.language.ranks.draw(bits >> 8)
                }
            }
        };
        self.at = (self.at + 1) % self.language.slots.len();
        self.sentence += 1;
        let mut mark = slot.mark;
        if self.sentence >= SENTENCE {
            mark = STOP;
        }
        if self.language.marks[mark as usize].ends_sentence {
            self.sentence = 0;
        }
        out.push(Token { word, mark, capital, ends_paragraph: false });
    }
}

/// Adds a number with `digits` digits to the words of a story.
fn number(digits: u8, bits: u64, own: &mut Lexicon) -> u32 {
    let mut text = [0; 8];
    let text = &mut text[..usize::from(digits.clamp(1, 8))];
    let mut rest = bits >> 16;
    for digit in text.iter_mut() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if text[0] == b'0' {
        text[0] = b'1' + (rest % 9) as u8;
    }
    own.push(text)
}
