//! The laws of the detector, for any small corpus: the order of the articles changes nothing, every member contains
//! its passage, and a sweep finds the same clusters at the threshold.

use std::ops::Range;

use wirecopy::cluster::{Cluster, Group, Member};
use wirecopy::text::{Token, Tokens, tokenize};
use wirecopy::{Article, ArticleId, Detector, Findings, Location, Settings};

/// The largest number of articles in a corpus.
const ARTICLES: usize = 12;
/// The byte between two articles.
const END: u8 = 0xff;

/// Checks the laws. The first byte selects the settings, the second one the order of the articles, which follow.
/// The first byte of an article selects its site and date, and each other byte a piece of its text.
pub(crate) fn check(bytes: &[u8]) {
    let [options, shuffle, rest @ ..] = bytes else { return };
    let articles: Vec<Article<'_>> = (1..)
        .zip(rest.split(|&byte| byte == END).take(ARTICLES))
        .map(|(line, bytes)| article(line, bytes))
        .collect();
    let settings = Settings::with(|settings| {
        settings.boilerplate = options & 1 == 0;
        settings.all_pairs = options & 2 != 0;
        settings.within = (options & 4 != 0).then_some(3 * 24 * 3600);
        settings.partial_words = if options & 8 != 0 { 12 } else { 40 };
        settings.join_words = if options & 8 != 0 { 30 } else { 100 };
        settings.threshold = if options & 16 != 0 { 0.2 } else { 0.6 };
        settings.keep_texts = true;
    });
    let findings = find(&settings, articles.clone());
    let expected = format_findings(&findings);
    for cluster in findings.clusters() {
        for member in &cluster.members {
            check_member(&findings, &cluster, member);
        }
    }
    check_ladder(&settings, articles.clone(), &findings, *shuffle);
    let mut shuffled = articles;
    let length = shuffled.len();
    if length > 0 {
        shuffled.rotate_left(usize::from(*shuffle) % length);
        shuffled.swap(0, usize::from(*shuffle / 16) % length);
    }
    assert_eq!(
        format_findings(&find(&settings, shuffled)),
        expected,
        "the order of the articles changes nothing"
    );
}

fn article(line: u64, bytes: &[u8]) -> Article<'_> {
    let metadata = bytes.first().copied().unwrap_or_default();
    let pieces: Vec<String> = bytes.iter().skip(1).map(|&piece| text(piece)).collect();
    let text = pieces.join(if metadata & 32 == 0 { " " } else { "\n\n" });
    Article {
        site: (metadata & 64 == 0).then(|| format!("site{}.example", metadata % 3)),
        published: (metadata & 128 == 0).then(|| date(metadata)),
        title: (metadata & 16 == 0).then(|| format!("title {}", metadata % 4)),
        location: Location { file: "made".into(), line },
        // Several articles have the same key.
        ..Article::new(format!("k{}", metadata % 5), text)
    }
}

/// Returns one of every second day of eight weeks: time for a series.
fn date(metadata: u8) -> String {
    let day = metadata % 28 * 2;
    format!("2031-{:02}-{:02}", 3 + day / 28, 1 + day % 28)
}

/// Returns a piece of text: one of 32 passages of 5 or 60 words, one of 160 words, a number, or text for which
/// there are special rules.
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

fn find(settings: &Settings, articles: Vec<Article<'_>>) -> Findings {
    detector(settings, articles).finish(&()).unwrap()
}

fn detector(settings: &Settings, articles: Vec<Article<'_>>) -> Detector {
    let mut detector = Detector::new(settings.clone()).expect("the settings are in their range");
    for article in articles {
        detector.add(article).unwrap();
    }
    detector
}

/// Checks that a sweep, which comes from another threshold, has the same clusters as the run.
fn check_ladder(settings: &Settings, articles: Vec<Article<'_>>, findings: &Findings, from: u8) {
    let survey = detector(settings, articles).survey(0.02, &()).unwrap();
    let mut ladder = survey.clusters_by_threshold(settings.by);
    ladder.step(f64::from(from.max(1)) / 255.0);
    let sorted = |mut groups: Vec<Group>| {
        groups.sort_by_key(|group| format!("{group:?}"));
        groups
    };
    let stepped = sorted(ladder.step(settings.threshold));
    let clustered = sorted(findings.clusters().iter().map(|cluster| Group::new(&cluster)).collect());
    assert_eq!(stepped, clustered, "a sweep has the clusters of a run");
}

/// Formats all findings. Articles are named by their lines.
fn format_findings(findings: &Findings) -> String {
    let line = |id: ArticleId| findings.corpus().header(id).location.line;
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
                        cluster.passages_of(member),
                        member.bridge
                    )
                })
                .collect();
            format!("{} {:?} {:?} {members:#?}", cluster.id, cluster.why, cluster.passage)
        })
        .collect();
    format!("{matches:#?} {clusters:#?} {:?}", findings.counts())
}

fn check_member(findings: &Findings, cluster: &Cluster, member: &Member) {
    assert!((0.0..=1.0).contains(&member.coverage) && (0.0..=1.0).contains(&member.article_coverage));
    for (theirs, own) in cluster.passages_of(member) {
        let theirs = passage(findings, cluster.representative, theirs);
        let own = passage(findings, member.id, own);
        assert_eq!(
            (theirs.first(), theirs.last()),
            (own.first(), own.last()),
            "the passages begin and end with the same words"
        );
    }
}

/// Tokenizes the text of a passage.
fn passage(findings: &Findings, id: ArticleId, range: &Range<u32>) -> Vec<Token> {
    let corpus = findings.corpus();
    let spans = corpus.spans(id);
    let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
    let text = corpus.text(id).expect("texts are kept");
    let mut tokens = Tokens::new();
    tokenize(&text[begin as usize..end as usize], &mut tokens);
    let (first, last) = (tokens.tokens().first().copied(), tokens.tokens().last().copied());
    assert_eq!(first, Some(corpus.tokens(id)[range.start as usize]), "the text begins with the first word");
    assert_eq!(last, Some(corpus.tokens(id)[range.end as usize - 1]), "the text ends with the last word");
    tokens.tokens().to_vec()
}
