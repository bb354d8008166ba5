//! Compares two articles.

use crate::article::{Article, ArticleId};
use crate::corpus::{Corpus, Retained, Segment};
use crate::error::Error;
use crate::provenance::tokenize_without_notices;
use crate::settings::Settings;
use crate::text::Tokens;
use crate::verify::{AlignRule, JudgeRule, Match, Region, Relation, Verifier};

/// Two articles and all that they share, be it enough for a match or not.
///
/// [`Comparison::record`] returns the relation, the scores and the shared passages.
#[derive(Debug)]
pub struct Comparison {
    corpus: Corpus,
    align: AlignRule,
    rule: JudgeRule,
    relation: Option<Relation>,
    /// True if the two share no more than background of their outlet.
    is_background: bool,
    /// The passages and scores of the pair, the first article as `a`.
    shared: Match,
}

/// Compares two articles. Nothing is masked: two articles do not show what their sites repeat.
///
/// # Errors
/// [`Error::Setting`] if a setting is out of its range.
///
/// ```
/// use wirecopy::{Article, Settings, compare};
///
/// let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, \
///     and four hundred passengers slept in the gymnasium of the school.";
/// let page = format!("HARBOR NEWS. {story} Read more on page 2.");
/// let comparison = compare(Article::new("a", story), Article::new("b", &page), &Settings::default())?;
/// let record = comparison.record(Default::default());
/// assert_eq!(record.relation, Some("near-duplicate"));
/// let [begin, end] = record.spans[0].b.map(|offset| offset as usize);
/// assert_eq!(&page[begin..end], story.trim_end_matches('.'));
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn compare(a: Article<'_>, b: Article<'_>, settings: &Settings) -> Result<Comparison, Error> {
    settings.check()?;
    let (corpus, ids) = corpus_of_two(a, b);
    Ok(Comparison::new(corpus, ids, settings))
}

/// Compares two articles of a collection that was read and masked (see [`Detector::mask`](super::Detector::mask)). `a` and
/// `b` get the masks of the articles of `collection` at their locations.
///
/// # Errors
/// [`Error::Setting`] if a setting is out of its range.
pub fn compare_in(
    collection: &Corpus,
    a: Article<'_>,
    b: Article<'_>,
    settings: &Settings,
) -> Result<Comparison, Error> {
    settings.check()?;
    let (mut corpus, ids) = corpus_of_two(a, b);
    let mask_of = |id: ArticleId| {
        let same = collection.ids().find(|&other| collection.location(other) == corpus.location(id))?;
        collection.is_masked(same).then(|| (id, collection.masked_ranges(same).collect()))
    };
    let masks: Vec<_> = corpus.ids().filter_map(mask_of).collect();
    corpus.mask(&masks);
    Ok(Comparison::new(corpus, ids, settings))
}

/// Returns a corpus of two articles with their texts, and the numbers of `a` and `b` in it.
fn corpus_of_two(a: Article<'_>, b: Article<'_>) -> (Corpus, [ArticleId; 2]) {
    let mut segment = Segment::new();
    let mut tokens = Tokens::new();
    for article in [a, b] {
        let without_notices = tokenize_without_notices(&article.text, &mut tokens);
        segment.push_without_notices(article, without_notices.as_deref(), &tokens, Retained::ALL);
    }
    let corpus = Corpus::new(vec![segment]);
    // A corpus numbers its articles by key.
    let mut ids: Vec<ArticleId> = corpus.ids().collect();
    ids.sort_by_key(|&id| corpus.segment_and_row(id));
    let ids = [ids[0], ids[1]];
    (corpus, ids)
}

impl Comparison {
    fn new(corpus: Corpus, [a, b]: [ArticleId; 2], settings: &Settings) -> Self {
        let (align, rule) = (settings.align_rule(), settings.judge_rule());
        let measure = Verifier::new(&corpus, align, rule).measure(a, b);
        let is_background = measure.as_ref().is_some_and(|measure| measure.is_background(&rule));
        let shared = measure
            .as_ref()
            .map_or_else(|| nothing_shared(&corpus, a, b), |measure| measure.shared().seen_from(a));
        let matched = measure.and_then(|measure| measure.into_match(&rule)).map(|found| found.seen_from(a));
        let relation = matched.as_ref().map(|found| found.relation);
        Self { align, rule, relation, is_background, shared: matched.unwrap_or(shared), corpus }
    }

    /// Returns the relation of the first article to the second one, if they match.
    pub fn relation(&self) -> Option<Relation> {
        self.relation
    }

    /// Returns whether what the two share is background of their outlet, below a lead that each has of its own.
    pub fn is_background(&self) -> bool {
        self.is_background
    }

    /// Returns what the articles share, the first article as `a`. Its relation means nothing if they do not match.
    pub fn shared(&self) -> &Match {
        &self.shared
    }

    /// Returns the two articles, with their texts and masks.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Creates a verifier of the two articles, by the same rules.
    pub(crate) fn verifier(&self) -> Verifier<'_> {
        Verifier::new(&self.corpus, self.align, self.rule)
    }

    /// Returns the rule by which they were judged.
    pub fn rule(&self) -> &JudgeRule {
        &self.rule
    }
}

/// Returns a match without passages.
fn nothing_shared(corpus: &Corpus, a: ArticleId, b: ArticleId) -> Match {
    Match {
        a,
        b,
        relation: Relation::Partial,
        passages: Vec::new(),
        shingles: [0; 3],
        region_a: Region::default(),
        region_b: Region::default(),
        words: [a, b].map(|id| corpus.words(id) as u32),
        longest: 0,
        is_other_news: false,
        boilerplate: None,
    }
}
