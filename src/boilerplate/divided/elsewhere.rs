//! Finds which of some texts are the stories of pages of other sites.

use super::local_page::LocalPage;
use crate::boilerplate::criteria::{Criteria, Weight};
use crate::boilerplate::page_group::{GroupKind, GroupMap, PageGroup};
use crate::boilerplate::site_boilerplate::SiteBoilerplate;
use crate::boilerplate::stories_elsewhere::{FoundElsewhere, ReportedText, StoriesElsewhere};
use crate::boilerplate::story_pages::{StoryPages, TextId};

/// A site of some of the pages.
#[derive(Clone, Debug)]
pub struct ElsewhereSite {
    /// The knowledge about it.
    pub kind: GroupKind,
    /// The number of its pages.
    pub pages: usize,
    /// The values that it repeats by its own evidence, ascending.
    pub boilerplate: Vec<u32>,
}

/// A text that is boilerplate by the evidence of its own site, and is on pages of other sites.
#[derive(Clone, Debug)]
pub struct TextElsewhere {
    /// The weight of the evidence.
    pub weight: Weight,
    /// The number of its values.
    pub values: u32,
    /// One page of each story around it.
    pub stories: Vec<u32>,
    /// For each of its values that is elsewhere the shortest page there.
    pub elsewhere: Vec<u32>,
}

/// The texts that are stories of pages elsewhere, and those that are not, but have to be reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundStories {
    /// The indexes of the texts that are stories, ascending.
    pub stories: Vec<usize>,
    /// The texts that are masked though a page of another site has them in an article.
    pub reported: Vec<ReportedText>,
}

/// Finds the texts that are stories of pages elsewhere. `pages` have fingerprints; `site_of` has the index of the site of
/// each.
pub fn find_stories_elsewhere(
    pages: &Vec<LocalPage>,
    site_of: Vec<u32>,
    sites: &[ElsewhereSite],
    texts: &[TextElsewhere],
) -> FoundStories {
    let criteria = Criteria::default();
    let groups: Vec<PageGroup> =
        sites.iter().map(|site| PageGroup { kind: site.kind, pages: 0..site.pages }).collect();
    let mut stories = StoryPages::default();
    let ids: Vec<TextId> = texts.iter().map(|text| stories.push(&text.stories)).collect();
    // Which of its texts a site repeats with a value does not matter here.
    let Some(&any_text) = ids.first() else { return FoundStories::default() };
    let boilerplate: Vec<SiteBoilerplate> = sites
        .iter()
        .map(|site| SiteBoilerplate::new(site.boilerplate.iter().map(|&value| (value, any_text)).collect()))
        .collect();
    let weights: Vec<(Weight, u32)> = texts.iter().map(|text| (text.weight, text.values)).collect();
    let elsewhere = ids.iter().zip(texts);
    let elsewhere = elsewhere.flat_map(|(&id, text)| text.elsewhere.iter().map(move |&page| (id, page)));
    let sites = GroupMap::of_pages(&groups, site_of);
    let search = StoriesElsewhere {
        pages,
        sites: &sites,
        criteria: &criteria,
        boilerplate: &boilerplate,
        stories: &stories,
    };
    let FoundElsewhere { stories, reported } = search.find(elsewhere.collect(), &weights);
    FoundStories { stories: stories.into_iter().map(TextId::index).collect(), reported }
}
