//! Checks which article represents a cluster, and which agency the text is attributed to.

use super::*;

#[test]
fn preferred_sites_and_criteria_decide_which_article_represents() {
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
    let chosen = |keep, sites: &[&str]| {
        let sites = sites.iter().map(|&site| site.to_owned()).collect();
        let clusters = clusters(&corpus, &Preference { keep, sites });
        let [cluster] = clusters.as_slice() else { panic!("{} clusters", clusters.len()) };
        assert_eq!(cluster.agency(&corpus), Some("Reuters"));
        assert_eq!((cluster.sites(&corpus), cluster.independent_sites(&corpus)), (5, 1));
        format!("{} {}", corpus.key(cluster.representative), cluster.why.name())
    };
    assert_eq!(chosen(Keep::Earliest, &[]), "e among the earliest seen");
    assert_eq!(chosen(Keep::Earliest, &["www.AFP.com"]), "a on a preferred site");
    assert_eq!(chosen(Keep::Earliest, &["none.example", "two.example"]), "c on a preferred site");
    assert_eq!(chosen(Keep::Agency, &[]), "a agency's text");
    assert_eq!(chosen(Keep::First, &[]), "a first read");
    assert_eq!(chosen(Keep::LongestCore, &[]), "b longest core");
    assert_eq!(chosen(Keep::LongestCore, &["three.example"]), "d on a preferred site");
}

#[test]
fn other_sites_confirm_the_source() {
    let s = story("s", 100);
    let why_of = |site: &str, own: &str, other: &str| {
        let corpus = corpus(&[("a", site, 1, own.to_owned()), ("b", "one.example", 2, other.to_owned())]);
        clusters(&corpus, &Preference::default())[0].why.name()
    };
    let credited = |agency: &str| format!("PARIS ({agency}) - {s}");
    assert_eq!(why_of("www.afp.com", &s, &credited("AFP")), "agency that others credit");
    assert_eq!(why_of("www.afp.com", &credited("AFP"), &credited("AFP")), "agency that others credit");
    assert_eq!(why_of("www.afp.com", &credited("Reuters"), &credited("AFP")), "earliest seen");
    assert_eq!(why_of("www.reuters.com", &s, &credited("AFP")), "earliest seen");
    let why = |site: &str, other: String| why_of(site, &s, &other);
    assert_eq!(why("herald.example", format!("{s}\n\n© 2031 Herald")), "named as the source by another site");
    assert_eq!(
        why("herald.example", format!("{s}\n\nSource: Herald")),
        "named as the source by another site"
    );
    assert_eq!(why("post.example", format!("{s}\n\n© 2031 Herald")), "earliest seen");
}

/// Name, articles (key, site, day, what comes before and after the story), the representative and the reason.
type Named<'a> = (&'a str, &'a [(&'a str, &'a str, u32, &'a str, &'a str)], &'a str);

#[test]
fn a_site_that_another_one_names_as_the_source_comes_before_earlier_ones() {
    let cases: &[Named<'_>] = &[
        (
            "a source line",
            &[("a", "post.example", 1, "", "\nSource: Herald"), ("b", "www.herald.example", 2, "", "")],
            "b named as the source by another site",
        ),
        (
            "the copyright line of a third",
            &[
                ("a", "post.example", 1, "", ""),
                ("b", "news.example", 3, "", "\n© 2031 Herald"),
                ("c", "herald.example", 2, "", ""),
            ],
            "c named as the source by another site",
        ),
        (
            "a site that names itself",
            &[("a", "post.example", 1, "", ""), ("b", "herald.example", 2, "", "\n© 2031 Herald")],
            "a earliest seen",
        ),
        (
            "the earliest of two articles of the source",
            &[
                ("a", "post.example", 1, "", "\nSource: Herald"),
                ("b", "herald.example", 3, "", ""),
                ("c", "herald.example", 2, "", ""),
            ],
            "c named as the source by another site",
        ),
        (
            "an agency",
            &[("a", "post.example", 1, "PARIS (AFP) - ", ""), ("b", "www.afp.com", 2, "", "")],
            "b agency that others credit",
        ),
        (
            "an agency, but another one is credited more often",
            &[
                ("a", "post.example", 1, "PARIS (Reuters) - ", ""),
                ("b", "news.example", 1, "PARIS (Reuters) - ", ""),
                ("c", "herald.example", 1, "PARIS (AFP) - ", ""),
                ("d", "www.afp.com", 2, "", ""),
            ],
            "a among the earliest seen",
        ),
    ];
    let s = story("s", 100);
    for (name, articles, expected) in cases {
        let row = |&(key, site, day, before, after): &(&'static str, &'static str, u32, &str, &str)| {
            (key, site, day, format!("{before}{s}{after}"))
        };
        let rows: Vec<Row<'_>> = articles.iter().map(row).collect();
        let corpus = corpus(&rows);
        let clusters = clusters(&corpus, &Preference::default());
        let [cluster] = clusters.as_slice() else { panic!("{name}: {} clusters", clusters.len()) };
        let key = corpus.key(cluster.representative);
        assert_eq!(format!("{key} {}", cluster.why.name()), *expected, "{name}");
    }
}

/// Name, articles (site, agency), number of sites, number of independent sites.
type Sites<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)], usize, usize);

#[test]
fn counts_sites_and_independent_sites() {
    let s = story("s", 100);
    let cases: &[Sites<'_>] = &[
        ("no site is known", &[("", None), ("", None)], 0, 0),
        ("two of one site", &[("x", None), ("x", None), ("y", None)], 2, 2),
        ("one of the two is credited", &[("x", None), ("x", Some("AFP")), ("y", None)], 2, 1),
        ("all are credited", &[("x", Some("AFP")), ("y", Some("AFP")), ("z", Some("AFP"))], 3, 0),
    ];
    for (name, articles, sites, independent) in cases {
        let text =
            |agency: &Option<&str>| agency.map_or(s.clone(), |agency| format!("PARIS ({agency}) - {s}"));
        let made: Vec<Row<'_>> =
            articles.iter().map(|(site, agency)| ("a", *site, 1, text(agency))).collect();
        let corpus = corpus(&made);
        let clusters = clusters(&corpus, &Preference::default());
        let [cluster] = clusters.as_slice() else { panic!("{} clusters", clusters.len()) };
        assert_eq!(cluster.sites(&corpus), *sites, "{name}");
        assert_eq!(cluster.independent_sites(&corpus), *independent, "{name}");
    }
}

/// Name, criterion, articles, the representative and the reason why it was chosen.
type Preferred<'a> = (&'a str, Keep, Vec<Row<'a>>, &'a str);

#[test]
fn the_criterion_decides_among_articles_of_one_story() {
    let (s, more) = (story("s", 100), story("s", 100) + &story("t", 20));
    let cases: Vec<Preferred<'_>> = vec![
        (
            "equally long",
            Keep::LongestCore,
            vec![("a", "x", 2, s.clone()), ("b", "y", 1, s.clone())],
            "b earliest seen",
        ),
        (
            "read first, and the reference collection was read later",
            Keep::First,
            vec![("u", "x", 1, story("u", 100)), ("a", "x", 2, s.clone()), ("old 1", "y", 1, s.clone())],
            "a first read",
        ),
        (
            "an agency's own site, of two articles of one day",
            Keep::Earliest,
            vec![("a", "x", 1, s.clone()), ("b", "www.afp.com", 1, more.clone())],
            "b among the earliest seen",
        ),
        (
            "all on the preferred site",
            Keep::Earliest,
            vec![("a", "preferred.example", 2, s.clone()), ("b", "preferred.example", 1, s.clone())],
            "b earliest seen",
        ),
        (
            "one on the preferred site",
            Keep::Earliest,
            vec![("a", "preferred.example", 2, s.clone()), ("b", "x", 1, s.clone())],
            "a on a preferred site",
        ),
    ];
    for (name, keep, articles, expected) in cases {
        let corpus = corpus(&articles);
        let preference = Preference { keep, sites: vec!["preferred.example".to_owned()] };
        let clusters = clusters(&corpus, &preference);
        let key = corpus.key(clusters[0].representative);
        assert_eq!(format!("{key} {}", clusters[0].why.name()), expected, "{name}");
    }
}

#[test]
fn prefers_a_credited_article_where_none_is_on_an_agency_site() {
    let s = story("s", 100);
    let corpus = corpus(&[("a", "x", 1, s.clone()), ("b", "y", 2, format!("PARIS (AFP) - {s}"))]);
    let preference = Preference { keep: Keep::Agency, sites: Vec::new() };
    let described = described(&corpus, &clusters(&corpus, &preference));
    assert_eq!(described, ["agency's text: b - - 100/98, a exact reprint 100/100"]);
}

#[test]
fn criteria_have_names() {
    let names = [Keep::Earliest, Keep::LongestCore, Keep::Agency, Keep::First].map(Keep::name);
    assert_eq!(names, ["earliest", "longest-core", "agency", "first"]);
}
