//! Checks which article represents a cluster, and why, for articles with sites, dates and credits.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use wirecopy::cluster::{ChoiceReason, Keep, Preference};
use wirecopy::{Article, Detector, Findings, Location, Settings};

const STORY: &str = "The ferry to Lund island stopped on Monday after its second engine failed in the harbor, and four \
    hundred passengers spent the night on board while tugs from two towns tried to reach them through the ice.";

struct Copy {
    key: &'static str,
    site: &'static str,
    published: &'static str,
    text: String,
}

fn copy(key: &'static str, site: &'static str, published: &'static str, text: &str) -> Copy {
    Copy { key, site, published, text: text.to_owned() }
}

fn find(preference: &Preference, copies: &[Copy]) -> Findings {
    let settings = Settings::with(|settings| settings.preference = preference.clone());
    let mut detector = Detector::new(settings).unwrap();
    for (line, copy) in (1..).zip(copies) {
        detector
            .add(Article {
                site: Some(copy.site.to_owned()).filter(|site| !site.is_empty()),
                published: Some(copy.published.to_owned()).filter(|date| !date.is_empty()),
                location: Location { file: "made".into(), line },
                ..Article::new(copy.key, &copy.text)
            })
            .unwrap();
    }
    detector.finish(&()).unwrap()
}

fn chosen(preference: &Preference, copies: &[Copy]) -> (String, ChoiceReason) {
    let findings = find(preference, copies);
    assert_eq!(findings.clusters().len(), 1);
    let cluster = findings.clusters().get(0);
    (findings.corpus().header(cluster.representative).key.to_string(), cluster.why)
}

fn copies() -> Vec<Copy> {
    let longer = format!("{STORY} A spokesman said the ship would be towed to Malin on Tuesday.");
    vec![
        copy("late", "a.example", "2031-02-03", STORY),
        copy("early", "b.example", "2031-02-01", &format!("{STORY}\n(dpa)")),
        copy("longer", "c.example", "2031-02-02", &longer),
        copy("wire", "apnews.com", "2031-02-04", STORY),
        copy("undated", "e.example", "", STORY),
    ]
}

#[test]
fn the_preference_decides_the_representative() {
    let cases: [(Keep, &[&str], &str, ChoiceReason); 7] = [
        (Keep::Earliest, &[], "early", ChoiceReason::EarliestSeen),
        (Keep::LongestCore, &[], "longer", ChoiceReason::LongestCore),
        (Keep::Agency, &[], "wire", ChoiceReason::Agency),
        (Keep::First, &[], "late", ChoiceReason::FirstRead),
        (Keep::Earliest, &["c.example"], "longer", ChoiceReason::PreferredSite),
        (
            Keep::Earliest,
            &["nowhere.example", "E.example", "a.example"],
            "undated",
            ChoiceReason::PreferredSite,
        ),
        (Keep::LongestCore, &["nowhere.example"], "longer", ChoiceReason::LongestCore),
    ];
    for (keep, sites, key, why) in cases {
        let preference = Preference { keep, sites: sites.iter().map(|&site| site.to_owned()).collect() };
        assert_eq!(chosen(&preference, &copies()), (key.to_owned(), why), "{keep:?} {sites:?}");
    }
}

#[test]
fn the_preference_also_decides_among_identical_articles() {
    let same = [
        copy("late", "a.example", "2031-02-03", STORY),
        copy("early", "b.example", "2031-02-01", STORY),
        copy("wire", "apnews.com", "2031-02-04", STORY),
    ];
    let cases: [(Keep, &[&str], &str, ChoiceReason); 4] = [
        (Keep::Earliest, &[], "early", ChoiceReason::EarliestSeen),
        (Keep::Agency, &[], "wire", ChoiceReason::Agency),
        (Keep::First, &[], "late", ChoiceReason::FirstRead),
        (Keep::First, &["b.example"], "early", ChoiceReason::PreferredSite),
    ];
    for (keep, sites, key, why) in cases {
        let preference = Preference { keep, sites: sites.iter().map(|&site| site.to_owned()).collect() };
        assert_eq!(chosen(&preference, &same), (key.to_owned(), why), "{keep:?} {sites:?}");
    }
}

#[test]
fn credits_on_other_sites_show_the_source() {
    let earliest = Preference::default();
    let with = |last: &str| format!("{STORY}\n{last}");
    let cases: [(&str, Vec<Copy>, ChoiceReason); 5] = [
        (
            "an agency that another site credits",
            vec![
                copy("source", "reuters.com", "2031-02-01", STORY),
                copy("other", "a.example", "2031-02-02", &with("(Reuters)")),
            ],
            ChoiceReason::AgencyThatOthersCredit,
        ),
        (
            "an agency that nobody credits",
            vec![
                copy("source", "reuters.com", "2031-02-01", STORY),
                copy("other", "a.example", "2031-02-02", STORY),
            ],
            ChoiceReason::EarliestSeen,
        ),
        (
            "an owner named by another site",
            vec![
                copy("source", "lindtimes.example", "2031-02-01", STORY),
                copy("other", "a.example", "2031-02-02", &with("© 2031 Lind Times")),
            ],
            ChoiceReason::NamedAsSource,
        ),
        (
            "an owner named by the site itself",
            vec![
                copy("source", "lindtimes.example", "2031-02-01", &with("© 2031 Lind Times")),
                copy("other", "a.example", "2031-02-02", STORY),
            ],
            ChoiceReason::EarliestSeen,
        ),
        (
            "the same time: the agency's own site is preferred",
            vec![
                copy("another", "a.example", "2031-02-01", &with("(Reuters)")),
                copy("source", "reuters.com", "2031-02-01", STORY),
            ],
            ChoiceReason::AgencyThatOthersCredit,
        ),
    ];
    for (name, copies, why) in cases {
        assert_eq!(chosen(&earliest, &copies), ("source".to_owned(), why), "{name}");
    }
}
