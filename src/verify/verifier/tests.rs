//! Tests of the verification of pairs.

use super::*;
use crate::article::{Article, Location};
use crate::corpus::{Retained, Segment, SegmentStoreWriter};
use crate::store::ColumnBudget;
use crate::text::{Tokens, tokenize};
use crate::verify::relation::Relation;

const RULE: JudgeRule = JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

const ALIGN: AlignRule = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };

fn segment_of(texts: impl IntoIterator<Item = String>, dates: &[&str]) -> Segment {
    let mut segment = Segment::new();
    let mut tokens = Tokens::new();
    for (line, text) in (1..).zip(texts) {
        tokenize(&text, &mut tokens);
        let published = dates.get(line as usize - 1).map(|&date| date.to_owned());
        let location = Location { file: "made".into(), line };
        segment.push(
            Article { published, location, ..Article::new(line.to_string(), text) },
            &tokens,
            Retained::TOKENS,
        );
    }
    segment
}

/// Returns articles of a hundred words. The last words of each, as many as `shared` says, are the same in all
/// articles; the words before them are its own.
fn segment(shared: &[usize]) -> Segment {
    let texts = (1..).zip(shared).map(|(line, shared)| {
        let word = |at: usize| format!("word{at}in{} ", if at < 100 - shared { line } else { 0 });
        (0..100).map(word).collect()
    });
    segment_of(texts, &[])
}

#[test]
fn identical_articles_are_exact_if_they_are_masked_alike() {
    let mut corpus = Corpus::new(vec![segment(&[100; 3])]);
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let end = || std::iter::once(80..100).collect();
    corpus.mask(&[(ids[1], end()), (ids[2], end())]);
    let mut verifier = Verifier::new(&corpus, ALIGN, RULE);
    let mut described = |one: usize, other: usize| {
        let found = verifier.verify(ids[one], ids[other]).unwrap();
        (found.relation, found.words, found.region_a.len(), found.region_b.len())
    };
    let near_duplicate = (Relation::NearDuplicate, [100, 80], 80, 80);
    assert_eq!([described(0, 1), described(1, 0), described(2, 0)], [near_duplicate; 3]);
    assert_eq!(described(1, 2), (Relation::Exact, [80, 80], 80, 80));
}

/// All articles have the same length, so a buffer that is mistaken for that of another article is not noticed
/// by its length.
#[test]
fn articles_in_files_are_verified_like_articles_in_memory() {
    let shared = [80, 50, 100, 70, 90];
    let stores = SegmentStoreWriter::new(&std::env::temp_dir(), 0);
    let filed =
        segment(&shared).store(&stores, ColumnBudget { rows: 0, tokens: 0, strings: 0, besides: 0 }).unwrap();
    let corpora =
        [Corpus::new(vec![segment(&shared)]), Corpus::from_stored(vec![filed], stores.close(0).unwrap())];
    assert!(corpora[0].filed() == 0 && corpora[1].filed() > 0);
    let [mut held, mut filed] = corpora.each_ref().map(|corpus| Verifier::new(corpus, ALIGN, RULE));
    for number in 0..20 {
        let pair = [number % 5, (number + 1 + number / 5) % 5].map(ArticleId::new);
        let found = [&mut held, &mut filed].map(|verifier| verifier.verify(pair[0], pair[1]));
        let [held, filed] = found.map(|found| format!("{found:?}"));
        assert_eq!(filed, held, "{pair:?}");
    }
}

/// The check before the measurement rejects no pair that would be judged to match.
#[test]
fn a_pair_is_verified_as_it_is_measured_and_judged() {
    // Words by number. The articles are a story, and others that share two parts of it, one part, little of it,
    // a phrase, or nothing.
    let articles: [&[Range<u8>]; 9] = [
        &[0..15, 100..120, 20..35],
        &[0..30, 30..60],
        &[0..30, 30..60],
        &[0..15, 120..140, 20..35, 140..160],
        &[0..57, 160..163],
        &[0..6, 6..9],
        &[0..9, 163..164],
        &[0..6, 164..194],
        &[200..220, 220..250],
    ];
    let word = |number: u8| format!("w{}{} ", char::from(b'a' + number / 16), char::from(b'a' + number % 16));
    let text = |ranges: &&[Range<u8>]| ranges.iter().cloned().flatten().map(word).collect();
    let corpus = Corpus::new(vec![segment_of(articles.iter().map(text), &[])]);
    let ids: Vec<ArticleId> = corpus.ids().collect();
    let first = Verifier::new(&corpus, ALIGN, RULE);
    let mut matching = 0;
    for by in [Score::Coverage, Score::Resemblance, Score::Containment] {
        for (threshold, partial_words) in [(0.01, 0), (0.05, 20), (0.4, 20), (0.55, 20), (0.9, 70), (0.98, 9)]
        {
            let rule = JudgeRule { by, threshold, partial_words, within: None };
            let mut verifier = first.with_rule(rule);
            assert_eq!(verifier.rule(), &rule);
            for (index, &one) in ids.iter().enumerate() {
                for &other in &ids[..index] {
                    let expected = verifier.measure(one, other).and_then(|measure| measure.into_match(&rule));
                    matching += usize::from(expected.is_some());
                    let found = verifier.verify(one, other);
                    assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{rule:?}");
                }
            }
        }
    }
    assert!((150..500).contains(&matching), "{matching} of {}", 3 * 6 * 36);
}

/// Name, the words that are masked in each of two articles, whether the articles are equal, their relation and
/// the number of passages.
type MaskedCase<'a> = (&'a str, [Range<u32>; 2], bool, Option<(Relation, usize)>);

#[test]
fn masked_words_are_not_compared() {
    let cases: [MaskedCase<'_>; 7] = [
        ("nothing in common except what is masked", [50..100, 50..100], false, None),
        ("five words left of equal articles", [5..100, 5..100], true, Some((Relation::Exact, 1))),
        ("three words left of equal articles", [3..100, 3..100], true, Some((Relation::Exact, 1))),
        ("words inside one", [45..50, 0..0], true, Some((Relation::NearDuplicate, 2))),
        ("words inside the other", [0..0, 45..50], true, Some((Relation::NearDuplicate, 2))),
        ("the same words inside both", [45..50, 45..50], true, Some((Relation::Exact, 2))),
        ("all words of one", [0..100, 0..0], true, None),
    ];
    for (name, masked, equal, expected) in cases {
        let mut corpus = Corpus::new(vec![segment(if equal { &[100, 100] } else { &[50, 50] })]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let masks: Vec<_> = ids.iter().zip(masked).filter(|(_, range)| !range.is_empty()).collect();
        let masks: Vec<_> =
            masks.into_iter().map(|(&id, range)| (id, std::iter::once(range).collect())).collect();
        corpus.mask(&masks);
        let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
        assert_eq!(found.map(|found| (found.relation, found.passages.len())), expected, "{name}");
    }
}

/// A story of 200 words, of which half is speech. One article has 70 words more, the other 50.
#[test]
fn masked_words_of_a_copy_on_another_site_count() {
    let word = |name: char, at: usize| {
        format!(
            "{name}{} ",
            char::from(b'a' + (at / 26) as u8).to_string() + &char::from(b'a' + (at % 26) as u8).to_string()
        )
    };
    let words = |name: char, range: Range<usize>| range.map(|at| word(name, at)).collect::<String>();
    let story = |mark: [char; 2]| {
        let [open, close] = mark;
        let speech = |range| format!("{open}{}{close} ", words('s', range).trim_end());
        speech(0..50) + &words('s', 50..150) + &speech(150..200)
    };
    let cores = [(100, 170), (100, 150)].map(|(part, whole)| f64::from(part) / f64::from(whole));
    let whole = [200.0 / 270.0, 200.0 / 250.0];
    // Name, sites, masked words of each, whether half of the story is between quotation marks, what is expected.
    type Case<'a> = (&'a str, [Option<&'a str>; 2], [Range<u32>; 2], bool, (Relation, [f64; 2]));
    let two = [Some("one.example"), Some("two.example")];
    let (middle, end) = (50..150, 100..200);
    let cases: [Case<'_>; 8] = [
        ("both", two, [middle.clone(), middle.clone()], false, (Relation::NearDuplicate, whole)),
        ("one", two, [middle.clone(), 0..0], false, (Relation::NearDuplicate, whole)),
        ("speech around it", two, [middle.clone(), middle.clone()], true, (Relation::NearDuplicate, whole)),
        (
            "one outlet",
            [two[0]; 2],
            [middle.clone(), middle.clone()],
            false,
            (Relation::NearDuplicate, cores),
        ),
        ("one outlet, speech", [two[0]; 2], [middle.clone(), middle.clone()], true, (Relation::Quote, cores)),
        (
            "an unknown outlet",
            [two[0], None],
            [middle.clone(), middle.clone()],
            false,
            (Relation::NearDuplicate, cores),
        ),
        ("the end of both", two, [end.clone(), end.clone()], false, (Relation::NearDuplicate, cores)),
        ("the end of one", two, [end, 0..0], false, (Relation::NearDuplicate, whole)),
    ];
    for (name, sites, masks, has_speech, expected) in cases {
        let story = story(if has_speech { ['“', '”'] } else { [' ', ' '] });
        let texts = [format!("{story} {}", words('t', 0..70)), format!("{story} {}", words('u', 0..50))];
        let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
        for ((line, text), site) in (1..).zip(texts).zip(sites) {
            tokenize(&text, &mut tokens);
            let location = Location { file: "made".into(), line };
            let site = site.map(str::to_owned);
            let article = Article { site, location, ..Article::new(line.to_string(), text) };
            segment.push(article, &tokens, Retained::TOKENS);
        }
        let mut corpus = Corpus::new(vec![segment]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let masks: Vec<_> = ids.iter().copied().zip(masks.map(|mask| vec![mask])).collect();
        corpus.mask(&masks.into_iter().filter(|(_, mask)| !mask[0].is_empty()).collect::<Vec<_>>());
        let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]).unwrap().seen_from(ids[0]);
        assert_eq!((found.relation, [found.coverage_a(), found.coverage_b()]), expected, "{name}");
        let [all_a, all_b] = [ids[0], ids[1]].map(|id| corpus.all_tokens(id));
        let passages = found.boilerplate.iter().flat_map(|boilerplate| &boilerplate.passages);
        for block in passages.flat_map(|passage| &passage.blocks) {
            let [in_a, in_b] = [block.a..block.a_end(), block.b..block.b_end()]
                .map(|range| range.start as usize..range.end as usize);
            assert_eq!(all_a[in_a], all_b[in_b], "{name}");
        }
    }
}

/// The cores of two different articles are equal. That makes the articles exact only if the cores are at least
/// as long as a shingle.
#[test]
fn equal_cores_shorter_than_a_shingle_are_exact_only_in_equal_articles() {
    for (left, expected) in [(5, Some(Relation::Exact)), (4, None)] {
        let mut corpus = Corpus::new(vec![segment(&[left, left])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let own = || std::iter::once(0..100 - left as u32).collect();
        corpus.mask(&[(ids[0], own()), (ids[1], own())]);
        let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
        assert_eq!(found.map(|found| found.relation), expected, "{left}");
    }
}

#[test]
fn articles_with_distant_dates_are_not_compared() {
    for (day, expected) in [("2031-01-08", true), ("2031-01-09", false)] {
        let text = "the ferry to the island was late again because of the fog".to_owned();
        let dates = ["2031-01-01", day];
        let corpus = Corpus::new(vec![segment_of([text.clone(), text], &dates)]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let rule = JudgeRule { within: Some(7 * 24 * 3600), ..RULE };
        let mut verifier = Verifier::new(&corpus, ALIGN, rule);
        assert_eq!(verifier.verify(ids[0], ids[1]).is_some(), expected, "{day}");
        assert_eq!(verifier.measure(ids[0], ids[1]).is_some(), expected, "{day}");
    }
}

#[test]
fn names_tell_two_articles_of_one_outlet_apart_and_not_those_of_two() {
    let text = |town: &str, sum: &str| {
        format!(
            "The senator said on Monday that the harbor of {town} will receive a grant of {sum} kronor from the fund for \
             safe coasts, the largest so far. The money for {town} pays for a new light at the end of the pier and for \
             two boats. I am glad for {town}, since every harbor of this coast must have a light that can be seen from far away."
        )
    };
    let articles = [
        ("lund", "4", "Lund", "4,500"),
        ("lund", "8", "Ystad", "8,100"),
        ("visby", "8", "Ystad", "8,200"),
        ("lund", "4", "Malmö", "9,300"),
    ];
    let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
    for (key, (site, page, town, sum)) in ["a", "b", "c", "d"].into_iter().zip(articles) {
        let text = text(town, sum);
        tokenize(&text, &mut tokens);
        let site = format!("{site}.example");
        let url = Some(format!("https://{site}/grants/{page}"));
        segment.push(Article { site: Some(site), url, ..Article::new(key, text) }, &tokens, Retained::TOKENS);
    }
    let corpus = Corpus::new(vec![segment]);
    let mut verifier = Verifier::new(&corpus, ALIGN, RULE);
    let mut relation = |a, b| {
        let found = verifier.verify(ArticleId::new(a), ArticleId::new(b))?;
        Some(found.relation)
    };
    assert_eq!(relation(0, 1), None, "one outlet, two towns");
    assert_eq!(relation(0, 2), Some(Relation::NearDuplicate), "two outlets, two towns");
    assert_eq!(relation(1, 2), Some(Relation::NearDuplicate), "two outlets, one town");
    assert_eq!(relation(0, 3), Some(Relation::NearDuplicate), "one address, which was changed");
    assert_eq!(relation(1, 3), None, "two addresses, two towns");
}
