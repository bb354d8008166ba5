//! Compares the steps with the search over all pages at once.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::boilerplate::{
    GroupKind, MaskingBudget, MaskingRule, Masks, PageGroup, RepeatedTexts, Weight, mask_pages,
};
use crate::sketch::Fingerprint;
use crate::text::Token;

const RULE: MaskingRule = MaskingRule { shortest: 12, shingle_size: 5, reach: 13 };

/// A text of a site: the number of the site, and the hash of its sample.
type Key = (u64, u64);

/// Finds the masks of pages in steps.
fn masks_by_steps(pages: &Vec<LocalPage>, sites: &[PageGroup]) -> Masks<u32> {
    let site_of = |page: usize| sites.iter().position(|site| site.pages.contains(&page)).unwrap();
    let mut by_value: BTreeMap<u32, Vec<Holder>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let site = site_of(number);
        for fingerprint in &page.fingerprints {
            let holder = Holder {
                page: number as u64,
                site: site as u64,
                kind: sites[site].kind,
                site_pages: sites[site].pages.len(),
                words: page.words,
            };
            by_value.entry(fingerprint.value).or_default().push(holder);
        }
    }
    let mut texts: BTreeMap<Key, Vec<(u32, ValueOfText)>> = BTreeMap::new();
    for (&value, holders) in by_value.iter().filter(|(_, holders)| holders.len() > 1) {
        for text in shared_texts_of_value(holders) {
            texts.entry((text.site, text.text)).or_default().push((value, text));
        }
    }
    let index = |&number: &u64| number as u32;
    let sampled: Vec<SampledText> = texts
        .values()
        .map(|values| SampledText {
            kind: values[0].1.kind,
            sample: values[0].1.sample.iter().map(index).collect(),
        })
        .collect();
    let judged = judge_texts(pages, &sampled, RULE);
    let mut found: BTreeMap<Key, (Weight, Vec<u32>)> = texts
        .keys()
        .zip(judged)
        .filter_map(|(&key, text)| Some((key, text.map(|text| (text.weight, text.stories))?)))
        .collect();
    let repeated = |site: usize| -> Vec<u32> {
        let of_site = found.keys().filter(|key| key.0 == site as u64);
        let mut values: Vec<u32> =
            of_site.flat_map(|key| texts[key].iter().map(|&(value, _)| value)).collect();
        values.sort_unstable();
        values
    };
    let elsewhere_sites: Vec<ElsewhereSite> = sites
        .iter()
        .enumerate()
        .map(|(number, site)| ElsewhereSite {
            kind: site.kind,
            pages: site.pages.len(),
            boilerplate: repeated(number),
        })
        .collect();
    let keys: Vec<Key> = found.keys().copied().collect();
    let elsewhere: Vec<TextElsewhere> = keys
        .iter()
        .map(|key| TextElsewhere {
            weight: found[key].0,
            values: texts[key].len() as u32,
            stories: found[key].1.clone(),
            elsewhere: texts[key].iter().filter_map(|(_, text)| text.elsewhere.as_ref().map(index)).collect(),
        })
        .collect();
    let of_page = (0..pages.len()).map(|page| site_of(page) as u32).collect();
    for story in find_stories_elsewhere(pages, of_page, &elsewhere_sites, &elsewhere).stories {
        found.remove(&keys[story]);
    }
    let mut masks = Masks::default();
    for (number, site) in sites.iter().enumerate() {
        let mut texts_of_site = SiteTexts::default();
        for (key, (_, stories)) in found.iter().filter(|(key, _)| key.0 == number as u64) {
            let text = texts_of_site.stories.len() as u32;
            texts_of_site.stories.push(stories.clone());
            texts_of_site.values.extend(texts[key].iter().map(|&(value, _)| (value, text)));
        }
        let of_site = mask_some(pages, pages.len(), &texts_of_site, RULE);
        let of_site = of_site.iter().filter(|&(page, _)| site.pages.contains(&(page as usize)));
        of_site.for_each(|(page, mask)| masks.push(page, mask));
    }
    masks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn steps_mask_what_is_masked_at_once(
        blocks in prop::collection::vec(prop::collection::vec((0_u32..9, 0_u32..30), 1..4), 0..40),
        cuts in prop::collection::vec(0_usize..40, 0..4),
        last in prop::sample::select(vec![GroupKind::OneSite, GroupKind::UnknownSites, GroupKind::SinglePages]),
        words in 60_usize..160,
        addresses in prop::sample::select(vec![1_u64, 3, 50]),
    ) {
        // Blocks that other pages may have, each followed by tokens that no other page has.
        let page = |(number, blocks): (usize, &Vec<(u32, u32)>)| {
            let mut tokens = Vec::new();
            for (index, &(block, own)) in (0..).zip(blocks) {
                tokens.extend((0..20 + block).map(|at| 1000 * (block + 1) + at));
                tokens.extend((0..own).map(|at| 1_000_000 * (number as u32 + 1) + 50 * index + at));
            }
            let tokens: Vec<Token> = tokens.into_iter().map(bytemuck::cast).collect();
            let spread = |token: &Token| token.get().wrapping_mul(0x9E37_79B1);
            let fingerprints: Vec<Fingerprint> = (0..tokens.len().saturating_sub(4))
                .step_by(3)
                .map(|position| Fingerprint { value: spread(&tokens[position]), position: position as u32 })
                .collect();
            let address = Some(number as u64 * 7 % addresses).filter(|&address| address < 40);
            LocalPage { words: tokens.len(), tokens, fingerprints, address }
        };
        let pages: Vec<LocalPage> = blocks.iter().enumerate().map(page).filter(|page| page.words < 3 * words).collect();
        let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut.min(pages.len())).collect();
        ends.push(pages.len());
        ends.sort_unstable();
        let begins = std::iter::once(0).chain(ends.iter().copied());
        let mut sites: Vec<PageGroup> = begins
            .zip(&ends)
            .map(|(begin, &end)| PageGroup { kind: GroupKind::OneSite, pages: begin..end })
            .filter(|site| !site.pages.is_empty())
            .collect();
        if let Some(site) = sites.last_mut() {
            site.kind = last;
        }
        let folder = std::env::temp_dir();
        let bytes = usize::MAX;
        let budget = MaskingBudget { folder, reserve: 0, held: bytes, sorted: bytes, found: bytes };
        let repeated = RepeatedTexts::new(&pages, &sites, RULE, &budget).unwrap();
        prop_assert_eq!(masks_by_steps(&pages, &sites), mask_pages(&pages, &repeated, RULE));
    }
}
