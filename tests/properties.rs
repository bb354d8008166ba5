//! Laws that hold for any edited copies: both spans of a passage contain the shared words, relations follow from
//! the scores, and articles that share a run of the guaranteed length are candidates.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use wirecopy::text::{Token, Tokens, tokenize};
use wirecopy::verify::{Match, Relation};
use wirecopy::{Article, ArticleId, Detector, Findings, Location, Settings};

fn findings(texts: &[String], settings: Settings) -> Findings {
    let mut detector = Detector::new(settings).unwrap();
    for (line, text) in (1..).zip(texts) {
        let location = Location { file: "made".into(), line };
        let key = format!("{line:03}");
        detector.add(Article { location, ..Article::new(key, text.clone()) }).unwrap();
    }
    detector.finish(&()).unwrap()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Tokens::new();
    tokenize(text, &mut tokens);
    tokens.tokens().to_vec()
}

/// An edit of a copy. The position is a share of the number of words.
#[derive(Clone, Debug)]
enum Edit {
    Change(f64),
    Insert(f64, Vec<u16>),
    Cut(f64, usize),
    Move(f64, usize),
    Punctuate(f64),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0.0..1.0).prop_map(Edit::Change),
        (0.0..1.0, prop::collection::vec(0_u16..3000, 1..30)).prop_map(|(at, words)| Edit::Insert(at, words)),
        (0.0..1.0, 1_usize..40).prop_map(|(at, length)| Edit::Cut(at, length)),
        (0.0..1.0, 10_usize..60).prop_map(|(at, length)| Edit::Move(at, length)),
        (0.0..1.0).prop_map(Edit::Punctuate),
    ]
}

fn word(number: u16) -> String {
    let number = usize::from(number);
    let syllables = ["ba", "é", "li", "mó", "nu", "ri", "şa", "to", "vu", "ze"];
    [number / 1000, number / 100 % 10, number / 10 % 10, number % 10].map(|digit| syllables[digit]).concat()
}

fn edited(story: &[u16], edits: &[Edit]) -> String {
    let mut words: Vec<String> = story.iter().copied().map(word).collect();
    for edit in edits {
        let position = |share: f64| ((words.len() as f64 * share) as usize).min(words.len());
        match edit {
            Edit::Change(share) => {
                let at = position(*share);
                if at < words.len() {
                    words[at] = "zzzz".to_owned();
                }
            }
            Edit::Insert(share, new) => {
                let at = position(*share);
                words.splice(at..at, new.iter().copied().map(word));
            }
            Edit::Cut(share, length) => {
                let at = position(*share);
                words.drain(at..(at + length).min(words.len()));
            }
            Edit::Move(share, length) => {
                let at = position(*share);
                let moved: Vec<String> = words.drain(at..(at + length).min(words.len())).collect();
                words.extend(moved);
            }
            Edit::Punctuate(share) => {
                let at = position(*share);
                if at < words.len() {
                    words[at] = format!("“{}” —\n", words[at].to_uppercase());
                }
            }
        }
    }
    words.join(" ")
}

/// Returns the length of a longest common subsequence, in tokens.
fn common_subsequence(one: &[Token], other: &[Token]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for token in one {
        let mut diagonal = 0;
        for (index, candidate) in other.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if token == candidate { diagonal + 1 } else { above.max(row[index]) };
            diagonal = above;
        }
    }
    row[other.len()]
}

fn text_of(findings: &Findings, texts: &[String], id: ArticleId, range: std::ops::Range<u32>) -> String {
    let spans = findings.corpus().spans(id);
    let (begin, end) = (spans[range.start as usize].0, spans[range.end as usize - 1].1);
    texts[id.index()][begin as usize..end as usize].to_owned()
}

fn check_match(findings: &Findings, texts: &[String], found: &Match) -> Result<(), TestCaseError> {
    for passage in &found.passages {
        let [a, b] =
            [text_of(findings, texts, found.a, passage.a()), text_of(findings, texts, found.b, passage.b())];
        let (a, b) = (tokens(&a), tokens(&b));
        prop_assert_eq!(a.first(), b.first());
        prop_assert_eq!(a.last(), b.last());
        prop_assert!(common_subsequence(&a, &b) >= passage.words() as usize);
        prop_assert!(passage.words() >= 12);
    }
    let threshold = findings.settings().threshold;
    let (a, b) = (found.coverage_a() >= threshold, found.coverage_b() >= threshold);
    match found.relation {
        Relation::Exact => prop_assert_eq!(tokens(&texts[found.a.index()]), tokens(&texts[found.b.index()])),
        Relation::NearDuplicate => {
            let [shorter, longer] = [found.words[0].min(found.words[1]), found.words[0].max(found.words[1])];
            prop_assert!(a && b || (a || b) && f64::from(longer) < 1.25 * f64::from(shorter));
        }
        Relation::Excerpt => prop_assert!(a && !b),
        Relation::Partial => {
            let words: u32 = found.passages.iter().map(wirecopy::verify::Passage::words).sum();
            let are_editions = found.coverage_a().min(found.coverage_b()) >= 0.5;
            // One of them has a lead of its own.
            let is_own_report =
                [(&found.region_a, found.coverage_a()), (&found.region_b, found.coverage_b())]
                    .iter()
                    .any(|(region, coverage)| region.ranges()[0].start >= 40 && *coverage < 0.75);
            prop_assert!(!a && !b || are_editions || is_own_report);
            prop_assert!(found.longest >= findings.settings().partial_words || words >= 60 || are_editions);
        }
        Relation::Quote | Relation::Contains => {
            prop_assert!(false, "no speech, and the excerpt is the first");
        }
    }
    prop_assert!((0.0..=1.0).contains(&found.resemblance()));
    prop_assert!(found.resemblance() <= found.containment_a().min(found.containment_b()) + 1e-12);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_spans_contain_the_shared_words(
        story in prop::collection::vec(0_u16..3000, 30..250),
        other in prop::collection::vec(0_u16..3000, 0..150),
        edits in prop::collection::vec(prop::collection::vec(any_edit(), 0..10), 2..6),
    ) {
        let mut texts: Vec<String> = edits.iter().map(|edits| edited(&story, edits)).collect();
        texts.push(edited(&[story.clone(), other].concat(), &[]));
        let findings = findings(&texts, Settings::default());
        for found in findings.matches().iter() {
            check_match(&findings, &texts, &found)?;
        }
        for cluster in findings.clusters() {
            for member in &cluster.members {
                prop_assert!((0.0..=1.0).contains(&member.coverage));
                for (theirs, own) in cluster.passages_of(member) {
                    let theirs = tokens(&text_of(&findings, &texts, cluster.representative, theirs.clone()));
                    let own = tokens(&text_of(&findings, &texts, member.id, own.clone()));
                    prop_assert_eq!(theirs.first(), own.first());
                    prop_assert_eq!(theirs.last(), own.last());
                    prop_assert!(common_subsequence(&theirs, &own) * 2 >= theirs.len().min(own.len()));
                }
            }
        }
    }

    /// The same if pieces of the run are in one article before the run, too, so that the first equal shingles are
    /// not those of the run.
    #[test]
    fn a_shared_run_is_found_after_its_own_pieces(
        run in prop::collection::vec(0_u16..3000, 12..14),
        after in prop::collection::vec(6000_u16..9000, 0..80),
    ) {
        let pieces: Vec<u16> = (3000..)
            .zip(run.windows(5))
            .flat_map(|(divider, piece): (u16, _)| [piece, &[divider * 2 - 3000, divider * 2 - 2999]].concat())
            .collect();
        let texts = [edited(&[pieces, run.clone()].concat(), &[]), edited(&[run, after].concat(), &[])];
        let settings = Settings::with(|settings| { settings.threshold = 0.01; settings.partial_words = 1; });
        prop_assert_eq!(findings(&texts, settings).matches().len(), 1);
    }

    /// A promise: short articles that share a run of window + shingle size - 1 words are candidates. With a
    /// threshold that any passage reaches, every candidate is a match.
    #[test]
    fn a_shared_run_is_always_found(
        run in prop::collection::vec(0_u16..3000, 12..14),
        before in prop::collection::vec(3000_u16..6000, 0..80),
        after in prop::collection::vec(6000_u16..9000, 0..80),
    ) {
        let texts = [edited(&[before, run.clone()].concat(), &[]), edited(&[run, after].concat(), &[])];
        prop_assume!(tokens(&texts[0]) != tokens(&texts[1]));
        let settings = Settings::with(|settings| { settings.threshold = 0.01; settings.partial_words = 1; });
        prop_assert_eq!(findings(&texts, settings).matches().len(), 1);
    }
}
