//! The laws of verification, for any two lists of words: reported passages are in both articles, scores are those
//! of the sets of shingles, and neither the order of the two articles nor earlier verifications change anything.

use std::collections::BTreeSet;
use std::ops::Range;

use wirecopy::corpus::{Corpus, Retained, Segment};
use wirecopy::text::{Token, Tokens, tokenize};
use wirecopy::verify::{Match, Passage, Relation, Score, Verifier};
use wirecopy::{Article, ArticleId, Location, Settings};

/// Checks the laws. The first four bytes select how the articles are compared; each other byte is a word.
pub(crate) fn check(bytes: &[u8]) {
    let [by, alphabet, share, masked, words @ ..] = bytes else { return };
    let by = [Score::Coverage, Score::Resemblance, Score::Containment][usize::from(*by) % 3];
    let settings = Settings::with(|settings| {
        settings.by = by;
        settings.threshold = 0.3;
    });
    let alphabet = 1 + alphabet % 64;
    let text = |words: &[u8]| words.iter().map(|word| name(word % alphabet)).collect::<Vec<_>>().join(" ");
    // The position at which the second article begins.
    let middle = words.len() * usize::from(*share) / 255;
    let (one, other) = words.split_at(middle);
    let texts = [text(one), text(other), text(&[other, one].concat()), text(&[one, one].concat())];
    let mut corpus = corpus(&texts);
    if masked % 2 == 1 {
        // Identical articles have the same mask, or different ones.
        let mask = |id: ArticleId| {
            let length = corpus.all_tokens(id).len() as u32;
            let step = u32::from(*masked) + if *masked % 4 == 3 { id.get() } else { 0 };
            (id, every_other(length, step))
        };
        let masks: Vec<_> = corpus.ids().map(mask).collect();
        corpus.mask(&masks);
    }
    let mut verifier = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule());
    for a in corpus.ids() {
        for b in corpus.ids() {
            let found = verifier.verify(a, b);
            let fresh = Verifier::new(&corpus, settings.align_rule(), settings.judge_rule()).verify(b, a);
            match (&found, &fresh) {
                (None, None) => {}
                (Some(found), Some(fresh)) => {
                    assert!(is_same(found, &fresh.seen_from(found.a)), "{found:?} is not {fresh:?}");
                    check_match(&corpus, &settings, found);
                }
                _ => panic!("{a:?} and {b:?} match in one order only: {found:?}, {fresh:?}"),
            }
        }
    }
}

/// Returns a word. Every fifth is a number, for the rule about forms.
fn name(word: u8) -> String {
    if word.is_multiple_of(5) { format!("{word}") } else { format!("w{}", char::from(b'A' + word % 58)) }
}

fn corpus(texts: &[String]) -> Corpus {
    let mut part = Segment::new();
    let mut tokens = Tokens::new();
    for (line, text) in (1..).zip(texts) {
        tokenize(text, &mut tokens);
        let location = Location { file: "made".into(), line };
        let article = Article { location, ..Article::new(line.to_string(), text) };
        part.push(article, &tokens, Retained::ALL);
    }
    Corpus::new(vec![part])
}

/// Returns ranges and gaps of increasing length.
fn every_other(length: u32, step: u32) -> Vec<Range<u32>> {
    let mut ranges = Vec::new();
    let (mut begin, mut width) = (step % 7, 1 + step % 5);
    while begin < length {
        ranges.push(begin..(begin + width).min(length));
        begin += 2 * width + 20;
        width += 1;
    }
    ranges
}

fn is_same(one: &Match, other: &Match) -> bool {
    (one.a, one.b, one.relation, one.shingles, one.words, one.longest)
        == (other.a, other.b, other.relation, other.shingles, other.words, other.longest)
        && (&one.region_a, &one.region_b, &one.passages)
            == (&other.region_a, &other.region_b, &other.passages)
}

fn check_match(corpus: &Corpus, settings: &Settings, found: &Match) {
    let tokens = [found.a, found.b].map(|id| corpus.tokens(id));
    let [a, b] = [&*tokens[0], &*tokens[1]];
    assert_eq!(found.words, [a.len() as u32, b.len() as u32]);
    for passage in &found.passages {
        assert!(!passage.blocks.is_empty());
        let (mut last_a, mut last_b) = (0, 0);
        for block in &passage.blocks {
            assert!(
                last_a <= block.a && last_b <= block.b && block.length > 0,
                "blocks ascend and do not overlap"
            );
            let ranges = [block.a, block.b].map(|begin| begin as usize..(begin + block.length) as usize);
            assert_eq!(a.get(ranges[0].clone()), b.get(ranges[1].clone()), "a block is equal on both sides");
            assert!(a.get(ranges[0].clone()).is_some(), "a block is within its article");
            (last_a, last_b) = (block.a + block.length, block.b + block.length);
        }
    }
    for (region, tokens) in [(&found.region_a, a), (&found.region_b, b)] {
        assert!(region.ranges().last().is_none_or(|range| range.end as usize <= tokens.len()));
        assert!(region.ranges().windows(2).all(|pair| pair[0].end < pair[1].start));
    }
    let [left, right] = [a, b].map(|tokens| shingles(tokens, settings.shingle_size));
    let shared = left.intersection(&right).count();
    assert_eq!(
        found.shingles,
        [shared, left.len(), right.len()].map(|count| count as u32),
        "scores are exact"
    );
    let threshold = settings.threshold;
    match (found.relation, settings.by) {
        (Relation::Exact, _) => assert_eq!(a, b),
        (Relation::NearDuplicate, Score::Coverage) => {
            let coverages = [found.coverage_a(), found.coverage_b()];
            let [shorter, longer] = [found.words[0].min(found.words[1]), found.words[0].max(found.words[1])];
            // No outlet is known here, so of two articles of one length the coverage of one is enough.
            let enough = if 4 * longer < 5 * shorter { f64::max } else { f64::min };
            assert!(enough(coverages[0], coverages[1]) >= threshold);
        }
        (Relation::Excerpt, Score::Coverage) => {
            assert!(found.coverage_a() >= threshold && found.coverage_b() < threshold);
        }
        (Relation::Partial | Relation::Quote, Score::Coverage) => {
            let words: u32 = found.passages.iter().map(Passage::words).sum();
            assert!(found.longest.max(words) >= settings.partial_words.min(60));
        }
        (Relation::Contains, Score::Coverage) => panic!("the excerpt is the first article"),
        (_, Score::Resemblance) => assert!(found.resemblance() >= threshold),
        (_, Score::Containment) => assert!(found.containment_a().max(found.containment_b()) >= threshold),
    }
}

fn shingles(tokens: &[Token], size: usize) -> BTreeSet<&[Token]> {
    if tokens.is_empty() { BTreeSet::new() } else { tokens.windows(size.min(tokens.len())).collect() }
}
