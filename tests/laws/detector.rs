//! A tiny corpus in: the same clusters and matches come out in whatever order its articles are read, every member
//! carries its passage, and what a sweep says of the threshold is the same.

use std::ops::Range;

use wirecopy::cluster::Group;
use wirecopy::text::{Token, Tokens, tokenize};
use wirecopy::{Article, ArticleId, Detector, Findings, Location, Settings};

/// The most articles of a corpus.
const ARTICLES: usize = 12;
/// Divides the bytes of two articles.
const END: u8 = 0xff;

/// Checks bytes of which the first say how articles are compared; each article begins with bytes that say where and
/// when it was found, and each byte behind them is a piece of its text.
pub(crate) fn check(bytes: &[u8]) {
    let [knobs, shuffle, rest @ ..] = bytes else { return };
    let articles: Vec<Article> = (1..)
        .zip(rest.split(|&byte| byte == END).take(ARTICLES))
        .map(|(line, bytes)| article(line, bytes))
        .collect();
    let settings = Settings {
        boilerplate: knobs & 1 == 0,
        all_pairs: knobs & 2 != 0,
        within: (knobs & 4 != 0).then_some(3 * 24 * 3600),
        partial_words: if knobs & 8 != 0 { 12 } else { 40 },
        join_words: if knobs & 8 != 0 { 30 } else { 100 },
        threshold: if knobs & 16 != 0 { 0.2 } else { 0.6 },
        keep_texts: true,
        ..Settings::default()
    };
    let findings = find(&settings, articles.clone());
    let shown = show(&findings);
    for cluster in findings.clusters() {
        for member in &cluster.members {
            check_member(&findings, cluster.representative, member);
        }
    }
    check_ladder(&settings, articles.clone(), &findings, *shuffle);
    let mut shuffled = articles;
    let length = shuffled.len();
    if length > 0 {
        shuffled.rotate_left(usize::from(*shuffle) % length);
        shuffled.swap(0, usize::from(*shuffle / 16) % length);
    }
    assert_eq!(show(&find(&settings, shuffled)), shown, "the order of reading");
}

fn article(line: u64, bytes: &[u8]) -> Article {
    let origin = bytes.first().copied().unwrap_or_default();
    let pieces: Vec<String> = bytes.iter().skip(1).map(|&piece| text(piece)).collect();
    Article {
        // Keys repeat.
        key: format!("k{}", origin % 5),
        text: pieces.join(if origin & 32 == 0 { " " } else { "\n\n" }),
        site: (origin & 64 == 0).then(|| format!("site{}.example", origin % 3)),
        published: (origin & 128 == 0).then(|| format!("2031-03-{:02}", 1 + origin % 28)),
        title: (origin & 16 == 0).then(|| format!("title {}", origin % 4)),
        location: Location { file: "made".into(), line },
    }
}

/// Gives a piece of text: one of 32 passages of 5 or 60 words, one of 160 words, a number, or what the rooms look for.
fn text(piece: u8) -> String {
    let letter = |number: u8| char::from(b'a' + number % 26);
    let word = |seed: u8, number: u8| -> String {
        [letter(seed), letter(seed / 26), letter(number), letter(number / 26)].iter().collect()
    };
    let words =
        |seed: u8, count: u8| (0..count).map(|number| word(seed, number)).collect::<Vec<_>>().join(" ");
    match piece {
        0..32 => words(piece, 5 + 55 * (piece % 2)),
        32..192 => words(piece, 1),
        192..224 => (piece - 192).to_string(),
        _ => ["©", "—", "(AP)", "Łódź", "東京タワーの前で", "LONDON (Reuters) - ", "404 Not Found", ""]
            [usize::from(piece % 8)]
        .to_owned(),
    }
}

fn find(settings: &Settings, articles: Vec<Article>) -> Findings {
    detector(settings, articles).finish(&()).unwrap()
}

fn detector(settings: &Settings, articles: Vec<Article>) -> Detector {
    let mut detector = Detector::new(settings.clone()).expect("the settings are in their range");
    for article in articles {
        detector.add(article).unwrap();
    }
    detector
}

/// The clusters of a sweep that comes to the threshold from another are those of the run.
fn check_ladder(settings: &Settings, articles: Vec<Article>, findings: &Findings, from: u8) {
    let survey = detector(settings, articles).survey(0.02, &()).unwrap();
    let mut ladder = survey.clusters_by_threshold(settings.by);
    ladder.step(f64::from(from.max(1)) / 255.0);
    let sorted = |mut groups: Vec<Group>| {
        groups.sort_by_key(|group| format!("{group:?}"));
        groups
    };
    let stepped = sorted(ladder.step(settings.threshold));
    let clustered = sorted(findings.clusters().iter().map(Group::new).collect());
    assert_eq!(stepped, clustered, "a sweep and a run");
}

/// Shows all that is found, by where articles were read.
fn show(findings: &Findings) -> String {
    let line = |id: ArticleId| findings.corpus().header(id).place.line;
    let matches: Vec<String> = findings
        .matches()
        .iter()
        .map(|found| {
            let spans = (found.region_a.ranges(), found.region_b.ranges());
            format!("{} {} {:?} {:?} {spans:?}", line(found.a), line(found.b), found.relation, found.shingles)
        })
        .collect();
    let clusters: Vec<String> = findings
        .clusters()
        .iter()
        .map(|cluster| {
            let members: Vec<String> = cluster
                .members
                .iter()
                .map(|member| {
                    format!(
                        "{} {:?} {:?} {} {:?} {}",
                        line(member.id),
                        member.relation,
                        member.kind,
                        member.coverage,
                        member.passages,
                        member.bridge
                    )
                })
                .collect();
            format!("{} {:?} {:?} {members:#?}", cluster.id, cluster.why, cluster.passage)
        })
        .collect();
    format!("{matches:#?} {clusters:#?} {:?}", findings.counts())
}

fn check_member(findings: &Findings, representative: ArticleId, member: &wirecopy::cluster::Member) {
    assert!((0.0..=1.0).contains(&member.coverage) && (0.0..=1.0).contains(&member.article_coverage));
    for (theirs, own) in &member.passages {
        let theirs = passage(findings, representative, theirs);
        let own = passage(findings, member.id, own);
        assert_eq!(
            (theirs.first(), theirs.last()),
            (own.first(), own.last()),
            "a passage begins and ends alike"
        );
    }
}

/// Reads the words of a passage from the text.
fn passage(findings: &Findings, id: ArticleId, range: &Range<u32>) -> Vec<Token> {
    let corpus = findings.corpus();
    let spans = corpus.spans(id);
    let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
    let text = corpus.text(id).expect("texts are kept");
    let mut tokens = Tokens::new();
    tokenize(&text[begin as usize..end as usize], &mut tokens);
    let (first, last) = (tokens.tokens().first().copied(), tokens.tokens().last().copied());
    assert_eq!(first, Some(corpus.tokens(id)[range.start as usize]), "the first word stands in the text");
    assert_eq!(last, Some(corpus.tokens(id)[range.end as usize - 1]), "the last word stands in the text");
    tokens.tokens().to_vec()
}
