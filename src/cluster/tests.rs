//! Checks the clusters of small collections, case by case: articles and clusters are written in a few words.

mod by_threshold;
mod cluster_ids;
mod other_news;
mod packed;
mod preference;
mod representative;
mod series;
mod stars_ahead;
mod stories;

use super::*;
use crate::article::{Article, Location};
use crate::corpus::{Retained, Segment};
use crate::text::{Tokens, tokenize};
use crate::verify::{AlignRule, JudgeRule, Match, Measure, Relation, Score};

const ALIGN: AlignRule = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };
const JUDGE: JudgeRule = JudgeRule { by: Score::Coverage, threshold: 0.5, partial_words: 20, within: None };
const RULE: ClusterRule = ClusterRule { threshold: JUDGE.threshold, join_words: 40, within: None };

/// Returns `count` different words that no other name has.
fn story(name: &str, count: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    (0..count).map(|number| format!("{name}{}{} ", letter(number / 26), letter(number))).collect()
}

/// Key, site, day of January or, after 31, of February (0 for none), text. An article whose key begins with `old` is in the
/// reference collection.
type Row<'a> = (&'a str, &'a str, u32, String);

fn corpus(articles: &[Row<'_>]) -> Corpus {
    let mut segments = [Segment::new(), Segment::with_role(Role::Reference)];
    let mut tokens = Tokens::new();
    for (line, (key, site, day, text)) in (1..).zip(articles) {
        tokenize(text, &mut tokens);
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let article = Article {
            site: known(site),
            published: (*day > 0).then(|| match day {
                ..=31 => format!("2031-01-{day:02}"),
                _ => format!("2031-02-{:02}", day - 31),
            }),
            location: Location { file: "made".into(), line },
            ..Article::new(*key, text)
        };
        segments[usize::from(key.starts_with("old"))].push(article, &tokens, Retained::TOKENS);
    }
    Corpus::new(segments.into())
}

/// Returns the clusters of a corpus, with all pairs of articles as candidates.
fn clusters(corpus: &Corpus, preference: &Preference) -> Vec<Cluster> {
    clusters_by(corpus, JUDGE, RULE, preference)
}

fn clusters_by(
    corpus: &Corpus,
    judge: JudgeRule,
    rule: ClusterRule,
    preference: &Preference,
) -> Vec<Cluster> {
    let identical = IdenticalArticles::new(corpus, rule.within);
    clusters_of(corpus, &identical, &pairs(corpus, &identical), judge, rule, preference)
}

fn clusters_of(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    candidates: &[(ArticleId, ArticleId)],
    judge: JudgeRule,
    rule: ClusterRule,
    preference: &Preference,
) -> Vec<Cluster> {
    let mut verifier = Verifier::new(corpus, ALIGN, judge);
    let matches: Vec<Match> = candidates.iter().filter_map(|&(a, b)| verifier.verify(a, b)).collect();
    let storage = Storage::in_memory();
    let found = cluster(corpus, identical, &Matches::new(&matches), &verifier, rule, preference, &storage);
    found.unwrap().iter().collect()
}

/// Packs clusters, in their order.
fn packed(clusters: impl IntoIterator<Item = Cluster>) -> Clusters {
    let writer = ClusterWriter::new(&Storage::in_memory());
    let heads = clusters.into_iter().map(|cluster| writer.add(&cluster)).collect();
    writer.close(heads).unwrap()
}

/// Returns all pairs of leaders.
fn pairs(corpus: &Corpus, identical: &IdenticalArticles) -> Vec<(ArticleId, ArticleId)> {
    let leaders: Vec<ArticleId> = corpus.ids().filter(|&id| identical.leader(id) == id).collect();
    let after = |index: usize| leaders[index + 1..].iter().copied();
    leaders.iter().enumerate().flat_map(|(index, &a)| after(index).map(move |b| (a, b))).collect()
}

/// Describes each cluster: the reason for the choice of the representative, and of each member the key, passage relation, kind,
/// the shares of the passage and of the article in hundredths, and an asterisk for a bridge.
fn described(corpus: &Corpus, clusters: &[Cluster]) -> Vec<String> {
    let hundredths = |share: f64| (share * 100.0).round() as u32;
    let member = |member: &Member| {
        format!(
            "{} {} {} {}/{}{}",
            corpus.key(member.id),
            member.passage_relation.map_or("-", Relation::name),
            member.kind.map_or("-", Kind::name),
            hundredths(member.coverage),
            hundredths(member.article_coverage),
            if member.bridge { "*" } else { "" }
        )
    };
    let members = |cluster: &Cluster| cluster.members.iter().map(member).collect::<Vec<_>>().join(", ");
    clusters.iter().map(|cluster| format!("{}: {}", cluster.why.name(), members(cluster))).collect()
}

/// Name, articles, clusters.
type Case<'a> = (&'a str, Vec<Row<'a>>, &'a [&'a str]);

#[test]
fn builds_clusters() {
    let (s, t, u) = (story("s", 100), story("t", 100), story("u", 100));
    let cases: Vec<Case<'_>> = vec![
        ("nothing in common", vec![("a", "x", 1, s.clone()), ("b", "y", 1, t.clone())], &[]),
        (
            "identical articles",
            vec![("a", "x", 2, s.clone()), ("b", "y", 1, s.clone()), ("c", "y", 5, s.clone())],
            &["earliest seen: b - - 100/100, a exact reprint 100/100, c exact revision 100/100"],
        ),
        (
            "identical articles far apart in time on one site, and one of an unknown site",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "x", 9, s.clone()),
                ("c", "", 3, s.clone()),
                ("d", "x", 8, s.clone()),
            ],
            &["earliest seen: a - - 100/100, c exact - 100/100, d exact revision 100/100, b exact - 100/100"],
        ),
        (
            "identical articles without dates",
            vec![("b", "x", 0, s.clone()), ("a", "y", 0, s.clone())],
            &["first by key: a - - 100/100, b exact reprint 100/100"],
        ),
        (
            "identical articles without dates, one of them on an agency's own site",
            vec![("a", "x", 0, s.clone()), ("b", "ap.org", 0, s.clone())],
            &["on an agency's own site: b - - 100/100, a exact reprint 100/100"],
        ),
        (
            "the shorter of two without dates",
            vec![("a", "x", 0, s.clone() + &t), ("b", "y", 0, s.clone())],
            &["least text besides the passage: b - - 100/100, a exact reprint 100/50"],
        ),
        (
            "without dates the article that is all passage, though another is shorter",
            vec![
                ("a", "x", 0, s.clone()),
                ("b", "y", 0, s.clone() + &story("t", 10)),
                ("c", "z", 0, story("s", 95) + &story("u", 4)),
            ],
            &[
                "least text besides the passage: a - - 100/100, b exact reprint 100/91, c near-duplicate reprint 95/96",
            ],
        ),
        (
            "the shorter of two of one day",
            vec![("a", "x", 1, s.clone() + &t), ("b", "y", 1, s.clone())],
            &["among the earliest seen: b - - 100/100, a exact reprint 100/50"],
        ),
        (
            "an excerpt and a long quote",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, s.clone() + &t),
                ("c", "z", 3, story("s", 45)),
                ("d", "w", 4, story("s", 45) + &u),
            ],
            &[
                "earliest seen: a - - 100/100, b exact reprint 100/50, c excerpt reprint 45/100, d partial reprint 45/31",
            ],
        ),
        (
            "a changed word, and paragraphs in another order",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, s.replace("saw ", "changed ")),
                ("c", "z", 3, s.split_at(200).1.to_owned() + s.split_at(200).0),
            ],
            &[
                "earliest seen: a - - 100/100, b near-duplicate reprint 100/100, c near-duplicate reprint 100/100",
            ],
        ),
        (
            "identical articles of which half is in a cluster already",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, s.clone()),
                ("c", "z", 3, story("s", 50) + &story("t", 10)),
            ],
            &["earliest seen: a - - 100/50, b exact reprint 100/50, c exact reprint 100/83"],
        ),
        (
            "identical articles of which less than half is in a cluster already",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, s.clone()),
                ("c", "z", 3, story("s", 49) + &story("t", 10)),
            ],
            &[
                "earliest seen: a - - 100/49, b exact reprint 100/49, c exact reprint 100/83",
                "earliest seen: a - - 100/100, b exact reprint 100/100",
            ],
        ),
        (
            "two stories and a page with both",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 1, t.clone()),
                ("c", "z", 2, s.clone() + &t),
                ("d", "w", 3, s.clone()),
                ("e", "v", 3, t.clone()),
            ],
            &[
                "earliest seen: a - - 100/100, c exact reprint 100/50, d exact reprint 100/100",
                "earliest seen: b - - 100/100, c exact reprint 100/50, e exact reprint 100/100",
            ],
        ),
        (
            "identical excerpts",
            vec![
                ("a", "x", 1, s.clone() + &t),
                ("b", "y", 2, s.clone()),
                ("c", "x", 3, s.clone()),
                ("d", "", 4, s.clone()),
            ],
            &[
                "earliest seen: a - - 100/50, b exact reprint 100/100, c exact revision 100/100, d exact - 100/100",
            ],
        ),
        (
            "two stories and two pages with both, the stories earlier",
            vec![
                ("a", "x", 4, s.clone() + &t),
                ("b", "y", 3, t.clone() + &s),
                ("c", "z", 1, s.clone()),
                ("d", "w", 2, t.clone()),
            ],
            &[
                "earliest seen: c - - 100/100, b exact reprint 100/50, a exact reprint 100/50",
                "earliest seen: d - - 100/100, b exact reprint 100/50, a exact reprint 100/50",
            ],
        ),
        (
            "two stories and two pages with both, a page earlier",
            vec![
                ("a", "x", 4, s.clone() + &t),
                ("b", "y", 1, t.clone() + &s),
                ("c", "z", 2, s.clone()),
                ("d", "w", 3, t.clone()),
            ],
            &[
                "earliest seen: b - - 100/50, d exact reprint 100/100, a exact reprint 100/50",
                "earliest seen: b - - 100/50, c exact reprint 100/100, a exact reprint 100/50",
            ],
        ),
        (
            "two stories and two pages with both, one of which has less of one",
            vec![
                ("a", "x", 4, s.clone() + &t),
                ("b", "y", 3, t.clone() + &story("s", 60)),
                ("c", "z", 1, s.clone()),
                ("d", "w", 2, t.clone()),
            ],
            &[
                "earliest seen: c - - 100/100, b near-duplicate reprint 60/38, a exact reprint 100/50",
                "earliest seen: d - - 100/100, b exact reprint 100/63, a exact reprint 100/50",
            ],
        ),
        (
            "a story, and two articles that share less of it than other text, the earliest among them",
            vec![("a", "x", 2, s.clone()), ("b", "y", 1, s.clone() + &u), ("c", "z", 3, story("s", 45) + &u)],
            &[
                "earliest seen: b - - 100/50, a exact reprint 100/100, c partial reprint 45/31",
                "earliest seen: b - - 100/73, c near-duplicate reprint 100/100",
            ],
        ),
        (
            "two articles that share as much other text as passage",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, story("x", 150) + &s + &t),
                ("c", "z", 3, s.clone() + &t + &story("v", 10)),
                ("d", "w", 4, s.clone() + &story("w", 10)),
            ],
            &[
                "earliest seen: a - - 100/100, b exact reprint 100/29, c exact reprint 100/48, d exact reprint 100/91",
            ],
        ),
        (
            "two articles that share more other text than passage",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, s.clone() + &t + &story("u", 2)),
                ("c", "z", 3, s.clone() + &t + &story("u", 2) + &story("v", 10)),
                ("d", "w", 4, s.clone() + &story("w", 10)),
            ],
            &[
                "earliest seen: b - - 100/100, a excerpt reprint 50/100, c exact reprint 100/95, d excerpt reprint 50/91",
            ],
        ),
        (
            "reference articles only, and one with a new article",
            vec![
                ("old 1", "x", 1, s.clone()),
                ("old 2", "y", 2, s.clone()),
                ("old 3", "x", 1, t.clone()),
                ("a", "y", 2, t.clone()),
            ],
            &["earliest seen: old 3 - - 100/100, a exact reprint 100/100"],
        ),
    ];
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        let clusters = clusters(&corpus, &Preference::default());
        assert_eq!(described(&corpus, &clusters), expected, "{name}");
        let ids: BTreeSet<ClusterId> = clusters.iter().map(|cluster| cluster.id).collect();
        assert_eq!(ids.len(), clusters.len(), "{name}");
    }
}

#[test]
fn members_have_the_relation_of_their_article_and_that_of_their_passage() {
    let (s, t, u) = (story("s", 200), story("t", 200), story("u", 200));
    let (first_half, menu) = (story("s", 100), story("m", 20));
    let mut corpus = corpus(&[
        ("story", "x", 1, s.clone()),
        ("edited", "y", 2, s.clone() + &story("w", 20)),
        ("page", "z", 3, format!("{t}{s}{u}")),
        ("same page", "v", 4, s.clone()),
        ("with a menu", "u", 5, s.replace(&first_half, &format!("{first_half}{menu}"))),
    ]);
    let with_menu = corpus.ids().find(|&id| corpus.key(id) == "with a menu").unwrap();
    let menu_words = 100..120;
    corpus.mask(&[(with_menu, vec![menu_words])]);
    let clusters = clusters(&corpus, &Preference::default());
    let [cluster] = clusters.as_slice() else { panic!("{clusters:?}") };
    let labels = |member: &Member| (corpus.key(member.id), member.relation, member.passage_relation);
    let (exact, near, contains) =
        (Some(Relation::Exact), Some(Relation::NearDuplicate), Some(Relation::Contains));
    let expected = [
        ("story", None, None),
        ("edited", near, exact),
        ("page", contains, exact),
        ("same page", exact, exact),
        ("with a menu", exact, exact),
    ];
    assert_eq!(cluster.members.iter().map(labels).collect::<Vec<_>>(), expected);
}

#[test]
fn an_undated_article_is_in_the_cluster_of_each_period() {
    let s = story("s", 100);
    let with = |name: &str| format!("{s}{}", story(name, 10));
    let corpus = corpus(&[
        ("a", "x", 0, s.clone()),
        ("b", "y", 1, with("b")),
        ("c", "z", 4, with("c")),
        ("d", "w", 20, with("d")),
        ("e", "v", 0, with("e")),
    ]);
    let within = Some(3 * 24 * 3600);
    let (judge, rule) = (JudgeRule { within, ..JUDGE }, ClusterRule { within, ..RULE });
    let clusters = clusters_by(&corpus, judge, rule, &Preference::default());
    assert_eq!(
        described(&corpus, &clusters),
        [
            "earliest seen: b - - 100/91, c exact reprint 100/91, a exact reprint 100/100, e exact reprint 100/91",
            "earliest seen: d - - 100/91, a exact reprint 100/100, e exact reprint 100/91",
        ]
    );
}

#[test]
fn articles_without_a_common_candidate_are_found_through_neighbors() {
    let edited = |name: &str| story("s", 100) + &story(name, 10);
    let made = [("a", "x"), ("b", "y"), ("c", "z"), ("d", "w")];
    let corpus = corpus(&made.map(|(key, site)| (key, site, 1, edited(key))));
    let identical = IdenticalArticles::new(&corpus, None);
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let chain = [(ids[0], ids[1]), (ids[1], ids[2]), (ids[2], ids[3])];
    let clusters = clusters_of(&corpus, &identical, &chain, JUDGE, RULE, &Preference::default());
    let sizes: Vec<usize> = clusters.iter().map(|cluster| cluster.members.len()).collect();
    assert_eq!(sizes, [4]);
}

#[test]
fn a_match_without_a_passage_makes_no_cluster() {
    let phrase = |name: &str| story("s", 7) + &story(name, 7);
    let corpus = corpus(&[("a", "x", 1, phrase("t")), ("b", "y", 1, phrase("u"))]);
    for by in [Score::Resemblance, Score::Containment] {
        let judge = JudgeRule { by, threshold: 0.1, ..JUDGE };
        let ids: Vec<ArticleId> = corpus.ids().collect();
        assert!(Verifier::new(&corpus, ALIGN, judge).verify(ids[0], ids[1]).is_some(), "{by:?}");
        let clusters =
            clusters_by(&corpus, judge, ClusterRule { threshold: 0.1, ..RULE }, &Preference::default());
        assert!(clusters.is_empty(), "{by:?}: {clusters:?}");
    }
}

#[test]
fn clusters_of_junk_come_last() {
    let page = "Page not found. The page you requested is no longer here, so try to search for it.";
    let (s, page) = (story("s", 100), page.to_owned());
    let mut corpus = corpus(&[
        ("a", "x", 1, page.clone()),
        ("b", "y", 1, page.clone()),
        ("c", "z", 1, page),
        ("d", "x", 1, s.clone()),
        ("e", "y", 1, s),
    ]);
    corpus.mark_junk(&IdenticalArticles::new(&corpus, None));
    let clusters = clusters(&corpus, &Preference::default());
    let sizes: Vec<(usize, bool)> =
        clusters.iter().map(|cluster| (cluster.members.len(), cluster.is_junk(&corpus))).collect();
    assert_eq!(sizes, [(2, false), (3, true)]);
}

#[test]
fn cohesion_is_the_least_coverage() {
    let s = story("s", 100);
    let corpus =
        corpus(&[("a", "x", 1, s.clone()), ("b", "y", 2, story("s", 45)), ("c", "z", 3, s + &story("t", 9))]);
    let clusters = clusters(&corpus, &Preference::default());
    assert_eq!(clusters[0].cohesion(), 0.45);
}
