//! Generates words that resemble those of the fixtures, and their frequencies.

use std::collections::{BTreeMap, HashSet};

use wirecopy::sketch::SplitMix64;

/// A list of words, by number.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Short words, each with its length as the last byte, in one cache line. For a long word, its location
    /// instead.
    words: Vec<[u8; ENTRY]>,
    long: Vec<u8>,
}

const ENTRY: usize = 16;
/// The length that marks a word that does not fit.
const LONG: u8 = u8::MAX;

impl Lexicon {
    pub(super) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.long.clear();
    }

    /// Adds a word. Returns its number.
    pub(super) fn push(&mut self, word: &[u8]) -> u32 {
        self.push_compound(word, &[])
    }

    /// Adds a word that consists of two others. Returns its number.
    pub(super) fn push_compound(&mut self, first: &[u8], second: &[u8]) -> u32 {
        let mut entry = [0; ENTRY];
        let length = first.len() + second.len();
        if length < ENTRY {
            entry[..first.len()].copy_from_slice(first);
            entry[first.len()..length].copy_from_slice(second);
            entry[ENTRY - 1] = length as u8;
        } else {
            let start = self.long.len() as u32;
            self.long.extend_from_slice(first);
            self.long.extend_from_slice(second);
            entry[..4].copy_from_slice(&start.to_le_bytes());
            entry[4..8].copy_from_slice(&(self.long.len() as u32).to_le_bytes());
            entry[ENTRY - 1] = LONG;
        }
        self.words.push(entry);
        self.len() - 1
    }

    pub(super) fn word(&self, number: u32) -> &[u8] {
        let entry = &self.words[number as usize];
        match entry[ENTRY - 1] {
            LONG => self.long_word(entry),
            length => &entry[..usize::from(length)],
        }
    }

    /// Writes a word. A whole entry is copied, which is fast, and then truncated to the word.
    pub(super) fn append(&self, number: u32, out: &mut Vec<u8>) {
        let entry = &self.words[number as usize];
        match entry[ENTRY - 1] {
            LONG => out.extend_from_slice(self.long_word(entry)),
            length => {
                out.extend_from_slice(entry);
                out.truncate(out.len() - ENTRY + usize::from(length));
            }
        }
    }

    fn long_word(&self, entry: &[u8; ENTRY]) -> &[u8] {
        let offset =
            |at| u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize;
        &self.long[offset(0)..offset(4)]
    }
}

/// The frequencies of words: inversely proportional to the sum of the rank and [`Ranks::FLAT`] (Zipf, Mandelbrot).
pub(super) struct Ranks {
    first: u32,
    /// The ranks that divide the words into groups of equal total frequency, times 2¹⁶.
    bounds: Vec<u64>,
}

impl Ranks {
    const PARTS: usize = 1024;
    /// With this value, no word other than function words is more frequent than one in a hundred, as in news.
    const FLAT: f64 = 10.0;

    /// Creates ranks for `count` words, from number `first`.
    pub(super) fn new(count: u32, first: u32) -> Self {
        let ratio = (f64::from(count) + Self::FLAT) / Self::FLAT;
        let bound = |part: usize| Self::FLAT * ratio.powf(part as f64 / Self::PARTS as f64) - Self::FLAT;
        let mut bounds: Vec<u64> = (0..=Self::PARTS).map(|part| (bound(part) * 65_536.0) as u64).collect();
        bounds[Self::PARTS] = u64::from(count) << 16;
        Self { first, bounds }
    }

    /// Draws a word with 26 random bits.
    pub(super) fn draw(&self, bits: u64) -> u32 {
        let part = bits as usize % Self::PARTS;
        let (low, high) = (self.bounds[part], self.bounds[part + 1]);
        let within = (bits / Self::PARTS as u64) & 0xffff;
        self.first + ((low + (((high - low) * within) >> 16)) >> 16) as u32
    }
}

/// The letters that follow other letters in words.
pub(super) struct Spelling {
    /// The letters that follow a pair of letters. `END` marks both ends of a word.
    after_two: BTreeMap<(char, char), Vec<char>>,
    after_one: BTreeMap<char, Vec<char>>,
    letters: Vec<char>,
    longest: usize,
}

const END: char = '\0';

impl Spelling {
    /// Learns from words. If words have one letter, as in languages without spaces, any letter follows any other.
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let mut spelling =
            Self { after_two: BTreeMap::new(), after_one: BTreeMap::new(), letters: Vec::new(), longest: 1 };
        for word in words.filter(|word| !word.starts_with(|first: char| first.is_ascii_digit())) {
            let (mut before, mut last) = (END, END);
            for letter in word.chars().chain([END]) {
                spelling.after_two.entry((before, last)).or_default().push(letter);
                spelling.after_one.entry(last).or_default().push(letter);
                (before, last) = (last, letter);
            }
            spelling.letters.extend(word.chars());
            spelling.longest = spelling.longest.max(word.chars().count().min(13));
        }
        spelling
    }

    /// Writes a random word of two letters or more. The word may exist.
    pub(super) fn spell(&self, random: &mut SplitMix64, word: &mut String) {
        word.clear();
        let (mut before, mut last, mut length) = (END, END, 0);
        let longest = if self.longest == 1 { 2 + random.below(2) } else { self.longest };
        while length < longest {
            let next = if self.longest == 1 {
                &self.letters
            } else if random.below(4) == 0 {
                &self.after_one[&last]
            } else {
                self.after_two.get(&(before, last)).unwrap_or(&self.after_one[&last])
            };
            let letter = next[random.below(next.len())];
            if letter != END {
                word.push(letter);
                (before, last) = (last, letter);
                length += 1;
            } else if length > 1 {
                break;
            } else {
                (before, last, length) = (END, END, 0);
                word.clear();
            }
        }
    }

    /// Returns a lexicon of short parts of names. A name has two parts.
    pub(super) fn parts(&self, count: usize, random: &mut SplitMix64) -> Lexicon {
        let mut parts = Lexicon::default();
        let mut part = String::new();
        while (parts.len() as usize) < count {
            self.spell(random, &mut part);
            if part.chars().count() < 6 {
                parts.push(part.as_bytes());
            }
        }
        parts
    }

    /// Adds `count` different words to a lexicon.
    pub(super) fn invent(&self, count: usize, lexicon: &mut Lexicon, random: &mut SplitMix64) {
        let mut known: HashSet<String> = HashSet::new();
        let mut word = String::new();
        let mut part = String::new();
        while known.len() < count {
            self.spell(random, &mut word);
            // With few letters there are few short words, so a word that exists already is lengthened, like a
            // compound.
            while known.contains(&word) {
                self.spell(random, &mut part);
                word.push_str(&part);
            }
            lexicon.push(word.as_bytes());
            known.insert(word.clone());
        }
    }
}
