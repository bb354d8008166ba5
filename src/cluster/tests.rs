//! Articles in a few words in, clusters in a few words out: what a pile comes to, case by case.

use super::*;
use crate::article::{Article, Place};
use crate::corpus::Part;
use crate::text::{Tokens, tokenize};
use crate::verify::{AlignRule, Match};

/// Makes `count` words that no other name has, all different.
fn story(name: &str, count: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    (0..count).map(|number| format!("{name}{}{} ", letter(number / 26), letter(number))).collect()
}

/// Key, site, day of January, text; an article whose key begins with `old` belongs to the reference pile.
type Made<'a> = (&'a str, &'a str, u32, String);

fn corpus(articles: &[Made<'_>]) -> Corpus {
    let mut parts = [Part::new(), Part::new_reference()];
    let mut tokens = Tokens::new();
    for (line, (key, site, day, text)) in (1..).zip(articles) {
        tokenize(text, &mut tokens);
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let article = Article {
            key: (*key).to_owned(),
            text: text.clone(),
            site: known(site),
            published: (*day > 0).then(|| format!("2031-01-{day:02}")),
            title: None,
            place: Place { file: "made".into(), line },
        };
        parts[usize::from(key.starts_with("old"))].push(article, &tokens, false);
    }
    Corpus::new(parts.into())
}

/// Compares all with all, and puts them together.
fn clusters(corpus: &Corpus, preference: &Preference) -> Vec<Cluster> {
    let threshold = 0.5;
    let align = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };
    let judge = JudgeRule { by: By::Coverage, threshold, partial_words: 20, within: None };
    let mut verifier = Verifier::new(corpus, align, judge);
    let copies = Copies::new(corpus, None);
    let leaders: Vec<ArticleId> = corpus.ids().filter(|&id| copies.leader(id) == id).collect();
    let pairs =
        leaders.iter().enumerate().flat_map(|(at, &a)| leaders[at + 1..].iter().map(move |&b| (a, b)));
    let matches: Vec<Match> = pairs.filter_map(|(a, b)| verifier.verify(a, b)).collect();
    let rule = ClusterRule { threshold, join_words: 40, within: None };
    cluster(corpus, &copies, &Matches::new(&matches), &verifier, rule, preference)
}

/// Says of each cluster why its representative was chosen and what its members are: key, relation, kind, shares of the
/// passage and of the article in hundredths, and a star for a bridge.
fn said(corpus: &Corpus, clusters: &[Cluster]) -> Vec<String> {
    let hundredths = |share: f64| (share * 100.0).round() as u32;
    let member = |member: &Member| {
        format!(
            "{} {} {} {}/{}{}",
            corpus.header(member.id).key,
            member.relation.map_or("-", Relation::name),
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
type Case<'a> = (&'a str, Vec<Made<'a>>, &'a [&'a str]);

#[test]
fn puts_together() {
    let (s, t, u) = (story("s", 100), story("t", 100), story("u", 100));
    let cases: Vec<Case<'_>> = vec![
        ("nothing in common", vec![("a", "x", 1, s.clone()), ("b", "y", 1, t.clone())], &[]),
        (
            "copies",
            vec![("a", "x", 2, s.clone()), ("b", "y", 1, s.clone()), ("c", "y", 5, s.clone())],
            &["earliest seen: b - - 100/100, a exact reprint 100/100, c exact revision 100/100"],
        ),
        (
            "copies far apart on one site, and of an unknown one",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "x", 9, s.clone()),
                ("c", "", 3, s.clone()),
                ("d", "x", 8, s.clone()),
            ],
            &["earliest seen: a - - 100/100, c exact - 100/100, d exact revision 100/100, b exact - 100/100"],
        ),
        (
            "copies without dates",
            vec![("b", "x", 0, s.clone()), ("a", "y", 0, s.clone())],
            &["first by key: a - - 100/100, b exact reprint 100/100"],
        ),
        (
            "the shorter of two without dates",
            vec![("a", "x", 0, s.clone() + &t), ("b", "y", 0, s.clone())],
            &["least text besides the passage: b - - 100/100, a exact reprint 100/50"],
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
            "copies of an excerpt",
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
            "the reference pile alone, and with a new article",
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
        assert_eq!(said(&corpus, &clusters), expected, "{name}");
        let numbers: BTreeSet<u64> = clusters.iter().map(|cluster| cluster.id).collect();
        assert_eq!(numbers.len(), clusters.len(), "{name}");
    }
}

#[test]
fn tells_whose_text_it_is() {
    let s = story("s", 100);
    let credited = |agency: &str| format!("PARIS ({agency}) - {s}");
    let articles = [
        ("a", "www.afp.com", 3, s.clone()),
        ("b", "one.example", 2, credited("AFP")),
        ("c", "two.example", 2, credited("Reuters")),
        ("d", "three.example", 2, credited("Reuters")),
        ("e", "four.example", 2, s.clone()),
        ("f", "", 2, s.clone()),
    ];
    let corpus = corpus(&articles);
    let told = |keep, sites: &[&str]| {
        let sites = sites.iter().map(|&site| site.to_owned()).collect();
        let clusters = clusters(&corpus, &Preference { keep, sites });
        let [cluster] = clusters.as_slice() else { panic!("{} clusters", clusters.len()) };
        assert_eq!(cluster.agency(&corpus), Some("Reuters"));
        assert_eq!((cluster.sites(&corpus), cluster.independent_sites(&corpus)), (5, 1));
        assert!(!cluster.is_junk(&corpus));
        format!("{} {}", corpus.header(cluster.representative).key, cluster.why.name())
    };
    assert_eq!(told(Keep::Earliest, &[]), "e among the earliest seen");
    assert_eq!(told(Keep::Earliest, &["www.AFP.com"]), "a on a preferred site");
    assert_eq!(told(Keep::Earliest, &["none.example", "two.example"]), "c on a preferred site");
    assert_eq!(told(Keep::Agency, &[]), "a agency's text");
    assert_eq!(told(Keep::First, &[]), "a first read");
    assert_eq!(told(Keep::LongestCore, &[]), "b longest core");
    assert_eq!(told(Keep::LongestCore, &["three.example"]), "d on a preferred site");
}

#[test]
fn others_tell_the_source() {
    let s = story("s", 100);
    let why = |site: &str, other: String| {
        let corpus = corpus(&[("a", site, 1, s.clone()), ("b", "one.example", 2, other)]);
        clusters(&corpus, &Preference::default())[0].why.name()
    };
    assert_eq!(why("www.afp.com", format!("PARIS (AFP) - {s}")), "agency that others credit");
    assert_eq!(why("www.reuters.com", format!("PARIS (AFP) - {s}")), "earliest seen");
    assert_eq!(
        why("herald.example", format!("{s}\n\n© 2031 Herald")),
        "named in the copyright line of another site"
    );
    assert_eq!(why("post.example", format!("{s}\n\n© 2031 Herald")), "earliest seen");
}

#[test]
fn prefers_what_is_credited_where_no_agency_has_it() {
    let s = story("s", 100);
    let corpus = corpus(&[("a", "x", 1, s.clone()), ("b", "y", 2, format!("PARIS (AFP) - {s}"))]);
    let preference = Preference { keep: Keep::Agency, sites: Vec::new() };
    let said = said(&corpus, &clusters(&corpus, &preference));
    assert_eq!(said, ["agency's text: b - - 100/98, a exact reprint 100/100"]);
}

#[test]
fn names_what_is_preferred() {
    let names = [Keep::Earliest, Keep::LongestCore, Keep::Agency, Keep::First].map(Keep::name);
    assert_eq!(names, ["earliest", "longest-core", "agency", "first"]);
}
