//! Articles with their tokens in, the pile they make out: every later room reads articles here.
//!
//! An article is compared by its core: its tokens without those that are masked as boilerplate. Where nothing is
//! masked the core is all of it.
//!
//! Invariants: articles are numbered by key, then content, whatever order they were read in. Tokens are kept four
//! bytes each and their spans about two, in parts as they were read; a part is never copied or changed.
//! Cost: memory grows with the tokens, plus about 200 bytes an article; texts are kept only where asked for.

mod copies;
mod dates;
mod junk;
mod part;

use std::num::NonZeroU32;
use std::ops::Range;

use rayon::slice::ParallelSliceMut as _;

pub use self::copies::Copies;
use self::dates::settle_dates;
use self::part::offset;
pub use self::part::{Header, Part};
use crate::article::ArticleId;
use crate::text::Token;

/// The pile: all articles of a run.
#[derive(Debug, Default)]
pub struct Corpus {
    parts: Vec<Part>,
    /// For each article its part and its place in it.
    slots: Vec<(u32, u32)>,
    /// The cores of articles of which something is masked.
    cores: Vec<Core>,
    /// For each article the place of its core in `cores`, if it has one of its own.
    core_of: Vec<Option<NonZeroU32>>,
    /// For each article whether it is no article; empty as long as nobody asked.
    junk: Vec<bool>,
}

/// What is left of an article when its boilerplate is masked.
#[derive(Debug)]
struct Core {
    tokens: Vec<Token>,
    /// What is masked: ranges of all tokens of the article, ascending and apart.
    masked: Vec<Range<u32>>,
    /// Where masked tokens stood: places in `tokens` before which some are missing, ascending.
    seams: Vec<u32>,
}

impl Corpus {
    /// Puts parts together, settles dates that are read by what other dates of their site show, and numbers their articles by key, content, date, site and place.
    pub fn new(mut parts: Vec<Part>) -> Self {
        settle_dates(&mut parts);
        let mut slots: Vec<(u32, u32)> = Vec::with_capacity(parts.iter().map(Part::len).sum());
        for (number, part) in parts.iter().enumerate() {
            slots.extend((0..part.len()).map(|index| (offset(number), offset(index))));
        }
        slots.par_sort_unstable_by(|&left, &right| {
            let [left, right] =
                [left, right].map(|(part, index)| parts[part as usize].header(index as usize));
            left.rank().cmp(&right.rank())
        });
        let core_of = vec![None; slots.len()];
        Self { parts, slots, cores: Vec::new(), core_of, junk: Vec::new() }
    }

    /// Tells how many articles there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Gives all articles in order.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..self.len()).map(ArticleId::new)
    }

    /// Tells where an article was put in: the number of its part, and its place in it.
    pub fn place_in_parts(&self, id: ArticleId) -> (usize, usize) {
        let (part, index) = self.slots[id.index()];
        (part as usize, index as usize)
    }

    /// Tells whether an article belongs to the reference pile: others are matched against it, and none of these with
    /// each other.
    pub fn is_reference(&self, id: ArticleId) -> bool {
        self.slot(id).0.is_reference()
    }

    /// Tells whether there is a reference pile.
    pub fn has_references(&self) -> bool {
        self.parts.iter().any(|part| part.is_reference() && !part.is_empty())
    }

    /// Tells how many parts were put in.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Gives for each article of a part, in the order in which it was put in, all of its tokens.
    pub fn tokens_of_part(&self, part: usize) -> impl Iterator<Item = &[Token]> {
        let part = &self.parts[part];
        (0..part.len()).map(|index| part.tokens(index))
    }

    fn slot(&self, id: ArticleId) -> (&Part, usize) {
        let (part, index) = self.slots[id.index()];
        (&self.parts[part as usize], index as usize)
    }

    /// Gives what is known of an article.
    pub fn header(&self, id: ArticleId) -> &Header {
        let (part, index) = self.slot(id);
        part.header(index)
    }

    /// Masks ranges of an article's tokens, ascending and apart: they are no part of its core from now on.
    pub fn mask(&mut self, id: ArticleId, masked: Vec<Range<u32>>) {
        let tokens = unmasked(self.all_tokens(id), &masked);
        let mut hidden = 0;
        let seam = |range: &Range<u32>| {
            let seam = range.start - hidden;
            hidden += range.end - range.start;
            seam
        };
        let seams = masked.iter().map(seam).collect();
        self.cores.push(Core { tokens, masked, seams });
        self.core_of[id.index()] = NonZeroU32::new(offset(self.cores.len()));
    }

    /// Marks the articles that are none: error pages, and the few words that a site gives under any headline.
    pub fn mark_junk(&mut self, copies: &Copies) {
        self.junk = junk::junk(self, copies);
    }

    /// Takes all masks off: the core of each article is all of it again.
    pub fn unmask(&mut self) {
        self.cores.clear();
        self.core_of.fill(None);
    }

    /// Tells whether an article is marked as none.
    pub fn is_junk(&self, id: ArticleId) -> bool {
        self.junk.get(id.index()).copied().unwrap_or(false)
    }

    fn core(&self, id: ArticleId) -> Option<&Core> {
        self.core_of[id.index()].map(|number| &self.cores[number.get() as usize - 1])
    }

    /// Gives all tokens of an article, masked ones included.
    pub fn all_tokens(&self, id: ArticleId) -> &[Token] {
        let (part, index) = self.slot(id);
        part.tokens(index)
    }

    /// Gives the tokens of an article's core.
    pub fn tokens(&self, id: ArticleId) -> &[Token] {
        self.core(id).map_or_else(|| self.all_tokens(id), |core| core.tokens.as_slice())
    }

    /// Gives the places in an article's core before which tokens are masked, ascending.
    pub fn seams(&self, id: ArticleId) -> &[u32] {
        self.core(id).map_or(&[], |core| core.seams.as_slice())
    }

    /// Gives the ranges of an article's tokens, masked ones counted, that are masked, ascending.
    pub fn masked_tokens(&self, id: ArticleId) -> &[Range<u32>] {
        self.core(id).map_or(&[], |core| core.masked.as_slice())
    }

    /// Gives the stretches of an article's text that are masked: begin and end, in bytes, ascending.
    pub fn masked(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let Some(core) = self.core(id) else {
            return Vec::new();
        };
        let spans = self.all_spans(id);
        let bytes = |range: &Range<u32>| (spans[range.start as usize].0, spans[range.end as usize - 1].1);
        core.masked.iter().map(bytes).collect()
    }

    /// Gives an article's text, where texts were kept.
    pub fn text(&self, id: ArticleId) -> Option<&str> {
        let (part, index) = self.slot(id);
        part.text(index)
    }

    /// Gives for each token of an article's core its begin and end in the text, in bytes.
    pub fn spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let all = self.all_spans(id);
        match self.core(id) {
            Some(core) => unmasked(&all, &core.masked),
            None => all,
        }
    }

    fn all_spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let (part, index) = self.slot(id);
        part.spans(index)
    }
}

/// Copies what is not masked of a list that runs over all tokens of an article.
fn unmasked<T: Copy>(all: &[T], masked: &[Range<u32>]) -> Vec<T> {
    let mut out = Vec::with_capacity(all.len() - masked.iter().map(ExactSizeIterator::len).sum::<usize>());
    let mut begin = 0;
    for range in masked {
        out.extend_from_slice(&all[begin..range.start as usize]);
        begin = range.end as usize;
    }
    out.extend_from_slice(&all[begin..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Place};
    use crate::text::{Tokens, tokenize};

    fn article(key: &str, text: &str, line: u64) -> Article {
        let place = Place { file: "a".into(), line };
        Article { key: key.into(), text: text.into(), site: None, published: None, title: None, place }
    }

    pub(super) fn part(articles: &[(&str, &str)]) -> Part {
        let mut part = Part::new();
        let mut tokens = Tokens::new();
        for (line, (key, text)) in (1..).zip(articles) {
            tokenize(text, &mut tokens);
            part.push(article(key, text, line), &tokens, true);
        }
        part
    }

    #[test]
    fn numbers_by_key_and_content() {
        let corpus = Corpus::new(vec![part(&[("c", "x"), ("a", "y")]), part(&[("b", "z"), ("a", "x")])]);
        let keys: Vec<&str> = corpus.ids().map(|id| &*corpus.header(id).key).collect();
        assert_eq!(keys, ["a", "a", "b", "c"]);
        let shuffled = Corpus::new(vec![part(&[("a", "x"), ("b", "z"), ("a", "y"), ("c", "x")])]);
        for id in corpus.ids() {
            assert_eq!(corpus.text(id), shuffled.text(id));
        }
        let places: Vec<(usize, usize)> = corpus.ids().map(|id| corpus.place_in_parts(id)).collect();
        assert_eq!([places[2], places[3]], [(1, 0), (0, 0)]);
    }

    #[test]
    fn masks() {
        let text = "menu, home. The story is here. Copyright";
        let mut corpus = Corpus::new(vec![part(&[("a", text)])]);
        let id = ArticleId::new(0);
        let all = corpus.tokens(id).to_vec();
        corpus.mask(id, vec![0..2, 6..7]);
        assert_eq!(corpus.tokens(id), &all[2..6]);
        assert_eq!(corpus.all_tokens(id), all);
        assert_eq!(corpus.seams(id), [0, 4]);
        let cut = |&(begin, end): &(u32, u32)| &text[begin as usize..end as usize];
        assert_eq!(corpus.spans(id).iter().map(cut).collect::<Vec<_>>(), ["The", "story", "is", "here"]);
        assert_eq!(corpus.masked(id).iter().map(cut).collect::<Vec<_>>(), ["menu, home", "Copyright"]);
    }

    #[test]
    fn gives_spans_back() {
        let long = format!("one {} two", "—".repeat(100));
        for text in ["", "one", "  one, two ", &long, &"long".repeat(100)] {
            let corpus = Corpus::new(vec![part(&[("a", text)])]);
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(corpus.spans(ArticleId::new(0)), tokens.spans());
        }
    }
}
