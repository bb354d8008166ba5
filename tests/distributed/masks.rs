//! Step 4: what sites repeat is masked.

use std::collections::BTreeMap;
use std::ops::Range;

use wirecopy::Settings;
use wirecopy::boilerplate::divided::{
    ElsewhereSite, Holder, LocalPage, SampledText, SiteTexts, TextElsewhere, ValueOfText,
    find_stories_elsewhere, judge_texts, mask_some, shared_texts_of_value,
};
use wirecopy::boilerplate::{GroupKind, Mask, Weight};
use wirecopy::distributed::{decode_tokens, encode_ranges, merge_masks};

use super::rows::Row;

/// A page of a site.
struct PageRow {
    number: usize,
    site: u64,
    kind: GroupKind,
    site_pages: usize,
}

/// Returns the pages in the order of their sites.
fn pages_of(rows: &[Row]) -> Vec<PageRow> {
    let mut sizes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let pages = || rows.iter().enumerate().filter(|(_, row)| row.folded.is_page);
    for (_, row) in pages() {
        *sizes.entry(row.sketched.outlet.as_deref()).or_default() += 1;
    }
    let site_numbers: Vec<Option<&str>> = sizes.keys().copied().collect();
    let mut found: Vec<PageRow> = pages()
        .map(|(number, row)| {
            let outlet = row.sketched.outlet.as_deref();
            let (kind, site) = match (outlet, sizes[&outlet]) {
                (None, _) => (GroupKind::UnknownSites, u64::MAX),
                (Some(_), 1) => (GroupKind::SinglePages, u64::MAX - 1),
                _ => (
                    GroupKind::OneSite,
                    site_numbers.iter().position(|&other| other == outlet).unwrap() as u64,
                ),
            };
            PageRow { number, site, kind, site_pages: sizes[&outlet] }
        })
        .collect();
    // Pages that are the only ones of their sites are in the order of these.
    found.sort_by_key(|page| (page.site, &rows[page.number].sketched.outlet, page.number));
    found
}

/// Step 4: masks what sites repeat.
pub(crate) fn mask(rows: &mut [Row], settings: &Settings) {
    let pages = pages_of(rows);
    let rule = settings.masking_rule();
    let mut addresses: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.kind == GroupKind::OneSite) {
        if let Some(address) = rows[page.number].sketched.address {
            *addresses.entry((page.site, address)).or_default() += 1;
        }
    }
    let local = |page: &PageRow| {
        let row = &rows[page.number];
        let is_common = |address: &u64| addresses.get(&(page.site, *address)).is_some_and(|&count| count > 1);
        LocalPage {
            words: row.sketched.words as usize,
            tokens: decode_tokens(&row.sketched.article).unwrap(),
            fingerprints: row.sketched.fingerprints.clone(),
            address: row.sketched.address.filter(is_common),
        }
    };
    let all: Vec<LocalPage> = pages.iter().map(local).collect();
    let index_of: BTreeMap<u64, u32> =
        (0..).zip(&pages).map(|(index, page)| (page.number as u64, index)).collect();
    let index = |number: &u64| index_of[number];
    let mut by_value: BTreeMap<u32, Vec<Holder>> = BTreeMap::new();
    for page in &pages {
        let words = rows[page.number].sketched.words as usize;
        for fingerprint in &rows[page.number].sketched.fingerprints {
            let holder = Holder {
                page: page.number as u64,
                site: page.site,
                kind: page.kind,
                site_pages: page.site_pages,
                words,
            };
            by_value.entry(fingerprint.value).or_default().push(holder);
        }
    }
    let mut texts: BTreeMap<(u64, u64), Vec<(u32, ValueOfText)>> = BTreeMap::new();
    for (&value, holders) in by_value.iter().filter(|(_, holders)| holders.len() > 1) {
        for text in shared_texts_of_value(holders) {
            texts.entry((text.site, text.text)).or_default().push((value, text));
        }
    }
    let keys: Vec<(u64, u64)> = texts.keys().copied().collect();
    let sampled: Vec<SampledText> = texts
        .values()
        .map(|values| SampledText {
            kind: values[0].1.kind,
            sample: values[0].1.sample.iter().map(index).collect(),
        })
        .collect();
    let judged = judge_texts(&all, &sampled, rule);
    let mut found: BTreeMap<(u64, u64), (Weight, Vec<u32>)> = keys
        .iter()
        .zip(judged)
        .filter_map(|(&key, text)| Some((key, text.map(|text| (text.weight, text.stories))?)))
        .collect();
    let mut site_values: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for key in found.keys() {
        site_values.entry(key.0).or_default().extend(texts[key].iter().map(|&(value, _)| value));
    }
    let mut sites: Vec<ElsewhereSite> = Vec::new();
    let mut site_of = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        if at == 0 || pages[at - 1].site != page.site {
            let mut boilerplate = site_values.get(&page.site).cloned().unwrap_or_default();
            boilerplate.sort_unstable();
            sites.push(ElsewhereSite { kind: page.kind, pages: page.site_pages, boilerplate });
        }
        site_of.push(sites.len() as u32 - 1);
    }
    let named: Vec<(u64, u64)> = found
        .keys()
        .copied()
        .filter(|key| texts[key].iter().any(|(_, text)| text.elsewhere.is_some()))
        .collect();
    let elsewhere: Vec<TextElsewhere> = named
        .iter()
        .map(|key| TextElsewhere {
            weight: found[key].0,
            values: texts[key].len() as u32,
            stories: found[key].1.clone(),
            elsewhere: texts[key].iter().filter_map(|(_, text)| text.elsewhere.as_ref().map(index)).collect(),
        })
        .collect();
    for story in find_stories_elsewhere(&all, site_of, &sites, &elsewhere).stories {
        found.remove(&named[story]);
    }
    let mut masks: BTreeMap<usize, Vec<Range<u32>>> = BTreeMap::new();
    for of_site in pages.chunk_by(|one, other| one.site == other.site) {
        masks_of_site(of_site, &all, &index_of, &found, &texts, settings).into_iter().for_each(
            |(number, mask)| {
                masks.entry(rows[number].leader).or_default().extend(mask);
            },
        );
    }
    for (leader, ranges) in masks {
        let row = &mut rows[leader];
        let merged = merge_masks(ranges, row.sketched.words as usize, row.folded.set_size, settings);
        row.mask = merged.map_or_else(Vec::new, |mask| encode_ranges(&mask));
    }
}

/// Masks the pages of a site, half of them at a time.
fn masks_of_site(
    pages: &[PageRow],
    all: &[LocalPage],
    index_of: &BTreeMap<u64, u32>,
    found: &BTreeMap<(u64, u64), (Weight, Vec<u32>)>,
    texts: &BTreeMap<(u64, u64), Vec<(u32, ValueOfText)>>,
    settings: &Settings,
) -> Vec<(usize, Mask)> {
    let of_site = || found.iter().filter(|((site, _), _)| *site == pages[0].site);
    let mut out = Vec::new();
    for half in pages.chunks(pages.len().div_ceil(2)) {
        let mut used: Vec<u32> = half.iter().map(|page| index_of[&(page.number as u64)]).collect();
        for (_, (_, stories)) in of_site() {
            let new: Vec<u32> = stories.iter().copied().filter(|page| !used.contains(page)).collect();
            used.extend(new);
        }
        let place = |page: &u32| used.iter().position(|other| other == page).unwrap() as u32;
        let mut site = SiteTexts::default();
        for (number, (key, (_, stories))) in (0..).zip(of_site()) {
            site.stories.push(stories.iter().map(place).collect());
            site.values.extend(texts[key].iter().map(|&(value, _)| (value, number)));
        }
        let local: Vec<LocalPage> = used.iter().map(|&page| all[page as usize].clone()).collect();
        let masks = mask_some(&local, half.len(), &site, settings.masking_rule());
        out.extend(masks.iter().map(|(page, mask)| (half[page as usize].number, mask.to_vec())));
    }
    out
}
