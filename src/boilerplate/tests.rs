//! Tests what is masked of pages, as text.

use std::ops::Range;

use super::criteria::Criteria;
use super::mask::mask_pages;
use super::masking_budget::MaskingBudget;
use super::masking_rule::MaskingRule;
use super::masks::Mask;
use super::page::Page;
use super::page_group::{GroupKind, PageGroup};
use super::repeated_texts::RepeatedTexts;
use crate::shingle::shingle;
use crate::sketch::{Fingerprint, winnow};
use crate::text::{Tokens, tokenize};

const RULE: MaskingRule = MaskingRule { shortest: 12, shingle_size: 5, reach: 13 };

/// Returns a text of `count` different words that are in no text of another seed.
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

fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens::new();
    tokenize(text, &mut tokens);
    tokens
}

/// Returns the texts that are masked of each page.
fn masked_by(criteria: &Criteria, texts: &[String], sites: &[PageGroup]) -> Vec<Vec<String>> {
    masked_at(criteria, texts, sites, &[])
}

/// Returns the texts that are masked of each page, if the first pages have these addresses.
fn masked_at(
    criteria: &Criteria,
    texts: &[String],
    sites: &[PageGroup],
    addresses: &[u64],
) -> Vec<Vec<String>> {
    let tokens: Vec<Tokens> = texts.iter().map(|text| tokens(text)).collect();
    let fingerprints: Vec<Vec<Fingerprint>> = tokens.iter().map(fingerprints).collect();
    let pages: Vec<Page<'_>> = tokens
        .iter()
        .zip(&fingerprints)
        .enumerate()
        .map(|(page, (tokens, fingerprints))| {
            let address = addresses.get(page).copied();
            Page { tokens: tokens.tokens(), fingerprints, address }
        })
        .collect();
    let mut out = vec![Mask::new(); texts.len()];
    let repeated =
        RepeatedTexts::with_criteria(&pages, sites, RULE, &MaskingBudget::unlimited(), criteria).unwrap();
    for (page, mask) in mask_pages(&pages, &repeated, RULE).iter() {
        out[page as usize] = mask.to_vec();
    }
    let cut = |index: usize, range: &Range<u32>| {
        let spans = tokens[index].spans();
        let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
        texts[index][begin as usize..end as usize].to_owned()
    };
    let page = |(index, mask): (usize, &Mask)| mask.iter().map(|range| cut(index, range)).collect();
    out.iter().enumerate().map(page).collect()
}

/// Returns the texts that are masked of each page by the default criteria.
fn masked_of(texts: &[String], sites: &[PageGroup]) -> Vec<Vec<String>> {
    masked_by(&Criteria::default(), texts, sites)
}

/// Returns the pages of texts that have to be reported: one on which the text is masked, and one elsewhere.
fn reported_of(texts: &[String], sites: &[PageGroup]) -> Vec<(u32, u32)> {
    let tokens: Vec<Tokens> = texts.iter().map(|text| tokens(text)).collect();
    let fingerprints: Vec<Vec<Fingerprint>> = tokens.iter().map(fingerprints).collect();
    let page = |(tokens, fingerprints)| Page { tokens: Tokens::tokens(tokens), fingerprints, address: None };
    let pages: Vec<Page<'_>> = tokens.iter().zip(fingerprints.iter().map(Vec::as_slice)).map(page).collect();
    let repeated = RepeatedTexts::new(&pages, sites, RULE, &MaskingBudget::unlimited()).unwrap();
    repeated.reported().iter().map(|text| (text.masked, text.elsewhere)).collect()
}

fn masked_of_one_site(texts: &[String]) -> Vec<Vec<String>> {
    masked_of(texts, &[PageGroup { kind: GroupKind::OneSite, pages: 0..texts.len() }])
}

fn masked_of_unknown_sites(texts: &[String]) -> Vec<Vec<String>> {
    masked_of(texts, &[PageGroup { kind: GroupKind::UnknownSites, pages: 0..texts.len() }])
}

/// Returns the number of pages with masked text.
fn masked_pages(masked: &[Vec<String>]) -> usize {
    masked.iter().filter(|page| !page.is_empty()).count()
}

#[test]
fn a_template_is_masked_exactly_from_its_first_to_its_last_word() {
    let (head, foot) = (story("h", 30), story("f", 25));
    let pages: Vec<String> =
        (0..6).map(|n| format!("{head} {} {foot}", story(&format!("s{n}x"), 80))).collect();
    for page in masked_of_one_site(&pages) {
        assert_eq!(page, [head.clone(), foot.clone()]);
    }
}

#[test]
fn two_pages_are_enough_if_their_stories_are_longer_than_the_template() {
    let foot = story("f", 40);
    let pages: Vec<String> = (0..2).map(|n| format!("{} {foot}", story(&format!("s{n}x"), 120))).collect();
    assert_eq!(masked_of_one_site(&pages), [[foot.clone()], [foot]]);
}

#[test]
fn a_story_that_is_updated_does_not_mask_itself() {
    let pages: Vec<String> =
        (0..6).map(|n| format!("{} {}", story(&format!("n{n}x"), 10 * n), story("s", 120))).collect();
    let scrapes = vec![story("s", 120); 5];
    assert!(masked_of_one_site(&pages).iter().all(Vec::is_empty), "updates");
    assert!(masked_of_one_site(&scrapes).iter().all(Vec::is_empty), "scrapes");
}

#[test]
fn an_article_that_was_scraped_several_times_from_one_address_is_not_masked() {
    // Each scrape has other comments below, and other recommendations above.
    let scrape = |n: usize| {
        let (above, below) = (story(&format!("above{n}x"), 50), story(&format!("below{n}x"), 60));
        format!("{above} {} {below}", story("article", 120))
    };
    let scrapes: Vec<String> = (0..5).map(scrape).collect();
    let site = [PageGroup { kind: GroupKind::OneSite, pages: 0..5 }];
    let masked =
        |addresses: &[u64]| masked_pages(&masked_at(&Criteria::default(), &scrapes, &site, addresses));
    assert_eq!(masked(&[]), 5);
    assert_eq!(masked(&[7; 5]), 0);
    assert_eq!(masked(&[1, 2, 3, 4, 5]), 5);
}

#[test]
fn the_template_of_a_page_that_changes_every_day_is_masked() {
    let today = |n: usize| format!("{} {}", story("menu", 40), story(&format!("day{n}x"), 200));
    let scrapes: Vec<String> = (0..5).map(today).collect();
    let site = [PageGroup { kind: GroupKind::OneSite, pages: 0..5 }];
    assert_eq!(masked_pages(&masked_at(&Criteria::default(), &scrapes, &site, &[7; 5])), 5);
}

#[test]
fn two_versions_of_a_story_are_not_masked() {
    let paragraph = |n: usize| story(&format!("p{n}x"), 30);
    let version = |seed: &str| {
        let own = |n: usize| story(&format!("{seed}{n}x"), 35);
        [own(1), paragraph(1), own(2), paragraph(2), own(3)].join(" ")
    };
    assert!(masked_of_one_site(&[version("a"), version("b")]).iter().all(Vec::is_empty));
}

#[test]
fn a_story_that_shares_pages_with_another_is_not_masked() {
    let (one, other) = (story("s", 100), story("t", 100));
    let pages = [one.clone(), format!("{one} {other}"), format!("{other} {one}"), other];
    assert!(masked_of_one_site(&pages).iter().all(Vec::is_empty));
}

#[test]
fn a_template_is_masked_if_every_story_is_on_two_pages() {
    let head = story("h", 200);
    let pages: Vec<String> = (0..4)
        .map(|n| format!("{head} {} {}", story(&format!("s{}x", n / 2), 60), story(&format!("n{n}x"), 5)))
        .collect();
    for page in masked_of_one_site(&pages) {
        assert_eq!(page, std::slice::from_ref(&head));
    }
}

#[test]
fn text_that_other_sites_mostly_have_once_is_not_masked() {
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
        let site = |site: usize| PageGroup { kind: GroupKind::OneSite, pages: 4 * site..4 * site + 4 };
        let sites: Vec<PageGroup> = (0..=others).map(site).collect();
        masked_pages(&masked_of(&pages, &sites))
    };
    assert_eq!((masked(0), masked(1)), (4, 0));
}

#[test]
fn a_story_in_versions_that_another_site_reprints_is_not_masked() {
    let story_of = |words: usize| story("s", words);
    let masked = |versions: usize, words: usize, kind: Option<GroupKind>| {
        let page = |n: usize| format!("{} {}", story(&format!("v{n}x"), 80), story_of(words));
        let others = (0..3).map(|n| story(&format!("o{n}x"), 90));
        let mut pages: Vec<String> = (0..versions).map(page).chain(others).collect();
        let mut sites = vec![PageGroup { kind: GroupKind::OneSite, pages: 0..pages.len() }];
        if let Some(kind) = kind {
            sites.push(PageGroup { kind, pages: pages.len()..pages.len() + 1 });
            pages.push(story_of(words));
        }
        masked_pages(&masked_of(&pages, &sites))
    };
    assert_eq!(masked(4, 200, Some(GroupKind::SinglePages)), 0, "on a site of one page");
    assert_eq!(masked(4, 200, Some(GroupKind::OneSite)), 0, "on a site of few pages");
    assert_eq!(masked(4, 200, None), 4, "nowhere else");
    assert_eq!(masked(4, 60, Some(GroupKind::SinglePages)), 0, "shorter than the rests");
    assert_eq!(masked(7, 200, Some(GroupKind::SinglePages)), 0, "in many versions");
    assert_eq!(masked(7, 60, Some(GroupKind::SinglePages)), 7, "in many versions, and short");
}

#[test]
fn text_that_frames_pages_of_unknown_sites_is_masked() {
    let (head, foot) = (story("h", 30), story("f", 25));
    let pages: Vec<String> =
        (0..6).map(|n| format!("{head} {} {foot}", story(&format!("s{n}x"), 150))).collect();
    for page in masked_of_unknown_sites(&pages) {
        assert_eq!(page, [head.clone(), foot.clone()]);
    }
}

#[test]
fn a_story_that_unknown_sites_publish_is_not_masked() {
    let own = |n: usize, words: usize| story(&format!("own{n}x"), words);
    let page = |make: &dyn Fn(usize) -> String| (0..8).map(make).collect::<Vec<String>>();
    let cases = [
        ("in the middle", page(&|n| format!("{} {} {}", own(n, 80), story("s", 60), own(n + 10, 80)))),
        ("longer than the rest", page(&|n| format!("{} {}", story("s", 180), own(n, 150)))),
        (
            "alone on some pages",
            page(&|n| format!("{} {}", story("s", 60), if n % 3 == 0 { String::new() } else { own(n, 200) })),
        ),
        ("on few pages", page(&|n| format!("{} {}", story("s", 60), own(n, 200)))[..5].to_vec()),
    ];
    for (name, pages) in cases {
        assert!(masked_of_unknown_sites(&pages).iter().all(Vec::is_empty), "{name}");
    }
}

#[test]
fn the_number_of_stories_in_the_criteria_decides() {
    // Of eight pages some have a text that is longer than the story of each.
    let foot = story("f", 80);
    let masked = |stories: usize, with_foot: usize| {
        let own = |n: usize| story(&format!("s{n}x"), 50);
        let page = |n: usize| if n < with_foot { format!("{} {foot}", own(n)) } else { own(n) };
        let pages: Vec<String> = (0..8).map(page).collect();
        let sites = [PageGroup { kind: GroupKind::OneSite, pages: 0..8 }];
        masked_pages(&masked_by(&Criteria { stories, ..Criteria::default() }, &pages, &sites))
    };
    assert_eq!((masked(3, 2), masked(3, 3), masked(3, 4)), (0, 3, 4));
    assert_eq!((masked(5, 3), masked(5, 4), masked(5, 5)), (0, 0, 5));
    assert_eq!((masked(2, 2), masked(2, 3)), (2, 3));
}

/// Returns a text of the shape of pages: `own` words that only this page has, and a text that other pages share, below
/// it or above it.
fn page_of(n: usize, own: usize, shared: &str, is_below: bool) -> String {
    let own = story(&format!("own{n}x"), own);
    if is_below { format!("{own} {shared}") } else { format!("{shared} {own}") }
}

#[test]
fn a_hint_on_short_pages_is_masked_from_three_pages_on() {
    for seed in 0..12 {
        let hint = story(&format!("hint{seed}x"), 30 + 2 * seed);
        for (pages, teaser, is_below) in
            [(3, 14, true), (3, 25, false), (4, 30, true), (5, 20, true), (5, 40, false)]
        {
            let texts: Vec<String> =
                (0..pages).map(|n| page_of(100 * seed + n, teaser + n, &hint, is_below)).collect();
            let masked = masked_of_one_site(&texts);
            assert!(masked.iter().all(|page| *page == [hint.clone()]), "{seed} {pages} {teaser}: {masked:?}");
        }
    }
}

#[test]
fn a_sidebar_of_two_pages_is_masked_and_a_story_in_different_places_is_not() {
    let shared = story("s", 90);
    let others = |from: usize| (from..from + 6).map(|n| story(&format!("o{n}x"), 150));
    for (name, second, expected) in [("sidebar", true, 2), ("story", false, 0)] {
        for more in [0, 1, 6] {
            let pages = [page_of(1, 150, &shared, true), page_of(2, 190, &shared, second)];
            let pages: Vec<String> = pages.into_iter().chain(others(0).take(more)).collect();
            assert_eq!(masked_pages(&masked_of_one_site(&pages)), expected, "{name}, {more} more pages");
        }
    }
}

#[test]
fn a_text_that_is_all_of_a_page_is_a_story_on_any_site() {
    let stolen = story("s", 150);
    for (pages, own) in [(2, 300), (3, 40), (3, 300), (6, 40), (6, 300), (12, 40)] {
        let thief: Vec<String> = (0..pages).map(|n| page_of(n, own, &stolen, true)).collect();
        let count = |original: Option<String>| {
            let kinds = [(GroupKind::OneSite, pages), (GroupKind::SinglePages, 1)];
            let all: Vec<String> = thief.iter().cloned().chain(original).collect();
            let mut begin = 0;
            let sites = kinds.map(|(kind, pages)| {
                let end = (begin + pages).min(all.len());
                PageGroup { kind, pages: std::mem::replace(&mut begin, end)..end }
            });
            // A few words where the story meets other text may be masked on some pages.
            let words = |page: &Vec<String>| page.iter().map(|text| text.split(' ').count()).sum::<usize>();
            masked_of(&all, &sites).iter().filter(|page| words(page) > 75).count()
        };
        assert_eq!(count(Some(stolen.clone())), 0, "{pages} pages, {own} words beside it");
        assert_eq!(
            count(Some(format!("{} {stolen}", story("title", 8)))),
            0,
            "below a headline, {pages}, {own}"
        );
        assert_eq!(
            count(Some(page_of(99, 300, &stolen, true))),
            pages,
            "beside another story, {pages}, {own}"
        );
    }
}

#[test]
fn a_reprint_of_one_page_does_not_make_its_frame_a_story() {
    let (head, foot) = (story("h", 70), story("f", 40));
    for episodes in 3..8 {
        let mut pages: Vec<String> =
            (0..episodes).map(|n| format!("{head} {} {foot}", story(&format!("e{n}x"), 60))).collect();
        pages.push(pages[1].clone());
        let sites = [
            PageGroup { kind: GroupKind::OneSite, pages: 0..episodes },
            PageGroup { kind: GroupKind::SinglePages, pages: episodes..episodes + 1 },
        ];
        assert_eq!(masked_pages(&masked_of(&pages, &sites)), episodes, "{episodes} episodes");
    }
}

#[test]
fn a_long_masked_text_that_an_article_elsewhere_has_is_reported() {
    let (stolen, brief) = (story("s", 150), story("b", 50));
    let own = |n: usize| page_of(n, 300, "", true);
    let beside = |shared: &str| vec![page_of(99, 300, shared, false)];
    let cases = [
        ("beside another story", &stolen, beside(&stolen), GroupKind::SinglePages, 1),
        ("on a page of a site that is known", &stolen, beside(&stolen), GroupKind::OneSite, 1),
        ("nowhere else", &stolen, beside(""), GroupKind::SinglePages, 0),
        ("a short text", &brief, beside(&brief), GroupKind::SinglePages, 0),
        ("all of a page", &stolen, vec![stolen.clone()], GroupKind::SinglePages, 0),
        ("a reprint of a page", &stolen, vec![page_of(2, 300, &stolen, true)], GroupKind::SinglePages, 0),
        (
            "a template of two sites",
            &stolen,
            (50..56).map(|n| page_of(n, 300, &stolen, true)).collect(),
            GroupKind::OneSite,
            0,
        ),
    ];
    for (name, shared, elsewhere, kind, expected) in cases {
        // Of a site that is known there are pages without the text, too; but a site that has it once makes it a story
        // only if no more sites repeat it: so there are two that do.
        let sites_with_it = if kind == GroupKind::OneSite && expected > 0 { 2 } else { 1 };
        let mut pages: Vec<String> = (0..6 * sites_with_it).map(|n| page_of(n, 300, shared, true)).collect();
        let mut sites: Vec<PageGroup> = (0..sites_with_it)
            .map(|site| PageGroup { kind: GroupKind::OneSite, pages: 6 * site..6 * site + 6 })
            .collect();
        let begin = pages.len();
        pages.extend(elsewhere);
        if kind == GroupKind::OneSite {
            pages.extend((70..74).map(own));
        }
        sites.push(PageGroup { kind, pages: begin..pages.len() });
        let reported = reported_of(&pages, &sites);
        assert_eq!(reported.len(), expected * sites_with_it, "{name}: {reported:?}");
        assert!(
            reported.iter().all(|&(masked, page)| masked < begin as u32 && page == begin as u32),
            "{name}"
        );
    }
}
