//! Checks that the clusters of a component do not depend on how many stars are built ahead.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Articles are made of stories; chains of articles with a common story make large components. Letters of one outlet
    /// begin with one frame, and make series.
    #[test]
    fn clusters_are_the_same_however_many_stars_are_built_ahead(
        articles in prop::collection::vec((prop::collection::vec(0_usize..9, 1..4), 1_u32..59, any::<bool>()), 2..24),
    ) {
        let stories: Vec<String> = (0..9).map(|number| story(&format!("s{}x", char::from(b'a' + number)), 45)).collect();
        let rows: Vec<(String, String, u32, String)> = (0..)
            .zip(&articles)
            .map(|(number, (parts, day, is_letter))| {
                let text: String = parts.iter().map(|&part| stories[part].as_str()).collect();
                let key = format!("k{number:02}");
                match is_letter {
                    true => (key, "letters".to_owned(), *day, story("f", 60) + &text),
                    false => (key, format!("site{number}"), *day, text),
                }
            })
            .collect();
        let rows: Vec<Row<'_>> =
            rows.iter().map(|(key, site, day, text)| (key.as_str(), site.as_str(), *day, text.clone())).collect();
        let corpus = corpus(&rows);
        let identical = IdenticalArticles::new(&corpus, None);
        let mut verifier = Verifier::new(&corpus, ALIGN, JUDGE);
        let matches: Vec<Match> =
            pairs(&corpus, &identical).iter().filter_map(|&(a, b)| verifier.verify(a, b)).collect();
        let component = Component::new(ComponentMatches::Unpacked(matches.iter().collect()));
        let preference = Preference::default();
        let built = |ahead: usize| {
            let mut builder = StarBuilder::new(&corpus, &identical, verifier.clone(), RULE, &preference);
            let clusters = builder.clusters_building_ahead(&component, ahead);
            (format!("{clusters:?}"), builder.same_clusters())
        };
        let (one_by_one, same_clusters) = built(1);
        for ahead in [2, 5, 64] {
            let (clusters, same_clusters_ahead) = built(ahead);
            prop_assert_eq!(&clusters, &one_by_one, "{} ahead", ahead);
            // Stars that were built in vain narrow the range, too.
            prop_assert_eq!(same_clusters_ahead.intersection(same_clusters), same_clusters_ahead);
        }
    }
}
