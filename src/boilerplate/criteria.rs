//! Decides whether text that pages share is boilerplate.
//!
//! All numbers of the decision are here: the fields of [`Criteria`], with their values in its `Default`, and
//! [`SAMPLE`]. The methods of [`Criteria`] are the decision; they read and search nothing. Other files find the texts
//! that pages share (`shared_texts`) and collect the [`Evidence`] about each (`sample_reader`).
//!
//! One decision is about one *text*: the fingerprints that the same pages of one site share. At most [`SAMPLE`] of
//! these pages are compared. The rest of each page, without the text, is compared with the rests of the others, and
//! pages with linked rests are one *story*. In this module a story is such a group of pages that share other text than
//! the one in question. The text is boilerplate if it is on pages of enough different stories:
//!
//! - Pages of one site: six stories are enough if at most a third of the pages contain nothing but the text. From two
//!   to five stories are enough if no page consists of the text alone, and the text is in the same place of all pages:
//!   before or after the main part of the rest. Two stories are only enough if each is on several pages, or if the
//!   text is in front of or below the rest of each page and the rest is longer.
//! - Pages of unknown sites: at least six stories, and at most an eighth of the pages contain nothing but the text.
//!   More than half of the rests are longer than the text, and at least four fifths are in one piece.
//!
//! By two exceptions a text is a story that sites publish, and no boilerplate:
//!
//! - As many sites have the fingerprint once as several times ([`Criteria::is_story_of_sites`]).
//! - The text is the story of a page of another site ([`Criteria::is_story_elsewhere`]): nearly all of that page; or
//!   most of it, if the evidence that the text is boilerplate is weak. A copy of one of the pages is no such page: it
//!   contains the text because that page does.
//!
//! A long text that is less of a page elsewhere is masked, and reported ([`Criteria::is_to_be_reported`]).

use super::evidence::Evidence;
use super::layout::Layout;
use super::page_group::{GroupKind, PageGroup};
use super::page_set::PageSet;

/// The most pages that are compared for one text.
///
/// This is twice the most stories that a rule asks for, so that the text can be boilerplate although every story is on
/// two of these pages. More pages would make each comparison slower.
pub(crate) const SAMPLE: usize = 12;

const _: () = assert!(SAMPLE <= PageSet::CAPACITY, "a set of pages has a bit for each page of a sample");

/// The numbers that decide whether text is boilerplate. The methods apply them.
///
/// Only texts on two pages or more are judged. So no number of stories may be below two, and `nearly_all` must be more
/// than a half.
#[derive(Clone, Debug)]
pub(super) struct Criteria {
    /// The least fraction of the sampled pages that have a fingerprint of the text. Not all of them must, because
    /// templates change and pages are cut off: of 12 pages two may lack it. Also the least fraction of a page that a
    /// text has if it is nearly all of the page, and of a text that is in the same place of all pages.
    pub(super) nearly_all: Fraction,
    /// The fewest fingerprints in the rest of a page that can be a story: about 30 words, a brief.
    pub(super) story_fingerprints: usize,
    /// The fewest fingerprints of a piece of the rest. Fewer are a date or a byline inside a template.
    pub(super) piece_fingerprints: usize,
    /// The least fraction of the shorter of two rests that both share if their pages are of one story. It is a fraction
    /// of the shorter one, so that a short version is linked to a long one that contains it.
    pub(super) linked: Fraction,

    /// The number of words below which a page is short. A sample of short pages is compared by all shingles of the
    /// pages: which of so few are fingerprints is chance.
    pub(super) short_page: usize,
    /// The fewest shingles in the rest of a short page that can be a story: a sentence or two, longer than a headline
    /// with a dateline.
    pub(super) story_shingles: usize,
    /// The fewest shingles of a piece of the rest of a short page: a clause.
    pub(super) piece_shingles: usize,
    /// The least fraction of a short page that a rest must have if it is shorter than `story_shingles`, and not shorter
    /// than a piece: a teaser of one short sentence. A headline above a brief is less.
    pub(super) teaser: Fraction,

    /// The fewest stories around boilerplate of one site if the evidence is not clear.
    pub(super) stories: usize,
    /// The fewest stories around boilerplate of one site if the evidence is clear. Two versions of one story are two
    /// stories, too; `is_clear` excludes them.
    pub(super) stories_if_clear: usize,
    /// The greatest fraction of the sampled pages of one site that contain hardly anything but the text. If more do,
    /// the text is the story.
    pub(super) without_story: Fraction,

    /// The fewest stories around boilerplate of unknown sites. The text may be a story that many sites publish, but
    /// then it is usually alone on at least one of six pages.
    pub(super) stories_if_unknown: usize,
    /// The same as `without_story` for unknown sites: a story is seen alone more often than a template.
    pub(super) without_story_if_unknown: Fraction,
    /// On more than this fraction of the sampled pages of unknown sites, the rest must be longer than the text. A
    /// template is mostly shorter than what it frames.
    pub(super) longer_rest_if_unknown: Fraction,
    /// The least fraction of the story pages of unknown sites whose rest is in one piece. A story can be anywhere on a
    /// page, a template frames the page.
    pub(super) framed_if_unknown: Fraction,

    /// The fewest stories that exclude that the text is a story in several versions: a story seldom has six versions
    /// of which each adds something different. Fewer stories are weak evidence.
    pub(super) stories_beyond_versions: usize,
    /// The greatest fraction of the story pages whose rest is longer than the text if that is a story in several
    /// versions: most versions consist mainly of the story.
    pub(super) longer_rest_of_versions: Fraction,
    /// More than this fraction of the fingerprints of a text must be on the page elsewhere whose story it is, and of
    /// that page if the evidence is weak: a reprint consists mainly of the story.
    pub(super) reprinted: Fraction,
    /// The fewest fingerprints of a text that is reported if another site prints it in an article: about 100 words, as many
    /// as a short article has. A disclaimer that one of several sites prints seldom is mostly shorter.
    pub(super) reported: usize,
    /// The fewest pages of a site that can show whether the site repeats a text. Fewer pages are no evidence for or
    /// against it.
    pub(super) telling_pages: usize,
}

impl Default for Criteria {
    fn default() -> Self {
        Self {
            nearly_all: Fraction::new(4, 5),
            story_fingerprints: 6,
            piece_fingerprints: 3,
            linked: Fraction::new(1, 3),

            short_page: 100,
            story_shingles: 25,
            piece_shingles: 12,
            teaser: Fraction::new(1, 6),

            stories: 3,
            stories_if_clear: 2,
            without_story: Fraction::new(1, 3),

            stories_if_unknown: 6,
            without_story_if_unknown: Fraction::new(1, 8),
            longer_rest_if_unknown: Fraction::new(1, 2),
            framed_if_unknown: Fraction::new(4, 5),

            stories_beyond_versions: 6,
            longer_rest_of_versions: Fraction::new(1, 2),
            reprinted: Fraction::new(1, 2),
            reported: 20,
            telling_pages: 3,
        }
    }
}

/// The values by which the pages of a sample are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// The fingerprints of each page.
    Fingerprint,
    /// All shingles of each page.
    Shingle,
}

/// The definitions: which texts are judged, and which fingerprints and pages form a text, a rest, and a story.
impl Criteria {
    /// Returns the fewest pages of a group that must share a text before the text is judged: one for each story.
    pub(super) fn fewest_pages(&self, kind: GroupKind) -> usize {
        match kind {
            GroupKind::OneSite => self.stories_if_clear,
            GroupKind::UnknownSites => self.stories_if_unknown,
            GroupKind::SinglePages | GroupKind::Junk => usize::MAX,
        }
    }

    /// Returns what pages are compared by, from the number of words of the longest of them.
    pub(super) fn unit(&self, words: usize) -> Unit {
        if words < self.short_page { Unit::Shingle } else { Unit::Fingerprint }
    }

    /// Returns whether a fingerprint that is on `pages` of the sampled pages belongs to their text.
    pub(super) fn is_of_text(&self, pages: usize, sampled: usize) -> bool {
        self.nearly_all.is_reached(pages, sampled)
    }

    /// Returns whether a rest is long enough to be a story, from its length and that of the page.
    pub(super) fn is_story(&self, unit: Unit, rest: usize, page: usize) -> bool {
        match unit {
            Unit::Fingerprint => rest >= self.story_fingerprints,
            Unit::Shingle => {
                rest >= self.story_shingles
                    || rest >= self.piece_shingles && self.teaser.is_reached(rest, page)
            }
        }
    }

    /// Returns whether a run of the rest is long enough to be a piece of it.
    pub(super) fn is_piece(&self, unit: Unit, run: usize) -> bool {
        match unit {
            Unit::Fingerprint => run >= self.piece_fingerprints,
            Unit::Shingle => run >= self.piece_shingles,
        }
    }

    /// Returns the number of values within which a text begins or ends that is above or below the rest of a page: there
    /// may be a date or a byline before or after it.
    pub(super) fn near_end(&self, unit: Unit) -> usize {
        1 + match unit {
            Unit::Fingerprint => self.piece_fingerprints,
            Unit::Shingle => self.piece_shingles,
        }
    }

    /// Returns whether two pages are of one story, from the number of fingerprints that their rests share and the
    /// lengths of the rests.
    pub(super) fn are_linked(&self, shared: usize, one: usize, other: usize) -> bool {
        self.linked.is_reached(shared, one.min(other))
    }

    /// Returns whether a part is more than half of a whole.
    pub(super) fn is_mostly(&self, part: usize, whole: usize) -> bool {
        Fraction::new(1, 2).is_exceeded(part, whole)
    }

    /// Returns whether a text is nearly all of a page.
    pub(super) fn is_nearly_all(&self, text: usize, page: usize) -> bool {
        self.nearly_all.is_reached(text, page)
    }
}

/// The rule: whether a text is boilerplate.
impl Criteria {
    /// Returns whether text that pages of a group share is boilerplate.
    ///
    /// `layout` returns where the text is on the pages. This is expensive, because it reads them again; it is called
    /// only if it decides.
    pub(super) fn is_boilerplate(
        &self,
        kind: GroupKind,
        unit: Unit,
        evidence: &Evidence,
        layout: impl FnOnce() -> Layout,
    ) -> bool {
        match kind {
            GroupKind::OneSite => self.is_repeated_by_site(unit, evidence, layout),
            GroupKind::UnknownSites => self.is_repeated_by_unknown_sites(evidence, layout),
            GroupKind::SinglePages | GroupKind::Junk => false,
        }
    }

    fn is_repeated_by_site(&self, unit: Unit, evidence: &Evidence, layout: impl FnOnce() -> Layout) -> bool {
        if self.without_story.is_exceeded(evidence.pages_without_story(), evidence.pages) {
            return false;
        }
        let stories = evidence.stories.len();
        if stories >= self.stories_beyond_versions {
            return true;
        }
        let is_twice = evidence.stories.iter().all(|story| story.len() > 1);
        let may_be_apart = !evidence.pages_with_longer_rest().is_empty();
        if stories < self.stories_if_clear || stories < self.stories && !is_twice && !may_be_apart {
            return false;
        }
        if stories >= self.stories && !self.is_story(unit, evidence.text, usize::MAX) {
            return true;
        }
        let layout = layout();
        layout.is_in_place
            && (evidence.alone.is_empty() || !layout.is_on_one_side())
            && (stories >= self.stories || is_twice || is_apart(evidence, &layout))
    }

    fn is_repeated_by_unknown_sites(&self, evidence: &Evidence, layout: impl FnOnce() -> Layout) -> bool {
        evidence.stories.len() >= self.stories_if_unknown
            && !self.without_story_if_unknown.is_exceeded(evidence.pages_without_story(), evidence.pages)
            && self
                .longer_rest_if_unknown
                .is_exceeded(evidence.pages_with_longer_rest().len(), evidence.pages)
            && self.framed_if_unknown.is_reached(layout().framed.len(), evidence.story_pages.len())
    }
}

/// Returns whether the text and the rest of each page are apart: the rest is in one piece. Below the rests of pages
/// is background, or a sidebar, if only one rest is longer than the text; otherwise all have to be longer. Two
/// versions of a story share the text between their changes, so that neither is in one piece.
fn is_apart(evidence: &Evidence, layout: &Layout) -> bool {
    let longer = evidence.pages_with_longer_rest();
    layout.below == layout.pages && !longer.is_empty()
        || layout.framed == layout.pages && longer == evidence.story_pages
}

/// The exceptions: whether a text is a story although it is boilerplate by the rule.
impl Criteria {
    /// Returns whether there are enough pages of a site to show whether the site repeats a text.
    pub(super) fn is_telling(&self, site: &PageGroup) -> bool {
        site.kind == GroupKind::OneSite && site.pages.len() >= self.telling_pages
    }

    /// Returns whether a fingerprint belongs to a story that sites publish rather than to a template: at least as many
    /// sites have it once as several times. Both count only sites for which [`Criteria::is_telling`] holds. If no
    /// site has it several times, there is nothing to decide.
    pub(super) fn is_story_of_sites(once: usize, several_times: usize) -> bool {
        several_times > 0 && once >= several_times
    }

    /// Returns the weight of the evidence that a text is boilerplate, for [`Criteria::is_story_elsewhere`].
    pub(super) fn weight(&self, evidence: &Evidence) -> Weight {
        let (longer, pages) = (evidence.pages_with_longer_rest().len(), evidence.story_pages.len());
        let stories = evidence.stories.len();
        if stories >= self.stories_beyond_versions {
            Weight::Strong
        } else if stories < self.stories || !self.longer_rest_of_versions.is_exceeded(longer, pages) {
            Weight::Weak
        } else {
            Weight::Medium
        }
    }

    /// Returns whether more of something is reprinted than a part of it that may be chance.
    pub(super) fn is_reprinted(&self, reprinted: usize, all: usize) -> bool {
        self.reprinted.is_exceeded(reprinted, all)
    }

    /// Returns whether a text is the story of a page elsewhere that is no copy of one of the pages. Of the page's
    /// fingerprints that its own site does not repeat, `text` belong to boilerplate of the site of the text.
    pub(super) fn is_story_elsewhere(&self, weight: Weight, page: &Elsewhere) -> bool {
        let all = page.text + page.rest;
        let is_alone =
            self.is_nearly_all(page.text, all) && !self.is_story(Unit::Fingerprint, page.rest, all);
        match weight {
            // An empty page of another site with the same template is shorter than most stories.
            Weight::Strong => is_alone && page.words >= self.short_page,
            Weight::Medium => is_alone,
            Weight::Weak => is_alone || page.is_hardly_known && self.is_reprinted(page.text, all),
        }
    }

    /// Returns whether a text of `fingerprints` that is masked has to be reported, since most of it is on a page elsewhere,
    /// whose site does not repeat it: it may be a story that a site prints beside other text on several pages.
    pub(super) fn is_to_be_reported(&self, fingerprints: usize, page: &Elsewhere) -> bool {
        fingerprints >= self.reported && self.is_reprinted(page.text, fingerprints)
    }

    /// Returns whether a page elsewhere is a copy of a page: it contains a good part of the rest of that page, too.
    pub(super) fn is_copy(&self, shared: usize, rest: usize) -> bool {
        rest > 0 && self.linked.is_reached(shared, rest)
    }
}

/// The weight of the evidence that a text is boilerplate of one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The text may be a story in several versions: there are few stories around it, and most pages have more of the
    /// text than of other text; or there are only two.
    Weak,
    /// There are few stories around the text.
    Medium,
    /// There are more stories around the text than a story has versions.
    Strong,
}

/// A page of another site that contains a text.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// The number of its words.
    pub(super) words: usize,
    /// The number of its fingerprints that belong to boilerplate of the site of the text.
    pub(super) text: usize,
    /// The number of its other fingerprints, without boilerplate of its own site.
    pub(super) rest: usize,
    /// True if few pages of its site are known.
    pub(super) is_hardly_known: bool,
}

/// A fraction that counts are compared with, in integers, so that nothing is rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    numerator: usize,
    denominator: usize,
}

impl Fraction {
    pub(super) const fn new(numerator: usize, denominator: usize) -> Self {
        Self { numerator, denominator }
    }

    /// Returns whether `part` is at least this fraction of `whole`.
    pub(super) fn is_reached(self, part: usize, whole: usize) -> bool {
        part * self.denominator >= whole * self.numerator
    }

    /// Returns whether `part` is more than this fraction of `whole`.
    pub(super) fn is_exceeded(self, part: usize, whole: usize) -> bool {
        part * self.denominator > whole * self.numerator
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates the evidence about a text of `text` fingerprints. `stories` has the lengths of the rests of
    /// the pages of each story; `others` is the number of pages without a story.
    fn evidence(text: usize, stories: &[&[usize]], others: usize) -> Evidence {
        let mut rests = [0; PageSet::CAPACITY];
        let mut pages = 0;
        let story = |lengths: &&[usize]| {
            let begin = pages;
            pages += lengths.len();
            rests[begin..pages].copy_from_slice(lengths);
            (begin..pages).collect()
        };
        let stories: Vec<PageSet> = stories.iter().map(story).collect();
        let story_pages = stories.iter().fold(PageSet::default(), |all, &story| all | story);
        let alone = PageSet::default();
        Evidence { pages: pages + others, text, rests, story_pages, alone, stories }
    }

    /// Creates the evidence of stories on one page each, with rests of these lengths.
    fn single_pages(text: usize, rests: &[usize], others: usize) -> Evidence {
        evidence(text, &rests.chunks(1).collect::<Vec<_>>(), others)
    }

    fn site(pages: usize) -> PageGroup {
        PageGroup { kind: GroupKind::OneSite, pages: 0..pages }
    }

    /// A layout of the first pages of stories. Texts of framed pages are below the rest.
    fn layout(evidence: &Evidence, is_framed: bool, is_in_place: bool) -> Layout {
        let pages: PageSet = evidence.stories.iter().filter_map(|story| story.iter().next()).collect();
        let framed = if is_framed { pages } else { PageSet::default() };
        Layout { pages, framed, above: PageSet::default(), below: framed, is_in_place }
    }

    /// The verdict on stories of one site whose pages are framed, with the text in the same place.
    fn of_site(criteria: &Criteria, evidence: &Evidence) -> bool {
        let layout = || layout(evidence, true, true);
        criteria.is_boilerplate(GroupKind::OneSite, Unit::Fingerprint, evidence, layout)
    }

    /// The verdict on pages of unknown sites of which the first are not framed.
    fn of_unknown(criteria: &Criteria, evidence: &Evidence, unframed: usize) -> bool {
        let framed = evidence.story_pages.iter().filter(|&page| page >= unframed).collect();
        let layout = || Layout { framed, ..layout(evidence, false, false) };
        criteria.is_boilerplate(GroupKind::UnknownSites, Unit::Fingerprint, evidence, layout)
    }

    #[test]
    fn text_around_three_stories_or_two_clear_ones_is_boilerplate() {
        let criteria = Criteria::default();
        let (long, short): (&[usize], &[usize]) = (&[20], &[9]);
        let with_alone = |evidence: Evidence| {
            let alone = PageSet::default().with(evidence.pages - 1);
            Evidence { alone, ..evidence }
        };
        // Whether the rests are in one piece, and the text in the same place.
        let cases = [
            ("no story", evidence(10, &[], 2), true, true, false),
            ("one story", evidence(10, &[&[20, 20]], 0), true, true, false),
            ("two stories that are shorter", evidence(10, &[short, short], 0), true, true, false),
            ("two stories, one of them longer", evidence(10, &[long, short], 0), true, true, true),
            ("two stories that are longer", evidence(10, &[long, long], 0), true, true, true),
            ("two stories that are longer, in pieces", evidence(10, &[long, long], 0), false, true, false),
            ("two stories, in different places", evidence(10, &[long, long], 0), true, false, false),
            ("two stories, each twice", evidence(10, &[&[9, 9], &[9, 9]], 0), false, true, true),
            ("two stories, one of them twice", evidence(10, &[&[9, 9], short], 0), true, true, false),
            ("three stories", evidence(10, &[short, short, short], 0), false, true, true),
            (
                "three stories, in different places",
                evidence(10, &[short, short, short], 0),
                false,
                false,
                false,
            ),
            ("a phrase in different places", evidence(5, &[short, short, short], 0), false, false, true),
            ("mostly without a story", evidence(10, &[short, short, short], 2), true, true, false),
            ("once alone", with_alone(evidence(10, &[short, short, short], 1)), true, true, false),
            ("once alone, a frame", with_alone(evidence(10, &[short, short, short], 1)), false, true, true),
            ("six stories", with_alone(evidence(10, &[short; 6], 1)), false, false, true),
        ];
        for (name, evidence, is_framed, is_in_place, expected) in cases {
            let verdict = |kind: GroupKind| {
                let layout = || layout(&evidence, is_framed, is_in_place);
                criteria.is_boilerplate(kind, Unit::Fingerprint, &evidence, layout)
            };
            assert_eq!(verdict(GroupKind::OneSite), expected, "{name}");
            assert!(!verdict(GroupKind::SinglePages) && !verdict(GroupKind::Junk), "{name}, of many sites");
        }
    }

    #[test]
    fn a_text_that_is_the_story_of_a_page_elsewhere_is_a_story() {
        let criteria = Criteria::default();
        // The text and the rest of the page, its words, whether its site is hardly known; then by weight.
        let cases = [
            ("alone", (40, 0, 180, false), [true, true, true]),
            ("with a headline", (40, 3, 195, false), [true, true, true]),
            ("with a story of its own", (40, 8, 220, true), [true, false, false]),
            ("the same, on a well known site", (40, 8, 220, false), [false, false, false]),
            ("with a longer story of its own", (40, 50, 400, true), [false, false, false]),
            ("a short page", (12, 0, 60, false), [true, true, false]),
            ("a hint below a teaser", (10, 4, 60, false), [false, false, false]),
        ];
        for (name, (text, rest, words, is_hardly_known), expected) in cases {
            let page = Elsewhere { words, text, rest, is_hardly_known };
            let of = |weight: Weight| criteria.is_story_elsewhere(weight, &page);
            assert_eq!([of(Weight::Weak), of(Weight::Medium), of(Weight::Strong)], expected, "{name}");
        }
    }

    /// Changes a number to another value.
    type Change = fn(&mut Criteria);
    /// Asks a question that the number answers.
    type Question = fn(&Criteria) -> bool;

    #[test]
    fn each_number_decides() {
        let cases: [(&str, Question, Change); 19] = [
            ("nearly_all", |c| c.is_of_text(4, 5), |c| c.nearly_all = Fraction::new(9, 10)),
            ("story_fingerprints", |c| c.is_story(Unit::Fingerprint, 6, 99), |c| c.story_fingerprints = 7),
            ("piece_fingerprints", |c| c.is_piece(Unit::Fingerprint, 3), |c| c.piece_fingerprints = 4),
            ("short_page", |c| c.unit(99) == Unit::Shingle, |c| c.short_page = 99),
            ("story_shingles", |c| c.is_story(Unit::Shingle, 25, 200), |c| c.story_shingles = 26),
            ("piece_shingles", |c| c.is_piece(Unit::Shingle, 12), |c| c.piece_shingles = 13),
            ("teaser", |c| c.is_story(Unit::Shingle, 12, 72), |c| c.teaser = Fraction::new(1, 5)),
            ("linked", |c| c.are_linked(3, 9, 20), |c| c.linked = Fraction::new(1, 2)),
            ("stories", |c| of_site(c, &single_pages(10, &[9, 9, 9], 0)), |c| c.stories = 4),
            ("stories_if_clear", |c| of_site(c, &single_pages(10, &[20, 20], 0)), |c| c.stories_if_clear = 3),
            (
                "without_story",
                |c| of_site(c, &single_pages(10, &[9, 9, 9, 9], 2)),
                |c| c.without_story = Fraction::new(1, 4),
            ),
            (
                "stories_if_unknown",
                |c| of_unknown(c, &single_pages(10, &[20; 6], 0), 0),
                |c| c.stories_if_unknown = 7,
            ),
            (
                "without_story_if_unknown",
                |c| of_unknown(c, &single_pages(10, &[20; 7], 1), 0),
                |c| c.without_story_if_unknown = Fraction::new(1, 9),
            ),
            (
                "longer_rest_if_unknown",
                |c| of_unknown(c, &single_pages(10, &[20, 20, 20, 20, 20, 9, 9], 0), 0),
                |c| c.longer_rest_if_unknown = Fraction::new(3, 4),
            ),
            (
                "framed_if_unknown",
                |c| of_unknown(c, &single_pages(10, &[20; 10], 0), 2),
                |c| c.framed_if_unknown = Fraction::new(1, 1),
            ),
            (
                "stories_beyond_versions",
                |c| c.weight(&single_pages(10, &[9; 5], 0)) == Weight::Weak,
                |c| c.stories_beyond_versions = 5,
            ),
            (
                "longer_rest_of_versions",
                |c| c.weight(&single_pages(10, &[9, 20, 9, 20], 0)) == Weight::Weak,
                |c| c.longer_rest_of_versions = Fraction::new(1, 3),
            ),
            ("reprinted", |c| c.is_reprinted(6, 10), |c| c.reprinted = Fraction::new(2, 3)),
            ("telling_pages", |c| c.is_telling(&site(3)), |c| c.telling_pages = 4),
        ];
        for (name, question, change) in cases {
            let mut criteria = Criteria::default();
            assert!(question(&criteria), "{name}");
            change(&mut criteria);
            assert!(!question(&criteria), "{name}, changed");
        }
    }

    #[test]
    fn fewest_pages_are_one_for_each_story() {
        let criteria = Criteria { stories_if_clear: 3, stories_if_unknown: 7, ..Criteria::default() };
        let found = [GroupKind::OneSite, GroupKind::UnknownSites, GroupKind::SinglePages, GroupKind::Junk]
            .map(|kind| criteria.fewest_pages(kind));
        assert_eq!(found, [3, 7, usize::MAX, usize::MAX]);
    }
}
