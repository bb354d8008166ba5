//! Masks some pages of one site.

use super::local_page::LocalPage;
use crate::boilerplate::mask::mask_some_pages;
use crate::boilerplate::masking_rule::MaskingRule;
use crate::boilerplate::masks::Masks;
use crate::boilerplate::repeated_texts::RepeatedTexts;
use crate::boilerplate::site_boilerplate::SiteBoilerplate;
use crate::boilerplate::story_pages::{StoryPages, TextId};

/// The texts that one site repeats around different stories.
#[derive(Clone, Debug, Default)]
pub struct SiteTexts {
    /// One page of each story around each text.
    pub stories: Vec<Vec<u32>>,
    /// The values of the texts, each with the index of its text.
    pub values: Vec<(u32, u32)>,
}

/// Masks the first `count` of some pages of one site. The pages of the stories around its texts are among `pages`, each
/// page once. Returns the masks, each with the number of its page, ascending.
pub fn mask_some(pages: &Vec<LocalPage>, count: usize, texts: &SiteTexts, rule: MaskingRule) -> Masks<u32> {
    let mut stories = StoryPages::default();
    let ids: Vec<TextId> = texts.stories.iter().map(|pages| stories.push(pages)).collect();
    let mut values: Vec<(u32, TextId)> =
        texts.values.iter().map(|&(value, text)| (value, ids[text as usize])).collect();
    values.sort_unstable();
    let repeated = RepeatedTexts::of_one_site(pages.len(), SiteBoilerplate::new(values), stories);
    mask_some_pages(pages, |page| page < count, &repeated, rule)
}
