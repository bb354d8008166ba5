//! Checks that a sweep, which measures once, has the same results at each threshold as a run with that threshold.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use wirecopy::cluster::Group;
use wirecopy::evaluate::Truth;
use wirecopy::read::{LabelFields, LabelRow, read_labels};
use wirecopy::sketch::Banding;
use wirecopy::sweep::{IndexSetting, Labeled, Method, Prediction, Survey, SweepOptions};
use wirecopy::verify::{Match, Relation, Score};
use wirecopy::write::ExampleRecord;
use wirecopy::{ArticleId, Detector, Findings, Input, Location, ReadOptions, Reader, Settings, find_inputs};

fn detector(settings: Settings) -> Detector {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles.jsonl");
    let mut detector = Detector::new(settings).unwrap();
    detector.read(Reader::new(find_inputs(&[articles]).unwrap(), ReadOptions::default()), &(), Err).unwrap();
    detector
}

fn survey(by: Score) -> Survey {
    detector(Settings::with(|settings| settings.by = by)).survey(LOWEST, &()).unwrap()
}

/// Returns the default options with a change.
fn options(change: impl FnOnce(&mut SweepOptions)) -> SweepOptions {
    let mut options = SweepOptions::default();
    change(&mut options);
    options
}

fn findings(by: Score, threshold: f64) -> Findings {
    detector(Settings::with(|settings| {
        settings.by = by;
        settings.threshold = threshold;
    }))
    .finish(&())
    .unwrap()
}

const LOWEST: f64 = 0.02;
const SCORES: [Score; 3] = [Score::Coverage, Score::Resemblance, Score::Containment];
const THRESHOLDS: [f64; 9] = [0.02, 0.1, 0.3, 0.45, 0.6, 0.62, 0.8, 0.95, 1.0];

fn format_match(found: &Match) -> String {
    format!("{found:?}")
}

#[test]
fn measures_are_judged_as_pairs_are_verified() {
    for by in SCORES {
        let survey = survey(by);
        for threshold in THRESHOLDS {
            let findings = findings(by, threshold);
            let rule = findings.settings().judge_rule();
            let judged = survey.measures().iter().filter_map(|measure| measure.clone().into_match(&rule));
            let judged: Vec<String> = judged.map(|found| format_match(&found)).collect();
            let verified: Vec<String> = findings.matches().iter().map(|found| format_match(&found)).collect();
            assert_eq!(judged, verified, "{by:?} at {threshold}");
            // The highest threshold at which a pair is a copy agrees.
            for measure in survey.measures() {
                let relation = measure.clone().into_match(&rule).map(|found| found.relation);
                let is_copy =
                    relation.is_some_and(|relation| !matches!(relation, Relation::Partial | Relation::Quote));
                assert_eq!(
                    measure.copy_threshold(&rule) >= threshold,
                    is_copy,
                    "{measure:?} by {by:?} at {threshold}"
                );
            }
        }
    }
}

#[test]
fn a_ladder_has_the_clusters_of_each_threshold() {
    for by in [Score::Coverage, Score::Resemblance] {
        let survey = survey(by);
        let (mut up, mut down) = (survey.clusters_by_threshold(by), survey.clusters_by_threshold(by));
        let mut from_high_to_low: Vec<_> =
            THRESHOLDS.iter().rev().map(|&threshold| down.step(threshold)).collect();
        from_high_to_low.reverse();
        for (threshold, descending) in THRESHOLDS.into_iter().zip(from_high_to_low) {
            let groups = up.step(threshold);
            assert_eq!(groups, descending, "{by:?} at {threshold}");
            let sorted = |mut groups: Vec<Group>| {
                groups.sort_by_key(|group| format!("{group:?}"));
                groups
            };
            let stepped = sorted(groups);
            let findings = findings(by, threshold);
            let clustered = sorted(findings.clusters().iter().map(|cluster| Group::new(&cluster)).collect());
            assert_eq!(stepped, clustered, "{by:?} at {threshold}");
        }
    }
}

#[test]
fn another_shingle_size_equals_another_run() {
    let again = survey(Score::Coverage).with_shingle_size(3, &()).unwrap();
    let settings = Settings::with(|settings| settings.shingle_size = 3);
    let fresh = detector(settings).survey(LOWEST, &()).unwrap();
    assert_eq!(again.counts(), fresh.counts());
    assert_eq!(again.candidates(), fresh.candidates());
    assert_eq!(format!("{:?}", again.measures()), format!("{:?}", fresh.measures()));
}

/// A sweep with another index setting has the candidates of a run with that setting. The window must be the same,
/// since boilerplate also depends on it.
#[test]
fn another_index_setting_equals_another_run() {
    let other = IndexSetting { banding: Banding { bands: 14, rows: 8 }, window: 8 };
    let wide = IndexSetting { window: 64, ..other };
    let options = options(|options| {
        options.index_sample = 1000;
        options.index = vec![other, wide, other];
    });
    let survey = survey(Score::Coverage);
    let sweep = survey.sweep(&options, &Labeled::default(), &()).unwrap();
    let [own, other_recall, wide_recall] = &sweep.index[..] else { panic!("each setting is listed once") };
    assert_eq!(
        (own.setting, own.candidates),
        (IndexSetting::of(survey.settings()), survey.candidates().len())
    );
    let fresh = detector(Settings::with(|settings| {
        settings.bands = 14;
        settings.rows = 8;
    }))
    .survey(LOWEST, &())
    .unwrap();
    let fresh_sweep = fresh
        .sweep(&crate::options(|options| options.index_sample = 1000), &Labeled::default(), &())
        .unwrap();
    assert_eq!(
        (other_recall.candidates, &other_recall.bins),
        (fresh.candidates().len(), &fresh_sweep.index[0].bins)
    );
    assert_eq!((own.copies.candidates, own.copies.all), (own.copies.all, other_recall.copies.all));
    assert!(other_recall.copies.in_bands < own.copies.in_bands, "fewer and longer bands find fewer copies");
    assert!(wide_recall.candidates < other_recall.candidates);
    assert!(wide_recall.copies.candidates <= other_recall.copies.candidates);
}

/// The kinds of pairs follow from the kinds of labeled articles; their counts add up to those of all pairs.
#[test]
fn kinds_of_pairs_follow_from_kinds_of_articles() {
    let survey = survey(Score::Coverage);
    let rows: Vec<String> = ["reef-wire", "reef-trimmed", "reef-own-lead", "tram", "tram-olive", "olive"]
        .iter()
        .map(|key| {
            let group = key.split('-').next().unwrap();
            let kind = if key.contains('-') { serde_json::json!("copy") } else { serde_json::Value::Null };
            serde_json::json!({"key": key, "story": group, "kind": kind}).to_string()
        })
        .collect();
    let labeled = labeled(&survey, &rows.join("\n"), 1.0);
    let sweep = survey.sweep(&SweepOptions::default(), &labeled, &()).unwrap();
    for series in &sweep.pairs {
        let kinds: Vec<(&str, usize, usize)> =
            series.kinds.iter().map(|kind| (&*kind.kind, kind.pairs, kind.positive)).collect();
        // Two articles have no kind. Their pair is in no series.
        assert_eq!(kinds, [("- / copy", 8, 1), ("copy / copy", 6, 3)]);
        for (index, point) in series.curve.points.iter().enumerate() {
            let found: usize = series.kinds.iter().map(|kind| kind.points[index].found).sum();
            assert_eq!(found as f64, point.confusion.true_positives, "{:?}", series.method);
        }
    }
}

/// Labels may contain the locations of the articles of a pair, in case several articles have one key.
#[test]
fn pairs_with_one_key_are_distinguished_by_their_locations() {
    let mut detector = Detector::new(Settings::default()).unwrap();
    let story = "The ferry to Lund island stopped on Monday after its second engine failed in the harbour";
    for (line, text) in
        [(1, story.to_owned()), (2, format!("{story} and divers came")), (3, story.to_uppercase())]
    {
        let location = Location { file: "day".into(), line };
        detector.add(wirecopy::Article { location, ..wirecopy::Article::new("same", text) }).unwrap();
    }
    let survey = detector.survey(LOWEST, &()).unwrap();
    let found = labeled(&survey, "label,a,b,location_a,location_b\n1,same,same,day:1,day:2\n", 1.0);
    let Some(Truth::Pairs(pairs)) = &found.truth else { panic!("pairs are labeled") };
    let line = |id: ArticleId| survey.corpus().header(id).location.line;
    assert_eq!((line(pairs[0].a), line(pairs[0].b)), (1, 2));
    let nowhere = labeled(&survey, "label,a,b,location_a,location_b\n1,same,same,day:1,day:9\n", 1.0);
    assert_eq!((nowhere.counts.used, nowhere.counts.ambiguous), (0, 1));
}

fn labeled(survey: &Survey, text: &str, positive_grade: f64) -> Labeled {
    let input = Input::reader("labels", std::io::Cursor::new(text.as_bytes().to_vec()));
    let rows = read_labels(input, &LabelFields::default()).unwrap();
    let (truth, counts) = Truth::new(&rows, survey.corpus(), survey.identical(), positive_grade);
    Labeled { truth: Some(truth), counts, predicted: Vec::new() }
}

#[test]
fn counts_labels_that_are_not_used() {
    let survey = survey(Score::Coverage);
    let text = "a,b,label\nreef-wire,reef-trimmed,2\nreef-trimmed,reef-wire,1\nreef-wire,tram,0\nnobody,tram,1\n\
                olive,tram,\nolive,tunnel,0\nolive,ferry,1\ntram,tram-olive,1\ntram-olive,tram,0\ntram,tram,1\n";
    let labeled = labeled(&survey, text, 1.0);
    let counts = labeled.counts;
    assert_eq!(counts.used, 2, "{counts:?}");
    assert_eq!((counts.unlabeled, counts.unknown, counts.ambiguous), (1, 3, 0));
    assert_eq!((counts.repeated, counts.contradictory), (3, 1));
    let grades = |grade| match self::labeled(&survey, text, grade).truth {
        Some(Truth::Pairs(pairs)) => pairs.iter().filter(|pair| pair.positive).count(),
        _ => 0,
    };
    assert_eq!([grades(1.0), grades(3.0)], [1, 0]);
}

#[test]
fn labels_name_articles_by_their_locations() {
    let survey = survey(Score::Coverage);
    let articles = || survey.corpus().ids();
    let rows: Vec<(Location, LabelRow)> = articles()
        .map(|id| {
            let header = survey.corpus().header(id);
            let groups = vec![header.location.line.to_string()];
            (header.location.into(), LabelRow::Article { key: header.key.to_string(), groups, kind: None })
        })
        .collect();
    let (truth, counts) = Truth::new(&rows, survey.corpus(), survey.identical(), 1.0);
    // Two records have one key, and each has its own label.
    assert_eq!(counts.used, articles().count());
    assert!(
        matches!(truth, Truth::Groups(articles) if articles.iter().all(|article| article.groups.len() == 1))
    );
}

/// Uses the stories of the fixtures as labels, as a person would.
#[test]
fn sweeps_over_labeled_stories() {
    let survey = survey(Score::Coverage);
    let mut stories = std::collections::BTreeMap::<String, Vec<String>>::new();
    for line in include_str!("../fixtures/labels.jsonl").lines() {
        let label: serde_json::Value = serde_json::from_str(line).unwrap();
        let [article, story] = ["article", "story"].map(|name| label[name].as_str().unwrap().to_owned());
        let of = stories.entry(article).or_default();
        if !of.contains(&story) {
            of.push(story);
        }
    }
    let rows =
        stories.iter().map(|(article, of)| serde_json::json!({"key": article, "stories": of}).to_string());
    let labeled = labeled(&survey, &rows.collect::<Vec<_>>().join("\n"), 1.0);
    let options = options(|options| {
        options.baselines = true;
        options.index_sample = 1000;
    });
    let sweep = survey.sweep(&options, &labeled, &()).unwrap();
    let curve = |method| &sweep.pairs.iter().find(|series| series.method == method).unwrap().curve;
    let f1 = |method| curve(method).best.f1;
    // Some pages have boilerplate or a second story. Coverage allows for both, coefficients of whole pages do not.
    assert!(f1(Method::Coverage) > f1(Method::Resemblance));
    assert!(f1(Method::Resemblance) >= f1(Method::WholePageJaccard));
    for series in &sweep.pairs {
        let called = |confusion: wirecopy::evaluate::ConfusionMatrix| {
            confusion.true_positives + confusion.false_positives
        };
        let points = &series.curve.points;
        assert!(points.windows(2).all(|pair| called(pair[0].confusion) >= called(pair[1].confusion)));
        let all = points[0].confusion;
        let (positive, negative) = sweep.labeled_pairs.unwrap();
        assert_eq!(all.true_positives + all.false_negatives, positive);
        assert_eq!(all.false_positives + all.true_negatives, negative);
    }
    let wirecopy = &sweep.clusters[0];
    assert_eq!(wirecopy.points.len(), options.thresholds.len());
    let at = |threshold: f64| {
        let is_at = |point: &&wirecopy::sweep::ClusterPoint| point.threshold == Some(threshold);
        wirecopy.points.iter().find(is_at).unwrap()
    };
    assert_eq!(at(0.6).clusters, findings(Score::Coverage, 0.6).clusters().len());
    let [linked, ..] = &sweep.clusters[1..] else { panic!("there are baselines") };
    assert!(linked.linked && linked.points[0].largest > at(0.02).largest, "single linkage merges stories");
    let [index] = &sweep.index[..] else { panic!("there is one setting") };
    assert!(
        index.bins.iter().filter(|bin| bin.from >= 0.3).all(|bin| bin.candidates == 1.0 || bin.pairs == 0)
    );
}

/// Markup in articles, labels and file names is escaped in a page, and the page allows no script.
#[test]
fn a_page_escapes_the_markup_of_its_input() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\u{202e}";
    let story = "The ferry to Lund island stopped on Monday after its second engine failed in the harbour, and \
                 passengers were taken ashore by bus while divers looked for what had fouled the screw of the boat \
                 that has carried them for forty years without a single day of rest in any winter.";
    let mut detector = Detector::new(Settings::with(|settings| settings.keep_texts = true)).unwrap();
    for (line, more) in [(1, "one"), (2, "another")] {
        let location = Location { file: hostile.into(), line };
        let (key, text) = (format!("{hostile}{line}"), format!("{hostile} {story} {more}"));
        detector.add(wirecopy::Article { location, ..wirecopy::Article::new(key, text) }).unwrap();
    }
    let survey = detector.survey(LOWEST, &()).unwrap();
    let rows: Vec<(Location, LabelRow)> = vec![(
        Location { file: "labels".into(), line: 1 },
        LabelRow::Pair {
            keys: [1, 2].map(|line| format!("{hostile}{line}")),
            grade: Some(0.0),
            score: Some(70.5),
            kind: Some(hostile.to_owned()),
            locations: [None, None],
        },
    )];
    let (truth, counts) = Truth::new(&rows, survey.corpus(), survey.identical(), 1.0);
    let predicted = vec![Prediction { name: hostile.to_owned(), found: truth.clone(), by_score: true }];
    let labeled = Labeled { truth: Some(truth), counts, predicted };
    let sweep = survey.sweep(&options(|options| options.index_sample = 10), &labeled, &()).unwrap();
    let mut wrong = survey.wrong(labeled.truth.as_ref().unwrap(), Score::Coverage, 0.6);
    assert_eq!(wrong.len(), 1);
    survey.measure_examples(&mut wrong);
    let examples: Vec<ExampleRecord> =
        wrong.iter().map(|example| ExampleRecord::new(survey.corpus(), example)).collect();
    let mut page = Vec::new();
    let titled = vec![("Wrong".to_owned(), examples.as_slice())];
    let inputs = wirecopy::write::RunInputs { articles: vec![hostile.to_owned()], ..Default::default() };
    wirecopy::write::write_sweeps_html(std::iter::once((&sweep, &titled)), &inputs, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)"), "the text is shown");
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202e}'));
    assert!(page.contains("script-src 'none'"));
    assert!(
        !page.contains(" style=") && !page.contains(" onerror=alert(2)>"),
        "no attributes that the content security policy forbids"
    );
    assert!(!page.contains("NaN") && !page.contains("inf"), "every coordinate is a number");
}
