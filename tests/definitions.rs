//! Checks the cases that follow from the definition of a cluster, with made-up stories.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use wirecopy::cluster::ListedClusters;
use wirecopy::report::Listed;
use wirecopy::verify::Relation;
use wirecopy::write::{Html, Listing, OptionNames, ReportFormat as _, Screen};
use wirecopy::{Article, Detector, Findings, Location, Settings};

/// Returns a story of 150 words that no other seed has.
fn story(seed: &str) -> Vec<String> {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    (0..150).map(|number| format!("{seed}{}{}", letter(number / 26), letter(number))).collect()
}

fn text(parts: &[&[String]]) -> String {
    parts.concat().join(" ")
}

fn findings(articles: &[(&str, String)]) -> Findings {
    findings_with(Settings::default(), articles)
}

fn findings_with(settings: Settings, articles: &[(&str, String)]) -> Findings {
    let mut detector = Detector::new(settings).unwrap();
    for (line, (key, text)) in (1..).zip(articles) {
        let location = Location { file: "made".into(), line };
        let (key, text) = ((*key).to_owned(), text.clone());
        detector.add(Article { location, ..Article::new(key, text) }).unwrap();
    }
    detector.finish(&()).unwrap()
}

/// Returns the keys of the members of each cluster.
fn clusters(articles: &[(&str, String)]) -> BTreeSet<Vec<String>> {
    let findings = findings(articles);
    let keys = |cluster: wirecopy::cluster::Cluster| {
        let mut keys: Vec<String> = cluster
            .members
            .iter()
            .map(|member| findings.corpus().header(member.id).key.to_string())
            .collect();
        keys.sort();
        keys
    };
    findings.clusters().iter().map(keys).collect()
}

fn expected(clusters: &[&[&str]]) -> BTreeSet<Vec<String>> {
    clusters.iter().map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()).collect()
}

#[test]
fn a_page_with_two_stories_merges_no_clusters() {
    let (t, o, footer) = (story("t"), story("o"), story("f"));
    let pages = [
        ("o", text(&[&o])),
        ("t", text(&[&t])),
        ("t+o", text(&[&t, &o])),
        ("t+o again", text(&[&t, &o, &footer[..10]])),
    ];
    assert_eq!(clusters(&pages), expected(&[&["o", "t+o", "t+o again"], &["t", "t+o", "t+o again"]]));
    let identical = [pages[0].clone(), pages[1].clone(), pages[2].clone(), ("t+o again", pages[2].1.clone())];
    assert_eq!(clusters(&identical), expected(&[&["o", "t+o", "t+o again"], &["t", "t+o", "t+o again"]]));
}

#[test]
fn a_page_with_two_stories_is_judged_by_its_passage() {
    let (t, o) = (story("t"), story("o"));
    let findings = findings(&[("t", text(&[&t])), ("t+o", text(&[&t, &o]))]);
    assert_eq!(findings.clusters().len(), 1);
    let cluster = findings.clusters().get(0);
    assert_eq!(findings.corpus().header(cluster.representative).key, "t");
    let page = &cluster.members[1];
    let names = [page.relation, page.passage_relation].map(|relation| relation.map(Relation::name));
    assert_eq!(names, [Some("contains"), Some("exact")]);
    assert!((page.coverage - 1.0).abs() < 1e-9 && (page.article_coverage - 0.5).abs() < 1e-9);
}

#[test]
fn disjoint_excerpts_form_two_clusters() {
    let (first, middle, last) = (story("p"), story("q"), story("r"));
    let articles = [
        ("end", text(&[&last])),
        ("lead", text(&[&first])),
        ("long", text(&[&first, &middle, &last])),
        ("reprint", text(&[&first, &middle, &last, &story("x")[..5]])),
    ];
    assert_eq!(clusters(&articles), expected(&[&["end", "long", "reprint"], &["lead", "long", "reprint"]]));
}

#[test]
fn excerpts_that_share_the_lead_are_in_one_cluster() {
    let (first, rest) = (story("p"), story("q"));
    let articles =
        [("half", text(&[&first])), ("long", text(&[&first, &rest])), ("third", text(&[&first[..100]]))];
    assert_eq!(clusters(&articles), expected(&[&["half", "long", "third"]]));
}

#[test]
fn round_ups_that_share_a_whole_story_form_its_cluster() {
    let shared = story("s");
    let round_up = |seed: &str| text(&[&story(&format!("{seed}a")), &shared, &story(&format!("{seed}b"))]);
    let articles = [("north", round_up("n")), ("south", round_up("s"))];
    assert_eq!(clusters(&articles), expected(&[&["north", "south"]]));
}

#[test]
fn a_chain_whose_ends_share_nothing_is_no_cluster() {
    let [w, x, y, z] = ["w", "x", "y", "z"].map(story);
    let articles = [("a", text(&[&w, &x])), ("b", text(&[&x, &y])), ("c", text(&[&y, &z]))];
    assert_eq!(clusters(&articles), expected(&[&["a", "b"], &["b", "c"]]));
}

#[test]
fn a_shared_quote_forms_no_cluster() {
    let quote = &story("q")[..45];
    let articles = [("a", text(&[&story("a"), quote])), ("b", text(&[quote, &story("b")]))];
    assert_eq!(clusters(&articles), expected(&[]));
    assert_eq!(findings(&articles).matches().len(), 1, "the quote is a partial match");
}

/// By resemblance, articles that share shingles but no passage may match. A cluster needs a passage.
#[test]
fn a_match_without_a_passage_forms_no_cluster() {
    let (words, one, other) = (story("w"), story("a"), story("b"));
    let scattered = |own: &[String]| -> Vec<String> {
        words.chunks(8).zip(own.chunks(20)).flat_map(|(shared, own)| [shared, own].concat()).collect()
    };
    let settings = Settings::with(|settings| {
        settings.by = wirecopy::verify::Score::Resemblance;
        settings.threshold = 0.05;
    });
    let articles = [("a", text(&[&scattered(&one)])), ("b", text(&[&scattered(&other)]))];
    let findings = findings_with(settings, &articles);
    assert_eq!((findings.matches().len(), findings.clusters().len()), (1, 0));
}

#[test]
fn a_notice_to_the_reader_is_no_part_of_an_article() {
    let notice = "We value your privacy. With 97 partners we read cookies and similar data on your device, to choose \
                  advertising for you and to count our visits. Your consent is valid on all pages of our group. You may \
                  withdraw it in the settings, object to our partners' interests, or subscribe and read without \
                  advertising.";
    for is_above in [true, false] {
        let with_notice = |seed| {
            let story = text(&[&story(seed)[..25]]);
            if is_above { format!("{notice}\n\n{story}") } else { format!("{story}\n\n{notice}\n") }
        };
        let articles = [("a", with_notice("x")), ("b", with_notice("y")), ("c", with_notice("z"))];
        assert_eq!(clusters(&articles), expected(&[]), "three stories");
        let articles = [("a", with_notice("x")), ("b", text(&[&story("x")[..25]])), ("c", with_notice("y"))];
        assert_eq!(clusters(&articles), expected(&[&["a", "b"]]), "one story of two sites");
        assert_eq!(findings(&articles).clusters().get(0).members[1].relation, Some(Relation::Exact));
    }
    let walls = [("a", notice.to_owned()), ("b", notice.to_owned())];
    let found = findings(&walls);
    assert_eq!(
        found.clusters().iter().map(|cluster| cluster.is_junk(found.corpus())).collect::<Vec<_>>(),
        [true]
    );
}

#[test]
fn articles_without_words_are_no_copies() {
    assert_eq!(clusters(&[("a", String::new()), ("b", String::new()), ("c", "— …".into())]), expected(&[]));
}

#[test]
fn a_cluster_keeps_its_id_when_another_copy_joins() {
    let t = story("t");
    let copy = |extra: &str| text(&[&t, &story(extra)[..20]]);
    let two = findings(&[("a", text(&[&t])), ("b", copy("b"))]);
    let three = findings(&[("a", text(&[&t])), ("b", copy("b")), ("c", copy("c"))]);
    assert_eq!(two.clusters().get(0).id, three.clusters().get(0).id);
}

#[test]
fn copies_far_apart_in_time_are_separated_on_request() {
    const DAY: u64 = 24 * 3600;
    let (same, edited) = (text(&[&story("t")]), text(&[&story("t"), &story("u")[..20]]));
    let articles = [
        ("jan 1", "2031-01-01", &same),
        ("jan 5", "2031-01-05", &edited),
        ("jan 6", "2031-01-06", &same),
        ("mar 1", "2031-03-01", &same),
        ("mar 3", "2031-03-03", &edited),
        ("undated", "", &edited),
    ];
    let clusters = |within: Option<u64>| -> BTreeSet<Vec<String>> {
        let mut detector = Detector::new(Settings::with(|settings| settings.within = within)).unwrap();
        for (line, (key, published, text)) in (1..).zip(&articles) {
            detector
                .add(Article {
                    published: Some((*published).to_owned()).filter(|date| !date.is_empty()),
                    location: Location { file: "made".into(), line },
                    ..Article::new(*key, *text)
                })
                .unwrap();
        }
        let findings = detector.finish(&()).unwrap();
        let key = |id| findings.corpus().header(id).key.to_string();
        findings
            .clusters()
            .iter()
            .map(|cluster| cluster.members.iter().map(|member| key(member.id)).collect::<BTreeSet<_>>())
            .map(|keys| keys.into_iter().collect())
            .collect()
    };
    let all = expected(&[&["jan 1", "jan 5", "jan 6", "mar 1", "mar 3", "undated"]]);
    assert_eq!(clusters(None), all);
    assert_eq!(clusters(Some(90 * DAY)), all);
    let separated = expected(&[&["jan 1", "jan 5", "jan 6", "undated"], &["mar 1", "mar 3", "undated"]]);
    assert_eq!(clusters(Some(7 * DAY)), separated);
}

#[test]
fn references_match_only_articles_of_the_input() {
    let (t, u) = (text(&[&story("t")]), text(&[&story("u")]));
    let mut detector = Detector::new(Settings::default()).unwrap();
    for (key, text) in [("old t", &t), ("old t again", &t), ("old u", &u), ("old u again", &u)] {
        detector.add_reference(Article::new(key, text)).unwrap();
        if key == "old t again" {
            detector.add(Article::new("new t", &t)).unwrap();
        }
    }
    let findings = detector.finish(&()).unwrap();
    assert_eq!((findings.counts().articles, findings.counts().references), (1, 4));
    let corpus = findings.corpus();
    let mut pairs: Vec<String> = findings
        .pairs(Listed::All)
        .map(|found| format!("{}, {}", corpus.key(found.a), corpus.key(found.b)))
        .collect();
    pairs.sort();
    assert_eq!(pairs, ["new t, old t", "new t, old t again"]);
}

#[test]
fn reports_work_without_texts() {
    let t = text(&[&story("t")]);
    for keep_texts in [false, true] {
        let mut detector =
            Detector::new(Settings::with(|settings| settings.keep_texts = keep_texts)).unwrap();
        for (key, text) in [("a", t.clone()), ("b", format!("{t} {}", text(&[&story("u")])))] {
            detector.add(Article::new(key, text)).unwrap();
        }
        let findings = detector.finish(&()).unwrap();
        let corpus = findings.corpus();
        let (page, screen) = (Html::new(findings.matcher()), Screen { width: 80, color: false });
        let clusters = ListedClusters::all(findings.clusters());
        let mut out = Vec::new();
        page.clusters(corpus, &clusters, &mut out).unwrap();
        page.pairs(corpus, &mut findings.pairs(Listed::All), &mut out).unwrap();
        Listing { screen, members: 9, boilerplate: true, names: OptionNames::default() }
            .clusters(corpus, &clusters, &mut out)
            .unwrap();
        let (out, words) =
            (String::from_utf8(out).unwrap(), t.split(' ').take(6).collect::<Vec<_>>().join(" "));
        assert_eq!(out.contains(&words), keep_texts);
    }
}
