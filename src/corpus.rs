//! Articles with their tokens in, the pile they make out: every later room reads articles here.
//!
//! An article is compared by its core: its tokens without those that are masked as boilerplate. Until something is
//! masked, and always for most articles, the core is all of it.
//!
//! Invariants: articles are numbered by key, then content, whatever order they were read in. Tokens are kept four
//! bytes each and their spans about two, in parts as they were read; a part is never copied or changed.
//! Cost: memory grows with the tokens, plus about 200 bytes an article; texts are kept only where asked for.

use std::num::NonZeroU32;
use std::ops::Range;

use rayon::slice::ParallelSliceMut as _;

use crate::article::{Article, ArticleId, Place};
use crate::text::{Token, Tokens};

/// What is known of an article besides its text.
#[derive(Clone, Debug)]
pub struct Header {
    /// The caller's name for it; may repeat.
    pub key: Box<str>,
    /// The site, where known.
    pub site: Option<Box<str>>,
    /// The date of publication as the record gives it, where it does.
    pub published: Option<Box<str>>,
    /// The headline, where the record has one of its own.
    pub title: Option<Box<str>>,
    /// Where it was read.
    pub place: Place,
    /// The hash of its words: equal for articles that say the same, word by word.
    pub content: u128,
    /// The length of its text, in bytes.
    pub bytes: u32,
}

/// A stretch of articles as they were read.
#[derive(Debug, Default)]
pub struct Part {
    headers: Vec<Header>,
    tokens: Vec<Token>,
    token_ends: Vec<u32>,
    /// For each token the distance from the token before it and its length, as LEB128 numbers.
    steps: Vec<u8>,
    step_ends: Vec<u32>,
    texts: String,
    text_ends: Vec<u32>,
}

impl Part {
    /// Makes an empty part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article with its tokens, and its text where `keep_text` says so.
    pub fn push(&mut self, article: Article, tokens: &Tokens, keep_text: bool) {
        self.tokens.extend_from_slice(tokens.tokens());
        self.token_ends.push(offset(self.tokens.len()));
        let mut last = 0;
        for &(begin, end) in tokens.spans() {
            push_number(&mut self.steps, begin - last);
            push_number(&mut self.steps, end - begin);
            last = end;
        }
        self.step_ends.push(offset(self.steps.len()));
        if keep_text {
            self.texts.push_str(&article.text);
            self.text_ends.push(offset(self.texts.len()));
        }
        self.headers.push(Header {
            key: article.key.into(),
            site: article.site.map(Into::into),
            published: article.published.map(Into::into),
            title: article.title.map(Into::into),
            place: article.place,
            content: tokens.content(),
            bytes: offset(article.text.len()),
        });
    }

    /// Gives back memory that more articles would have used.
    pub fn shrink(&mut self) {
        self.headers.shrink_to_fit();
        self.tokens.shrink_to_fit();
        self.steps.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    /// Tells how many articles it holds.
    pub fn len(&self) -> usize {
        self.headers.len()
    }

    /// Tells whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty()
    }
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("a part holds a batch of records, far below 4 GiB")
}

fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(bytes: &mut std::slice::Iter<'_, u8>) -> u32 {
    let mut number = 0;
    for (place, &byte) in bytes.enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte < 0x80 {
            break;
        }
    }
    number
}

fn range(ends: &[u32], index: usize) -> Range<usize> {
    let begin = if index == 0 { 0 } else { ends[index - 1] };
    begin as usize..ends[index] as usize
}

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
    /// Puts parts together and numbers their articles by key, content, date, site and place.
    pub fn new(parts: Vec<Part>) -> Self {
        let mut slots: Vec<(u32, u32)> = Vec::with_capacity(parts.iter().map(Part::len).sum());
        for (number, part) in parts.iter().enumerate() {
            slots.extend((0..part.len()).map(|index| (offset(number), offset(index))));
        }
        slots.par_sort_unstable_by(|&left, &right| {
            let [left, right] =
                [left, right].map(|(part, index)| &parts[part as usize].headers[index as usize]);
            let rank = |header: &Header| (header.content, header.published.clone(), header.site.clone());
            left.key
                .cmp(&right.key)
                .then_with(|| rank(left).cmp(&rank(right)))
                .then_with(|| left.place.cmp(&right.place))
        });
        let core_of = vec![None; slots.len()];
        Self { parts, slots, cores: Vec::new(), core_of }
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

    fn slot(&self, id: ArticleId) -> (&Part, usize) {
        let (part, index) = self.slots[id.index()];
        (&self.parts[part as usize], index as usize)
    }

    /// Gives what is known of an article.
    pub fn header(&self, id: ArticleId) -> &Header {
        let (part, index) = self.slot(id);
        &part.headers[index]
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

    fn core(&self, id: ArticleId) -> Option<&Core> {
        self.core_of[id.index()].map(|number| &self.cores[number.get() as usize - 1])
    }

    /// Gives all tokens of an article, masked ones included.
    pub fn all_tokens(&self, id: ArticleId) -> &[Token] {
        let (part, index) = self.slot(id);
        &part.tokens[range(&part.token_ends, index)]
    }

    /// Gives the tokens of an article's core.
    pub fn tokens(&self, id: ArticleId) -> &[Token] {
        self.core(id).map_or_else(|| self.all_tokens(id), |core| core.tokens.as_slice())
    }

    /// Gives the places in an article's core before which tokens are masked, ascending.
    pub fn seams(&self, id: ArticleId) -> &[u32] {
        self.core(id).map_or(&[], |core| core.seams.as_slice())
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
        (!part.text_ends.is_empty()).then(|| &part.texts[range(&part.text_ends, index)])
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
        let mut steps = part.steps[range(&part.step_ends, index)].iter();
        let mut last = 0;
        let mut out = Vec::with_capacity(self.all_tokens(id).len());
        while !steps.as_slice().is_empty() {
            let begin = last + take_number(&mut steps);
            last = begin + take_number(&mut steps);
            out.push((begin, last));
        }
        out
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

/// Which articles are identical, word for word.
///
/// The first of each set leads it: only leaders are indexed and compared, what is found of them holds for their
/// copies. Articles without words are copies of nothing.
#[derive(Debug)]
pub struct Copies {
    leaders: Vec<ArticleId>,
    /// All articles, those of one set together, ascending.
    sorted: Vec<ArticleId>,
    /// For each article the place of its set in `sorted`.
    sets: Vec<Range<u32>>,
}

impl Copies {
    /// Finds the identical articles of a corpus.
    pub fn new(corpus: &Corpus) -> Self {
        let mut sorted: Vec<ArticleId> = corpus.ids().collect();
        let key = |id: ArticleId| {
            let alone = if corpus.tokens(id).is_empty() { id.get() + 1 } else { 0 };
            (corpus.header(id).content, alone, id)
        };
        sorted.par_sort_unstable_by_key(|&id| key(id));
        let mut leaders: Vec<ArticleId> = corpus.ids().collect();
        let mut sets = vec![0..0; corpus.len()];
        let mut begin = 0;
        for set in sorted.chunk_by(|&one, &other| {
            let (one, other) = (key(one), key(other));
            (one.0, one.1) == (other.0, other.1)
        }) {
            let end = begin + set.len();
            for &id in set {
                leaders[id.index()] = set[0];
                sets[id.index()] = offset(begin)..offset(end);
            }
            begin = end;
        }
        Self { leaders, sorted, sets }
    }

    /// Gives the leader of an article's set.
    pub fn leader(&self, id: ArticleId) -> ArticleId {
        self.leaders[id.index()]
    }

    /// Gives all articles of an article's set, ascending.
    pub fn of(&self, id: ArticleId) -> &[ArticleId] {
        let set = &self.sets[id.index()];
        &self.sorted[set.start as usize..set.end as usize]
    }

    /// Gives all sets of two or more, by their leaders.
    pub fn sets(&self) -> impl Iterator<Item = &[ArticleId]> {
        (0..self.leaders.len())
            .map(ArticleId::new)
            .filter(|&id| self.leader(id) == id)
            .map(|id| self.of(id))
            .filter(|set| set.len() > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn article(key: &str, text: &str, line: u64) -> Article {
        let place = Place { file: "a".into(), line };
        Article { key: key.into(), text: text.into(), site: None, published: None, title: None, place }
    }

    fn part(articles: &[(&str, &str)]) -> Part {
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
    fn finds_identical_articles() {
        let corpus = Corpus::new(vec![part(&[
            ("a", "One, two."),
            ("b", "other"),
            ("c", "one TWO"),
            ("d", ""),
            ("e", ""),
        ])]);
        let copies = Copies::new(&corpus);
        let sets: Vec<Vec<usize>> =
            copies.sets().map(|set| set.iter().map(|id| id.index()).collect()).collect();
        assert_eq!(sets, [[0, 2]]);
        assert_eq!(copies.leader(ArticleId::new(2)), ArticleId::new(0));
        assert_eq!(copies.of(ArticleId::new(1)), [ArticleId::new(1)]);
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
