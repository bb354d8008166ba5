//! Pages of one site in, masks out: what the site repeats around different stories.
//!
//! What is repeated shows in the fingerprints that pages share. Whether it is a template or a story that the site
//! gives again and again shows in the rest of these pages: around a template the rests have nothing to do with each
//! other, around a story they are small or shared, too. So pages are put into stories by what they share besides the
//! text in question, and text is boilerplate when it stands in different stories. A live story that is updated five
//! times is one story, and does not mask itself; a story that three hundred sites carry is never counted across sites.
//!
//! Invariants: the order of the pages decides nothing but which of them are looked at where there are many; what
//! other sites mostly carry once is no boilerplate.
//! Cost: one sort of a site's fingerprints, and a bounded look at a few pages for each passage that they share.
//! Source: the idea of counting within a site after Henzinger, "Finding near-duplicate web pages", 2006 (both
//! algorithms compared there fail on pairs from one site), and the two-pass filter of the impresso project, 2023.

use std::collections::BTreeMap;

use crate::text::Token;

/// A page of a site.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its fingerprints: value and position, by position.
    pub fingerprints: &'a [(u32, u32)],
}

/// What is masked of a page: ranges of tokens, ascending.
pub type Mask = Vec<std::ops::Range<u32>>;

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

/// Pages that are looked at for one shared text.
const SAMPLE: usize = 12;
/// Fingerprints of the rest of a page that make a story of their own: about 30 words, a brief.
const BRIEF: usize = 6;
/// Different stories that a text must stand in; two are enough where the site leaves no doubt about them.
const STORIES: usize = 3;
/// Pages of a site of which two may be all the evidence there is.
const FEW_PAGES: usize = 3;

/// Finds the masks of the pages of one site. `elsewhere` tells of a fingerprint whether other sites mostly carry it
/// once, as they carry a story.
pub fn masks(pages: &[Page<'_>], rule: BoilerplateRule, elsewhere: impl Fn(u32) -> bool) -> Vec<Mask> {
    let site = Site::new(pages);
    let boilerplate = site.boilerplate(elsewhere);
    pages.iter().map(|page| mask(page, pages, &boilerplate, rule)).collect()
}

/// The fingerprints of a site.
struct Site<'a> {
    pages: &'a [Page<'a>],
    /// For each page its distinct fingerprints, ascending.
    values: Vec<Vec<u32>>,
    /// For each fingerprint that several pages share, these pages, ascending.
    carriers: BTreeMap<u32, Vec<u32>>,
}

/// For each fingerprint that is boilerplate, a page of each of the stories it was seen in.
type Boilerplate = BTreeMap<u32, Vec<u32>>;

impl<'a> Site<'a> {
    fn new(pages: &'a [Page<'a>]) -> Self {
        let distinct = |page: &Page<'_>| {
            let mut values: Vec<u32> = page.fingerprints.iter().map(|&(value, _)| value).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        let values: Vec<Vec<u32>> = pages.iter().map(distinct).collect();
        let mut postings: Vec<(u32, u32)> = (0..)
            .zip(&values)
            .flat_map(|(page, values): (u32, _)| values.iter().map(move |&value| (value, page)))
            .collect();
        postings.sort_unstable();
        let carriers = postings
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|run| run.len() > 1)
            .map(|run| (run[0].0, run.iter().map(|&(_, page)| page).collect()))
            .collect();
        Self { pages, values, carriers }
    }

    fn boilerplate(&self, elsewhere: impl Fn(u32) -> bool) -> Boilerplate {
        let mut by_pages: BTreeMap<&[u32], Vec<u32>> = BTreeMap::new();
        for (&value, pages) in &self.carriers {
            if !elsewhere(value) {
                by_pages.entry(pages).or_default().push(value);
            }
        }
        let fewest = if self.values.len() <= FEW_PAGES { 2 } else { STORIES };
        let mut out = Boilerplate::new();
        for (pages, values) in by_pages {
            if pages.len() >= fewest
                && let Some(stories) = self.stories_around(pages)
            {
                out.extend(values.into_iter().map(|value| (value, stories.clone())));
            }
        }
        out
    }

    /// Gives a page of each of the stories that stand around what these pages share, if it is boilerplate.
    fn stories_around(&self, pages: &[u32]) -> Option<Vec<u32>> {
        let step = pages.len().div_ceil(SAMPLE);
        let sample: Vec<u32> = pages.iter().copied().step_by(step).collect();
        let mut seen: Vec<u32> =
            sample.iter().flat_map(|&page| &self.values[page as usize]).copied().collect();
        seen.sort_unstable();
        // What nearly all of them share is one text with the one in question.
        let shared: Vec<u32> = seen
            .chunk_by(|one, other| one == other)
            .filter(|run| run.len() * 5 >= sample.len() * 4)
            .map(|run| run[0])
            .collect();
        let rest = |page: u32| without(&self.values[page as usize], &shared);
        let rests: Vec<Vec<u32>> = sample.iter().map(|&page| rest(page)).collect();
        let telling: Vec<usize> = (0..sample.len()).filter(|&index| rests[index].len() >= BRIEF).collect();
        // Pages with nothing else on them say that the text is a story, where they are many.
        if (sample.len() - telling.len()) * 3 > sample.len() {
            return None;
        }
        let stories = group(&telling, |one, other| {
            let common = common(&rests[one], &rests[other]);
            common * 3 >= rests[one].len().min(rests[other].len())
        });
        let framed = || telling.iter().all(|&index| self.frames(sample[index], &shared));
        let outweighed = || telling.iter().all(|&index| rests[index].len() > shared.len());
        let enough = match stories.len() {
            0 | 1 => false,
            // Each of two stories is given several times, or is more than what they share, in one piece.
            2 => stories.iter().all(|story| story.len() > 1) || outweighed() && framed(),
            _ => true,
        };
        enough.then(|| stories.iter().map(|story| sample[story[0]]).collect())
    }

    /// Tells whether all that is shared stands before and behind the rest of a page, as a template does; what two
    /// versions of a story share stands between what was changed.
    fn frames(&self, page: u32, shared: &[u32]) -> bool {
        let is_rest = |&(value, _): &(u32, u32)| shared.binary_search(&value).is_err();
        let fingerprints = self.pages[page as usize].fingerprints;
        fingerprints
            .chunk_by(|one, other| is_rest(one) == is_rest(other))
            .filter(|run| is_rest(&run[0]))
            .count()
            == 1
    }
}

/// Puts pages that are linked, directly or by others, together.
fn group(pages: &[usize], linked: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut waiting = pages.to_vec();
    let mut out = Vec::new();
    while let Some(first) = waiting.first().copied() {
        waiting.remove(0);
        let mut story = vec![first];
        let mut next = 0;
        while next < story.len() {
            let page = story[next];
            let (near, far): (Vec<usize>, Vec<usize>) =
                waiting.iter().partition(|&&other| linked(page, other));
            story.extend(near);
            waiting = far;
            next += 1;
        }
        out.push(story);
    }
    out
}

/// Gives the values of one ascending list that are not in another.
fn without(values: &[u32], others: &[u32]) -> Vec<u32> {
    let mut others = others.iter().peekable();
    let mut is_other = |value: &u32| {
        while others.next_if(|next| *next < value).is_some() {}
        others.peek() == Some(&value)
    };
    values.iter().copied().filter(|value| !is_other(value)).collect()
}

/// Counts the values in both of two ascending lists.
fn common(one: &[u32], other: &[u32]) -> usize {
    let mut other = other.iter().peekable();
    let mut count = 0;
    for value in one {
        while other.next_if(|next| *next < value).is_some() {}
        count += usize::from(other.peek() == Some(&value));
    }
    count
}

/// Masks a page: runs of boilerplate fingerprints with none but such between them, as far as the text around them is
/// the same on pages with other stories.
fn mask(page: &Page<'_>, pages: &[Page<'_>], boilerplate: &Boilerplate, rule: BoilerplateRule) -> Mask {
    let mut out = Mask::new();
    for run in page
        .fingerprints
        .chunk_by(|one, other| boilerplate.contains_key(&one.0) == boilerplate.contains_key(&other.0))
    {
        let (first, last) = (run[0], run[run.len() - 1]);
        let (Some(at_first), Some(at_last)) = (boilerplate.get(&first.0), boilerplate.get(&last.0)) else {
            continue;
        };
        let before = equal_beyond(page, pages, rule, first, at_first, |tokens, at, step| {
            at.checked_sub(step).and_then(|place| tokens.get(place)).copied()
        });
        let end = last.1 + rule.shingle_size;
        let behind = equal_beyond(page, pages, rule, last, at_last, |tokens, at, step| {
            tokens.get(at + rule.shingle_size as usize - 1 + step).copied()
        });
        let begin = first.1 - before.min(first.1);
        let end = (end + behind).min(page.tokens.len() as u32);
        match out.last_mut() {
            Some(before) if before.end >= begin => before.end = end,
            _ => out.push(begin..end),
        }
    }
    out.retain(|range| range.end - range.start >= rule.shortest);
    out
}

/// Counts how many tokens beyond a fingerprint are the same on pages with other stories: the median, since one of
/// them may carry this page's own story.
fn equal_beyond(
    page: &Page<'_>,
    pages: &[Page<'_>],
    rule: BoilerplateRule,
    (value, at): (u32, u32),
    others: &[u32],
    token: impl Fn(&[Token], usize, usize) -> Option<Token>,
) -> u32 {
    let mut lengths: Vec<u32> = others
        .iter()
        .map(|&other| &pages[other as usize])
        .filter(|other| !std::ptr::eq(other.tokens, page.tokens))
        .filter_map(|other| {
            let place = other.fingerprints.iter().find(|&&(found, _)| found == value)?.1;
            let equal = |&step: &usize| {
                let ours = token(page.tokens, at as usize, step);
                ours.is_some() && ours == token(other.tokens, place as usize, step)
            };
            Some((1..=rule.reach as usize).take_while(equal).count() as u32)
        })
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
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

    fn fingerprints(tokens: &Tokens) -> Vec<(u32, u32)> {
        let (mut shingles, mut out) = (Vec::new(), Vec::new());
        shingle(tokens.tokens(), 5, &mut shingles);
        winnow(&shingles, 8, |at| out.push(((shingles[at] >> 32) as u32, at as u32)));
        out
    }

    /// Gives what is masked of each page, as text.
    fn masked_if(texts: &[String], elsewhere: bool) -> Vec<Vec<String>> {
        let tokens: Vec<Tokens> = texts
            .iter()
            .map(|text| {
                let mut tokens = Tokens::new();
                tokenize(text, &mut tokens);
                tokens
            })
            .collect();
        let fingerprints: Vec<Vec<(u32, u32)>> = tokens.iter().map(fingerprints).collect();
        let pages: Vec<Page<'_>> = tokens
            .iter()
            .zip(&fingerprints)
            .map(|(tokens, fingerprints)| Page { tokens: tokens.tokens(), fingerprints })
            .collect();
        let masks = masks(&pages, RULE, |_| elsewhere);
        let cut = |index: usize, range: &std::ops::Range<u32>| {
            let spans = tokens[index].spans();
            let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
            texts[index][begin as usize..end as usize].to_owned()
        };
        let page = |(index, mask): (usize, &Mask)| mask.iter().map(|range| cut(index, range)).collect();
        masks.iter().enumerate().map(page).collect()
    }

    fn masked(texts: &[String]) -> Vec<Vec<String>> {
        masked_if(texts, false)
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
        let pages: Vec<String> =
            (0..4).map(|n| format!("{} {foot}", story(&format!("s{n}x"), 120))).collect();
        assert!(masked_if(&pages, true).iter().all(Vec::is_empty));
    }
}
