//! Derives from the fixtures of a language a skeleton of function words and marks, and a vocabulary.
//!
//! Function words stay at their positions. Every other word is a blank that a story fills. So the text has the
//! structure of real sentences, but two stories share hardly any run of five words.

use std::collections::BTreeMap;

use wirecopy::sketch::SplitMix64;

use super::words::{Lexicon, Ranks, Spelling};

macro_rules! texts {
    ($($name:literal),+ $(,)?) => {
        &[$(include_str!(concat!("../../../fixtures/stories/", $name, ".txt"))),+]
    };
}

/// The material from which a language is derived.
struct Material {
    /// The number of stories in it, of a thousand.
    share: usize,
    spaces: bool,
    vocabulary: usize,
    texts: &'static [&'static str],
}

const MATERIALS: [Material; 13] = [
    Material {
        share: 740,
        spaces: true,
        vocabulary: 150_000,
        texts: texts![
            "aquarium",
            "bridge",
            "canal",
            "car-sleepers",
            "cash-machine",
            "cement",
            "chess",
            "clock",
            "dam",
            "empty-chairs",
            "ferry",
            "glassworks",
            "heron",
            "hives",
            "lighthouse",
            "museum",
            "olive",
            "poet",
            "pool",
            "post-vans",
            "pump",
            "race",
            "recall",
            "reef",
            "reef-comment",
            "reef-science",
            "reef-skippers",
            "tram",
            "tunnel",
            "waiting-lists"
        ],
    },
    Material { share: 50, spaces: true, vocabulary: 60_000, texts: texts!["ru-ferry", "ru-observatory"] },
    Material { share: 40, spaces: true, vocabulary: 60_000, texts: texts!["de-sunday"] },
    Material { share: 40, spaces: false, vocabulary: 30_000, texts: texts!["zh-bridge", "zh-drones"] },
    Material { share: 30, spaces: true, vocabulary: 40_000, texts: texts!["ar-library"] },
    Material { share: 20, spaces: true, vocabulary: 40_000, texts: texts!["tr-cooperative"] },
    Material { share: 20, spaces: true, vocabulary: 40_000, texts: texts!["hi-canal"] },
    Material { share: 10, spaces: true, vocabulary: 40_000, texts: texts!["el-doctor"] },
    Material { share: 10, spaces: true, vocabulary: 40_000, texts: texts!["fa-bridge"] },
    Material { share: 10, spaces: false, vocabulary: 30_000, texts: texts!["ja-bathhouse"] },
    Material { share: 10, spaces: true, vocabulary: 30_000, texts: texts!["ko-ferry"] },
    Material { share: 10, spaces: false, vocabulary: 30_000, texts: texts!["th-market"] },
    Material { share: 10, spaces: true, vocabulary: 10_000, texts: texts!["vi-market"] },
];

/// A word of the skeleton, or a blank for one, and the mark after it.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) fill: Fill,
    /// The number of the mark after it.
    pub(super) mark: u8,
}

/// The kind of a word in the skeleton.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// A function word: one that is frequent in the fixtures.
    Small(u32),
    /// Any other word.
    Blank,
    /// A word with a capital inside a sentence.
    Name,
    /// A number with this number of digits.
    Number(u8),
}

/// The text between two words, escaped for JSON.
pub(super) struct Mark {
    pub(super) plain: Vec<u8>,
    pub(super) curly: Vec<u8>,
    /// The lengths of both forms without the space at the end.
    pub(super) plain_end: usize,
    pub(super) curly_end: usize,
    pub(super) ends_sentence: bool,
}

/// The number of parts of names. There are more pairs of them than stories.
const PARTS: usize = 3000;

/// The number of the mark that only separates words: a space, or nothing.
pub(super) const JOIN: u8 = 0;
/// The number of the mark that ends a sentence.
pub(super) const STOP: u8 = 1;

/// A language: its skeleton, its marks and its words.
pub(super) struct Language {
    pub(super) share: usize,
    pub(super) slots: Vec<Slot>,
    /// The indexes in `slots` of the blanks. A story may continue at any of them.
    pub(super) blanks: Vec<u32>,
    pub(super) marks: Vec<Mark>,
    pub(super) lexicon: Lexicon,
    pub(super) ranks: Ranks,
    pub(super) spelling: Spelling,
    /// The parts of names.
    pub(super) parts: Lexicon,
}

/// Returns all languages. Equal fixtures have equal languages.
pub(super) fn languages() -> Vec<Language> {
    MATERIALS.iter().map(Language::new).collect()
}

impl Language {
    fn new(material: &Material) -> Self {
        let words = material.texts.iter().flat_map(|text| cut(text, material.spaces)).collect::<Vec<_>>();
        let mut marks = vec![
            Mark::new(if material.spaces { " " } else { "" }),
            Mark::new(match material.texts[0].chars().find(|&c| c == '。' || c == '।') {
                Some('。') => "。",
                Some(_) => "। ",
                None => ". ",
            }),
        ];
        let mut small = BTreeMap::new();
        for word in &words {
            *small.entry(word.text.to_lowercase()).or_insert(0) += 1;
        }
        let often = 4.max(words.len() / 500);
        small.retain(|_, count| material.spaces && *count >= often);

        let mut lexicon = Lexicon::default();
        for (word, number) in small.iter_mut() {
            *number = lexicon.push(word.as_bytes()) as usize;
        }
        let mut slots = Vec::with_capacity(words.len());
        let mut starts_sentence = true;
        for word in &words {
            let plain = if word.mark.is_empty() && word.ends_paragraph {
                marks[STOP as usize].plain.clone()
            } else {
                Mark::new(&word.mark).plain
            };
            let mark = marks.iter().position(|mark| mark.plain == plain).unwrap_or_else(|| {
                marks.push(Mark::new(&word.mark));
                marks.len() - 1
            });
            let fill = match small.get(&word.text.to_lowercase()) {
                _ if word.text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    Fill::Number(word.text.len() as u8)
                }
                Some(&number) => Fill::Small(number as u32),
                None if !starts_sentence && word.text.starts_with(char::is_uppercase) => Fill::Name,
                None => Fill::Blank,
            };
            slots.push(Slot { fill, mark: mark as u8 });
            starts_sentence = marks[mark].ends_sentence;
        }
        let blanks = (0..slots.len() as u32).filter(|&at| slots[at as usize].fill == Fill::Blank).collect();

        let spelling = Spelling::new(words.iter().map(|word| word.text.to_lowercase()));
        let mut random = SplitMix64::new(material.share as u64 + material.vocabulary as u64);
        spelling.invent(material.vocabulary, &mut lexicon, &mut random);
        let ranks = Ranks::new(lexicon.len() - small.len() as u32, small.len() as u32);
        Self {
            share: material.share,
            slots,
            blanks,
            marks,
            lexicon,
            ranks,
            parts: spelling.parts(PARTS, &mut random),
            spelling,
        }
    }
}

impl Mark {
    fn new(text: &str) -> Self {
        let mut curly = String::new();
        for letter in text.chars() {
            match letter {
                '"' if curly.is_empty() || curly.ends_with(' ') => curly.push('“'),
                '"' => curly.push('”'),
                '\'' => curly.push('’'),
                other => curly.push(other),
            }
        }
        let curly = curly.replace(" - ", " — ");
        let plain = text.replace('"', "\\\"");
        Self {
            plain_end: plain.trim_end().len(),
            curly_end: curly.trim_end().len(),
            plain: plain.into_bytes(),
            curly: curly.into_bytes(),
            ends_sentence: text.contains(['.', '?', '!', '。', '।', '؟']),
        }
    }
}

/// A word of a fixture, and the text after it.
struct Word {
    text: String,
    mark: String,
    ends_paragraph: bool,
}

/// Divides the paragraphs of a fixture, without its headline, into words.
fn cut(text: &str, spaces: bool) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let first = words.len();
        let mut inside = false;
        for letter in line.chars() {
            let is_mark = is_mark(letter);
            let open = words[first..].last_mut().filter(|word| {
                inside
                    && (spaces
                        || letter.is_ascii_digit() && word.text.ends_with(|c: char| c.is_ascii_digit()))
            });
            if let Some(word) = open
                && !is_mark
            {
                word.text.push(letter);
            } else if !is_mark {
                words.push(Word { text: letter.to_string(), mark: String::new(), ends_paragraph: false });
            } else if let Some(word) = words[first..].last_mut() {
                word.mark.push(letter);
            }
            inside = !is_mark;
        }
        if let Some(word) = words[first..].last_mut() {
            word.ends_paragraph = true;
            if spaces && !word.mark.is_empty() {
                word.mark.push(' ');
            }
        }
    }
    words
}

/// Returns whether a character separates words. Vowel signs and tone marks are parts of words.
fn is_mark(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_ascii_punctuation()
        || "“”„‘’«»–—…、。「」『』，：；？！（）《》।،؛؟·".contains(letter)
}
