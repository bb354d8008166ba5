//! Pages of one site in, masks out: what the site repeats around different stories. Pages of unknown sites, too. And
//! besides, which fingerprints several pages have.
//!
//! What is repeated shows in the fingerprints that pages share. Whether it is a template or a story that the site
//! gives again and again shows in the rest of these pages: around a template the rests have nothing to do with each
//! other, around a story they are small or shared, too. So pages are put into stories by what they share besides the
//! text in question, and text is boilerplate when it stands in different stories. A live story that is updated five
//! times is one story, and does not mask itself; a story that three hundred sites carry is never counted across sites;
//! what a site gives in a few versions, each with less of its own, stays where a site of a page or two reprints it.
//!
//! Invariants: the order of the pages decides nothing but which of them are looked at where there are many; what
//! other sites mostly carry once is no boilerplate; how much memory is allowed decides nothing.
//! Cost: a sort of the fingerprints, in slices that take bounded memory, and a look at a few pages for each text that
//! they share. What stays in memory is what is found: 40 bytes for each such text, and a bit or two a fingerprint.
//! Source: the idea of counting within a site after Henzinger, "Finding near-duplicate web pages", 2006 (both
//! algorithms compared there fail on pairs from one site), and the two-pass filter of the impresso project, 2023.

mod beyond;
mod lists;
mod look;
mod mask;
#[cfg(test)]
mod naive;
mod repeated;

use std::ops::Range;
use std::path::PathBuf;

use rayon::prelude::*;

use self::mask::Masker;
pub use self::repeated::Repeated;
use crate::sketch::Fingerprint;
use crate::text::Token;

/// A page of a site.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its fingerprints, by position.
    pub fingerprints: &'a [Fingerprint],
}

/// Pages that are looked at one by one: where they are kept is their own affair.
pub trait Pages: Sync {
    /// Tells how many there are.
    fn count(&self) -> usize;
    /// Counts the tokens of a page.
    fn words(&self, page: u32) -> usize;
    /// Gives some of the tokens of a page, in `room` where they have to be read.
    fn tokens<'a>(&'a self, page: u32, some: Range<usize>, room: &'a mut Vec<Token>) -> &'a [Token];
    /// Gives the fingerprints of a page, by position, to those who look at one page after another.
    fn fingerprints(&self, page: u32) -> &[Fingerprint];
    /// Gives them, in `room` where they have to be read, to those who look at pages here and there.
    fn read_fingerprints<'a>(&'a self, page: u32, room: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint];
}

impl Pages for Vec<Page<'_>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn words(&self, page: u32) -> usize {
        self[page as usize].tokens.len()
    }

    fn tokens<'a>(&'a self, page: u32, some: Range<usize>, _: &'a mut Vec<Token>) -> &'a [Token] {
        &self[page as usize].tokens[some]
    }

    fn fingerprints(&self, page: u32) -> &[Fingerprint] {
        self[page as usize].fingerprints
    }

    fn read_fingerprints<'a>(&'a self, page: u32, _: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint] {
        self.fingerprints(page)
    }
}

/// What is masked of a page: ranges of tokens, ascending.
pub type Mask = Vec<Range<u32>>;

/// What makes boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoilerplateRule {
    /// The fewest tokens of a masked range; what is shorter is a phrase.
    pub shortest: u32,
    /// The number of tokens that a fingerprint stands for.
    pub shingle_size: u32,
    /// The most tokens that a shared text can go on beyond its outermost fingerprint.
    pub reach: u32,
}

/// What is known of where pages come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// They are all pages of one site.
    OneSite,
    /// Their sites are not known: they may be of one or of many.
    Unknown,
    /// Each is the only page of its site: they show nothing of what sites repeat, but what they share with others.
    Apart,
}

/// Pages of one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What is known of it.
    pub origin: Origin,
    /// The places of its pages in a list.
    pub pages: Range<usize>,
}

/// What finding boilerplate may take, in bytes. Nothing but memory and time depends on it.
#[derive(Clone, Debug)]
pub struct MaskingBudget {
    /// The folder of temporary files.
    pub folder: PathBuf,
    /// How much is held in memory where no file can be made there, at most.
    pub reserve: usize,
    /// Fingerprints by their values that are held in memory; the others stand in a file.
    pub held: usize,
    /// Fingerprints that one thread sorts at once.
    pub sorted: usize,
    /// What is found at a time.
    pub found: usize,
}

impl MaskingBudget {
    /// Makes room for all of it, in memory.
    pub fn unlimited() -> Self {
        let (held, sorted, found) = (usize::MAX, 1 << 20, usize::MAX);
        Self { folder: PathBuf::new(), reserve: usize::MAX, held, sorted, found }
    }
}

/// Pages that one thread masks with what it keeps of them, before others may take over.
const AT_ONCE: usize = 4096;

/// Masks pages of which it is known what their sites repeat; gives the masks that mask something, with the place of
/// their page, ascending.
pub fn masks(pages: &dyn Pages, repeated: &Repeated, rule: BoilerplateRule) -> Vec<(usize, Mask)> {
    let start = || Masker::new(pages, repeated, rule);
    let mask = |masker: &mut Masker<'_>, page: usize| (page, masker.mask(page as u32));
    let all = (0..pages.count()).into_par_iter().with_max_len(AT_ONCE).map_init(start, mask);
    all.filter(|(_, mask)| !mask.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingle::shingle;
    use crate::sketch::winnow;
    use crate::text::{Tokens, tokenize};

    const RULE: BoilerplateRule = BoilerplateRule { shortest: 12, shingle_size: 5, reach: 13 };

    /// Makes a text of `count` words that no other seed has, all different.
    fn story(seed: &str, count: usize) -> String {
        let letter = |number: usize| char::from(b'a' + (number % 26) as u8).to_string();
        let words = (0..count).map(|number| format!("{seed}{}{}", letter(number / 26), letter(number)));
        words.collect::<Vec<_>>().join(" ")
    }

    fn fingerprints(tokens: &Tokens) -> Vec<Fingerprint> {
        let (mut shingles, mut out) = (Vec::new(), Vec::new());
        shingle(tokens.tokens(), 5, &mut shingles);
        winnow(&shingles, 8, |at| {
            out.push(Fingerprint { value: (shingles[at] >> 32) as u32, position: at as u32 });
        });
        out
    }

    /// Gives what is masked of each page, as text.
    fn masked_if(texts: &[String], sites: &[Site]) -> Vec<Vec<String>> {
        let tokens: Vec<Tokens> = texts
            .iter()
            .map(|text| {
                let mut tokens = Tokens::new();
                tokenize(text, &mut tokens);
                tokens
            })
            .collect();
        let fingerprints: Vec<Vec<Fingerprint>> = tokens.iter().map(fingerprints).collect();
        let pages: Vec<Page<'_>> = tokens
            .iter()
            .zip(&fingerprints)
            .map(|(tokens, fingerprints)| Page { tokens: tokens.tokens(), fingerprints })
            .collect();
        let mut out = vec![Mask::new(); texts.len()];
        let repeated = Repeated::new(&pages, sites, &MaskingBudget::unlimited()).unwrap();
        for (page, mask) in masks(&pages, &repeated, RULE) {
            out[page] = mask;
        }
        let cut = |index: usize, range: &std::ops::Range<u32>| {
            let spans = tokens[index].spans();
            let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
            texts[index][begin as usize..end as usize].to_owned()
        };
        let page = |(index, mask): (usize, &Mask)| mask.iter().map(|range| cut(index, range)).collect();
        out.iter().enumerate().map(page).collect()
    }

    fn masked(texts: &[String]) -> Vec<Vec<String>> {
        masked_if(texts, &[Site { origin: Origin::OneSite, pages: 0..texts.len() }])
    }

    fn masked_of_unknown(texts: &[String]) -> Vec<Vec<String>> {
        masked_if(texts, &[Site { origin: Origin::Unknown, pages: 0..texts.len() }])
    }

    #[test]
    fn a_template_is_masked_to_the_word() {
        let (head, foot) = (story("h", 30), story("f", 25));
        let pages: Vec<String> =
            (0..6).map(|n| format!("{head} {} {foot}", story(&format!("s{n}x"), 80))).collect();
        for page in masked(&pages) {
            assert_eq!(page, [head.clone(), foot.clone()]);
        }
    }

    #[test]
    fn two_pages_are_enough_where_the_stories_outweigh_the_template() {
        let foot = story("f", 40);
        let pages: Vec<String> =
            (0..2).map(|n| format!("{} {foot}", story(&format!("s{n}x"), 120))).collect();
        assert_eq!(masked(&pages), [[foot.clone()], [foot]]);
    }

    #[test]
    fn a_story_that_is_updated_does_not_mask_itself() {
        let pages: Vec<String> =
            (0..6).map(|n| format!("{} {}", story(&format!("n{n}x"), 10 * n), story("s", 120))).collect();
        let scrapes = vec![story("s", 120); 5];
        assert!(masked(&pages).iter().all(Vec::is_empty), "updates");
        assert!(masked(&scrapes).iter().all(Vec::is_empty), "scrapes");
    }

    #[test]
    fn two_versions_of_a_story_are_no_template() {
        let paragraph = |n: usize| story(&format!("p{n}x"), 30);
        let version = |seed: &str| {
            let own = |n: usize| story(&format!("{seed}{n}x"), 35);
            [own(1), paragraph(1), own(2), paragraph(2), own(3)].join(" ")
        };
        assert!(masked(&[version("a"), version("b")]).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_story_on_pages_with_others_is_not_masked() {
        let (one, other) = (story("s", 100), story("t", 100));
        let pages = [one.clone(), format!("{one} {other}"), format!("{other} {one}"), other];
        assert!(masked(&pages).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_template_goes_where_every_story_comes_twice() {
        let head = story("h", 200);
        let pages: Vec<String> = (0..4)
            .map(|n| format!("{head} {} {}", story(&format!("s{}x", n / 2), 60), story(&format!("n{n}x"), 5)))
            .collect();
        for page in masked(&pages) {
            assert_eq!(page, std::slice::from_ref(&head));
        }
    }

    #[test]
    fn what_other_sites_mostly_carry_once_stays() {
        let foot = story("f", 40);
        let on_site = |site: usize, with: usize| {
            let page = |n: usize| {
                let own = story(&format!("s{site}n{n}x"), 120);
                if n < with { format!("{own} {foot}") } else { own }
            };
            (0..4).map(page).collect::<Vec<String>>()
        };
        let masked = |others: usize| {
            let of_others = (1..=others).flat_map(|site| on_site(site, 1));
            let pages: Vec<String> = on_site(0, 4).into_iter().chain(of_others).collect();
            let site = |site: usize| Site { origin: Origin::OneSite, pages: 4 * site..4 * site + 4 };
            let sites: Vec<Site> = (0..=others).map(site).collect();
            masked_if(&pages, &sites).iter().filter(|page| !page.is_empty()).count()
        };
        assert_eq!((masked(0), masked(1)), (4, 0));
    }

    #[test]
    fn a_story_in_versions_that_another_site_carries_is_not_masked() {
        let story_of = |words: usize| story("s", words);
        let masked = |versions: usize, words: usize, origin: Option<Origin>| {
            let page = |n: usize| format!("{} {}", story(&format!("v{n}x"), 80), story_of(words));
            let others = (0..3).map(|n| story(&format!("o{n}x"), 90));
            let mut pages: Vec<String> = (0..versions).map(page).chain(others).collect();
            let mut sites = vec![Site { origin: Origin::OneSite, pages: 0..pages.len() }];
            if let Some(origin) = origin {
                sites.push(Site { origin, pages: pages.len()..pages.len() + 1 });
                pages.push(story_of(words));
            }
            masked_if(&pages, &sites).iter().filter(|page| !page.is_empty()).count()
        };
        assert_eq!(masked(4, 200, Some(Origin::Apart)), 0, "on a site of one page");
        assert_eq!(masked(4, 200, Some(Origin::OneSite)), 0, "on a site of few pages");
        assert_eq!(masked(4, 200, None), 4, "nowhere else");
        assert_eq!(masked(4, 60, Some(Origin::Apart)), 4, "less than the rests");
        assert_eq!(masked(7, 200, Some(Origin::Apart)), 7, "around many stories");
    }

    #[test]
    fn what_frames_pages_of_unknown_sites_is_masked() {
        let (head, foot) = (story("h", 30), story("f", 25));
        let pages: Vec<String> =
            (0..6).map(|n| format!("{head} {} {foot}", story(&format!("s{n}x"), 150))).collect();
        for page in masked_of_unknown(&pages) {
            assert_eq!(page, [head.clone(), foot.clone()]);
        }
    }

    #[test]
    fn a_story_that_unknown_sites_carry_is_not_masked() {
        let own = |n: usize, words: usize| story(&format!("own{n}x"), words);
        let page = |make: &dyn Fn(usize) -> String| (0..8).map(make).collect::<Vec<String>>();
        let cases = [
            ("in the middle", page(&|n| format!("{} {} {}", own(n, 80), story("s", 60), own(n + 10, 80)))),
            ("longer than the rest", page(&|n| format!("{} {}", story("s", 180), own(n, 150)))),
            (
                "seen alone, too",
                page(&|n| {
                    format!("{} {}", story("s", 60), if n % 3 == 0 { String::new() } else { own(n, 200) })
                }),
            ),
            ("on few pages", page(&|n| format!("{} {}", story("s", 60), own(n, 200)))[..5].to_vec()),
        ];
        for (name, pages) in cases {
            assert!(masked_of_unknown(&pages).iter().all(Vec::is_empty), "{name}");
        }
    }
}
