//! Checks which relation a pair has by its evidence, and up to which threshold.

use proptest::prelude::*;

use super::*;

const RULE: JudgeRule = JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

#[test]
fn articles_with_distant_dates_do_not_match() {
    let week = JudgeRule { within: Some(7), ..RULE };
    let cases = [
        ("near", Some(10), Some(17), true),
        ("distant", Some(10), Some(18), false),
        ("distant, in the other order", Some(18), Some(10), false),
        ("one without a date", None, Some(18), true),
        ("both without a date", None, None, true),
    ];
    for (name, a, b, expected) in cases {
        assert_eq!(week.allows_dates(a, b), expected, "{name}");
        assert!(RULE.allows_dates(a, b), "{name}, without a limit");
    }
}

#[test]
fn relations_have_names_and_inverses() {
    let names = ["exact", "near-duplicate", "excerpt", "contains", "partial", "quote"];
    assert_eq!(Relation::ALL.map(Relation::name), names);
    for relation in Relation::ALL {
        assert_eq!(relation.inverse().inverse(), relation);
        assert_eq!(relation.inverse().is_copy(), relation.is_copy());
    }
    assert_eq!(Relation::Excerpt.inverse(), Relation::Contains);
}

/// Different articles that share narrative only, most of it in the longest passage.
fn different(scores: (f64, f64), aligned_words: u32, longest: u32) -> Evidence {
    let shared = SharedWords { speech: 0, narrative: aligned_words, counted_narrative: longest };
    Evidence {
        cores: Cores::Different,
        scores,
        joint_coverage: (scores.0 + scores.1) / 2.0,
        are_of_one_length: false,
        aligned_words,
        longest,
        shared,
        own_stretches: 0,
        is_cut: false,
        is_one_outlet: false,
        is_later: false,
        own_leads: (0, 0),
        words_around: None,
        core_limit: ALWAYS,
    }
}

fn with_cores(cores: Cores, evidence: Evidence) -> Evidence {
    Evidence { cores, ..evidence }
}

#[test]
fn the_relation_of_a_pair() {
    let cases = [
        ("both covered", different((0.7, 0.6), 40, 20), Some(Relation::NearDuplicate)),
        ("both covered, short, one whole", different((0.9, 0.6), 20, 20), Some(Relation::NearDuplicate)),
        ("both covered, short, neither whole", different((0.8, 0.8), 39, 39), None),
        ("the first covered", different((0.9, 0.2), 40, 20), Some(Relation::Excerpt)),
        ("the second covered", different((0.2, 0.6), 40, 40), Some(Relation::Excerpt)),
        ("one covered, no longer than a quote", different((0.9, 0.2), 39, 39), None),
        ("neither covered, a long passage", different((0.5, 0.5), 40, 40), Some(Relation::Partial)),
        ("neither covered, short passages", different((0.5, 0.5), 59, 39), None),
        ("equal, short", with_cores(Cores::Equal, different((1.0, 1.0), 3, 3)), Some(Relation::Exact)),
        ("a form", with_cores(Cores::SameForm, different((0.9, 0.9), 60, 39)), None),
        ("other subjects", with_cores(Cores::OtherSubjects, different((0.9, 0.9), 60, 39)), None),
        (
            "a form with a long passage",
            with_cores(Cores::SameForm, different((0.9, 0.9), 60, 40)),
            Some(Relation::Partial),
        ),
    ];
    for (name, evidence, expected) in cases {
        assert_eq!(RULE.relation(&evidence), expected, "{name}");
    }
    let by_containment = JudgeRule { by: Score::Containment, ..RULE };
    assert_eq!(by_containment.relation(&different((0.5, 0.5), 100, 100)), None);
    assert_eq!(by_containment.relation(&different((0.9, 0.5), 20, 20)), Some(Relation::Excerpt));
    let form = with_cores(Cores::SameForm, different((0.9, 0.7), 60, 39));
    assert_eq!(by_containment.relation(&form), Some(Relation::NearDuplicate));
}

#[test]
fn an_article_is_an_excerpt_of_a_longer_one() {
    let of_one_length = |scores: (f64, f64), is_one_outlet| Evidence {
        are_of_one_length: true,
        is_one_outlet,
        ..different(scores, 100, 50)
    };
    let quote = |evidence| Evidence {
        shared: SharedWords { speech: 90, narrative: 10, counted_narrative: 0 },
        ..evidence
    };
    let cut = |evidence| Evidence { is_cut: true, ..evidence };
    let cases = [
        ("one covered, two outlets", of_one_length((0.7, 0.4), false), Some(Relation::NearDuplicate)),
        ("both together covered, one outlet", of_one_length((0.7, 0.5), true), Some(Relation::NearDuplicate)),
        ("one covered, one outlet", of_one_length((0.6, 0.5), true), Some(Relation::Partial)),
        ("a quote", quote(of_one_length((0.7, 0.5), false)), Some(Relation::Quote)),
        ("a cut beginning", cut(of_one_length((0.6, 0.5), true)), Some(Relation::Excerpt)),
    ];
    for (name, evidence, expected) in cases {
        assert_eq!(RULE.relation(&evidence), expected, "{name}");
    }
    assert!(are_of_one_length([100, 124]) && are_of_one_length([124, 100]));
    assert!(!are_of_one_length([100, 125]) && !are_of_one_length([0, 0]));
}

#[test]
fn articles_with_other_subjects_or_common_background_tell_other_news() {
    let around = |words_around, scores| Evidence { words_around, ..different(scores, 100, 100) };
    let later = |words_around, scores| Evidence { is_later: true, ..around(words_around, scores) };
    let cases = [
        ("below both, to the end of one", around(Some((40, 39)), (0.4, 0.49)), true),
        ("in the lead of one", around(Some((39, 0)), (0.4, 0.4)), false),
        ("inside both", around(Some((40, 40)), (0.4, 0.4)), false),
        ("half of one", around(Some((40, 0)), (0.2, 0.5)), false),
        ("no passage longer than a quote", around(None, (0.4, 0.4)), false),
        ("inside both, later", later(Some((40, 40)), (0.4, 0.49)), true),
        ("in the lead of one, later", later(Some((39, 40)), (0.4, 0.4)), false),
        ("half of one, later", later(Some((40, 40)), (0.2, 0.5)), false),
        ("other subjects", with_cores(Cores::OtherSubjects, around(None, (0.9, 0.9))), true),
        ("one form", with_cores(Cores::SameForm, around(None, (0.9, 0.9))), false),
    ];
    for (name, evidence, expected) in cases {
        assert_eq!(RULE.is_other_news(&evidence), expected, "{name}");
        let by_containment = JudgeRule { by: Score::Containment, ..RULE };
        assert!(!by_containment.is_other_news(&evidence), "{name}, by containment");
    }
}

#[test]
fn quotes_parts_editions_and_cut_texts() {
    let shared = |speech, narrative, counted_narrative| SharedWords { speech, narrative, counted_narrative };
    let with = |shared, evidence| Evidence { shared, ..evidence };
    let editions = |own_stretches, scores| Evidence { own_stretches, ..different(scores, 200, 30) };
    let cut = |evidence| Evidence { is_cut: true, ..evidence };
    let with_leads = |own_leads, scores| Evidence { own_leads, ..different(scores, 100, 100) };
    let below = |lead, is_one_outlet, scores| Evidence { is_one_outlet, ..with_leads((lead, lead), scores) };
    let cases = [
        ("a long quote", with(shared(60, 24, 24), different((0.3, 0.2), 84, 84)), Some(Relation::Quote)),
        (
            "a quote in a report",
            with(shared(60, 25, 25), different((0.3, 0.2), 85, 85)),
            Some(Relation::Partial),
        ),
        ("little speech", with(shared(19, 21, 21), different((0.3, 0.2), 40, 40)), Some(Relation::Partial)),
        ("a short quote", with(shared(30, 9, 0), different((0.3, 0.2), 39, 39)), None),
        (
            "a brief that is a quote",
            with(shared(40, 9, 9), different((0.8, 0.2), 49, 39)),
            Some(Relation::Quote),
        ),
        (
            "one interview",
            with(shared(300, 9, 9), different((0.8, 0.7), 309, 90)),
            Some(Relation::NearDuplicate),
        ),
        (
            "narrative in parts",
            with(shared(0, 70, 60), different((0.3, 0.2), 70, 30)),
            Some(Relation::Partial),
        ),
        (
            "a form in parts",
            with(shared(0, 70, 60), with_cores(Cores::SameForm, different((0.9, 0.9), 70, 30))),
            None,
        ),
        ("three stretches of their own", editions(3, (0.7, 0.6)), Some(Relation::NearDuplicate)),
        ("editions", editions(4, (0.7, 0.6)), Some(Relation::Partial)),
        ("editions of which one is covered", editions(4, (0.7, 0.5)), Some(Relation::Partial)),
        ("most of one shared", editions(4, (0.8, 0.6)), Some(Relation::NearDuplicate)),
        ("less than half shared", editions(4, (0.7, 0.49)), Some(Relation::Excerpt)),
        ("a cut text", cut(different((0.9, 0.1), 20, 20)), Some(Relation::Excerpt)),
        ("background", below(40, true, (0.7, 0.4)), None),
        ("a background of few words", below(40, true, (0.3, 0.4)), None),
        ("below a short lead", below(39, true, (0.3, 0.4)), Some(Relation::Partial)),
        ("in another outlet", below(40, false, (0.7, 0.4)), Some(Relation::Partial)),
        ("a new lead", below(40, true, (0.7, 0.6)), Some(Relation::Partial)),
        ("a new lead, and little else", below(40, true, (0.75, 0.7)), Some(Relation::NearDuplicate)),
        ("a short new lead", below(39, false, (0.7, 0.6)), Some(Relation::NearDuplicate)),
        ("a lead above an excerpt", with_leads((40, 0), (0.7, 0.3)), Some(Relation::Partial)),
        ("a lead above three quarters of it", with_leads((40, 0), (0.75, 0.3)), Some(Relation::Excerpt)),
        ("a lead above the longer article", with_leads((0, 40), (0.7, 0.3)), Some(Relation::Excerpt)),
        ("a lead above one of two versions", with_leads((0, 40), (0.7, 0.6)), Some(Relation::NearDuplicate)),
    ];
    for (name, evidence, expected) in cases {
        assert_eq!(RULE.relation(&evidence), expected, "{name}");
    }
}

#[test]
fn the_relation_of_a_passage() {
    let cases = [
        ("equal", true, 0.2, 0.2, Relation::Exact),
        ("most of the passage", false, 0.6, 0.2, Relation::NearDuplicate),
        ("a part of the passage and little else", false, 0.5, 0.6, Relation::Excerpt),
        ("a part of the passage in other text", false, 0.5, 0.5, Relation::Partial),
    ];
    for (name, is_equal, coverage, article_coverage, expected) in cases {
        let evidence = PassageEvidence { is_equal, coverage, article_coverage };
        assert_eq!(evidence.relation(0.6), expected, "{name}");
    }
}

fn any_score() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..=1.0, prop::sample::select(vec![0.0, SHORT_COPY_COVERAGE, 1.0])]
}

fn any_shared() -> impl Strategy<Value = SharedWords> {
    (0_u32..100, 0_u32..100, 0_u32..100).prop_map(|(speech, one, other)| SharedWords {
        speech,
        narrative: one.max(other),
        counted_narrative: one.min(other),
    })
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    let cores = prop::sample::select(vec![
        Cores::Equal,
        Cores::SameForm,
        Cores::SameSiteForm,
        Cores::OtherSubjects,
        Cores::Different,
    ]);
    let (scores, words) = ((any_score(), any_score()), (0_u32..100, 0_u32..100));
    let place = (any::<bool>(), 0_u32..80);
    (cores, scores, words, any_shared(), 0_u32..8, any::<bool>(), place).prop_map(
        |(cores, scores, (one, other), shared, own_stretches, is_cut, place)| Evidence {
            cores,
            scores,
            joint_coverage: scores.0.max(scores.1),
            are_of_one_length: place.1 % 2 == 0,
            aligned_words: one.max(other),
            longest: one.min(other),
            shared,
            own_stretches,
            is_cut,
            is_one_outlet: place.0,
            is_later: place.1 % 3 == 0,
            own_leads: (place.1, place.1 / 2),
            words_around: Some((place.1, place.1)),
            core_limit: ALWAYS,
        },
    )
}

fn any_rule() -> impl Strategy<Value = JudgeRule> {
    let by = prop::sample::select(vec![Score::Coverage, Score::Resemblance, Score::Containment]);
    (by, 0.001..=1.0, 0_u32..100).prop_map(|(by, threshold, partial_words)| JudgeRule {
        by,
        threshold,
        partial_words,
        within: None,
    })
}

fn is_copy(rule: &JudgeRule, threshold: f64, evidence: &Evidence) -> bool {
    JudgeRule { threshold, ..*rule }.relation(evidence).is_some_and(Relation::is_copy)
}

proptest! {
    #[test]
    fn a_pair_matches_and_is_a_copy_up_to_its_greatest_thresholds(
        rule in any_rule(),
        evidence in any_evidence(),
    ) {
        let limit = rule.copy_threshold(&evidence);
        let (a, b) = evidence.scores;
        for threshold in [rule.threshold, limit, limit.next_up(), a, b, 1.0] {
            if threshold > 0.0 && threshold <= 1.0 {
                prop_assert_eq!(is_copy(&rule, threshold, &evidence), threshold <= limit, "at {}", threshold);
                let relation = JudgeRule { threshold, ..rule }.relation(&evidence);
                let is_reuse = relation.is_some_and(|relation| relation != Relation::Quote);
                prop_assert_eq!(is_reuse, threshold <= rule.reuse_threshold(&evidence), "at {}", threshold);
            }
        }
    }

    /// This allows a pair to be rejected by upper bounds of its evidence, without a look at direct speech or at what
    /// only one article has.
    #[test]
    fn more_evidence_never_ends_a_match(
        rule in any_rule(),
        evidence in any_evidence(),
        more in (0.0..1.0, 0.0..1.0, 0_u32..100, 0_u32..100),
    ) {
        let more = Evidence {
            cores: if evidence.cores.are_form() { Cores::Different } else { evidence.cores },
            scores: (evidence.scores.0 + more.0, evidence.scores.1 + more.1),
            joint_coverage: evidence.joint_coverage + f64::max(more.0, more.1),
            longest: evidence.longest + more.2,
            shared: SharedWords {
                speech: 0,
                narrative: evidence.shared.narrative + more.3,
                counted_narrative: evidence.shared.counted_narrative + more.3,
            },
            ..Evidence::GREATEST
        };
        prop_assert!(rule.relation(&evidence).is_none() || rule.relation(&more).is_some());
    }
}
