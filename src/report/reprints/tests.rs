use super::*;
use crate::article::Article;
use crate::detect::{find_copies, find_copies_in_files};
use crate::settings::Settings;

/// A story of 45 words.
const FERRY: &str = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, and \
    four hundred passengers slept in the gymnasium of the school, where volunteers of the town cooked soup for \
    everyone until the small replacement boat arrived.";
const BRIDGE: &str = "Workers closed the old bridge of Marrow on Friday because three of its cables had rusted through \
    under the paint, and engineers from two universities will now measure every single one of them before the council \
    decides whether buses may return in the spring.";
const MILL: &str = "Nobody bid for the paper mill at Tarn when it was auctioned for the third time on Thursday, so the \
    bank that owns it will tear down the tall chimney, sell the turbines to a museum, and give the meadow by the \
    river to the village.";

const OWN: &str = "Our own archive of photographs is open again from next week, after the water damage of last winter, \
    and readers who lent us their albums can collect them in the hall on the first floor between nine and noon, or \
    leave them here for the exhibition.";

fn article(key: &str, site: Option<&str>, published: Option<&str>, text: String) -> Article<'static> {
    Article {
        site: site.map(str::to_owned),
        published: published.map(str::to_owned),
        title: Some(format!("Title of {key}")),
        ..Article::new(key, text)
    }
}

/// Returns articles of four stories: one of an agency, one that another outlet names as its source, one for which only
/// days are known, and one of a single outlet.
fn articles() -> Vec<Article<'static>> {
    let at = |hour: u32| Some(format!("2031-01-05T{hour:02}:00:00Z"));
    let day = Some("2031-01-06".to_owned());
    let of = |key, site, published: &Option<String>, text: String| {
        article(key, Some(site), published.as_deref(), text)
    };
    vec![
        of("agency", "afp.com", &at(8), FERRY.to_owned()),
        of("credited", "herald.example", &at(10), format!("LUND (AFP) - {FERRY}")),
        of("uncredited", "www.herald2.example", &at(14), FERRY.to_owned()),
        of("phone", "m.herald2.example", &at(15), FERRY.to_owned()),
        of("owner", "marrowpost.example", &at(11), BRIDGE.to_owned()),
        of("naming", "herald.example", &at(9), format!("{BRIDGE}\n\nSource: Marrow Post")),
        of("one", "tarn.example", &day, MILL.to_owned()),
        of("other", "herald.example", &day, MILL.to_owned()),
        of("morning", "solo.example", &at(7), OWN.to_owned()),
        of("evening", "solo.example", &at(19), OWN.to_owned()),
        article("nowhere", None, None, "Rain.".to_owned()),
    ]
}

#[test]
fn says_who_reprints_whom() {
    let findings = find_copies(articles(), Settings::default()).unwrap();
    let report = findings.reprint_report();
    let counts = &report.counts;
    assert_eq!((counts.stories, counts.other_stories, counts.agency_stories), (3, 1, 1));
    assert_eq!((counts.reprints, counts.credited_reprints), (4, 2));
    assert_eq!((counts.articles, counts.articles_in_stories), (11, 8));
    assert_eq!((counts.articles_without_site, counts.articles_without_date, counts.sites), (1, 1, 6));

    let stories: Vec<_> = report
        .stories
        .iter()
        .map(|story| {
            (story.title.unwrap(), story.sites, story.credited_sites, story.uncredited_sites, story.articles)
        })
        .collect();
    assert_eq!(
        stories,
        [("Title of agency", 3, 1, 1, 4), ("Title of owner", 2, 1, 0, 2), ("Title of one", 2, 0, 1, 2)]
    );
    // Of two reprints, after two and after six hours.
    assert_eq!(report.stories[0].median_lag_hours, Some(4.0));
    assert_eq!(report.stories[0].agency, Some("AFP"));

    let pairs: Vec<_> = report
        .site_pairs
        .iter()
        .map(|pair| {
            let SitePairRecord { stories, agency_stories, credited_stories, .. } = *pair;
            let counts = (stories, agency_stories, credited_stories);
            (pair.earlier_site, pair.later_site, pair.order_known, counts, pair.median_lag_hours)
        })
        .collect();
    assert_eq!(
        pairs,
        [
            ("afp.com", "herald.example", true, (1, 0, 1), Some(2.0)),
            ("afp.com", "herald2.example", true, (1, 0, 0), Some(6.0)),
            // Its date is earlier, but it names its source.
            ("marrowpost.example", "herald.example", true, (1, 0, 1), None),
            // Days do not show who was first.
            ("herald.example", "tarn.example", false, (1, 0, 0), None),
        ]
    );

    let sites: Vec<_> = report
        .sites
        .iter()
        .map(|site| {
            (
                site.site,
                site.articles,
                site.stories,
                site.first_stories,
                site.later_stories,
                site.credited_stories,
            )
        })
        .collect();
    assert_eq!(
        sites,
        [
            ("herald.example", 3, 3, 0, 2, 2),
            ("afp.com", 1, 1, 1, 0, 0),
            ("herald2.example", 2, 1, 0, 1, 0),
            ("marrowpost.example", 1, 1, 1, 0, 0),
            ("tarn.example", 1, 1, 0, 0, 0),
        ]
    );

    let agencies: Vec<_> = report
        .agencies
        .iter()
        .map(|row| (row.agency, row.site, row.credited_stories, row.uncredited_stories))
        .collect();
    assert_eq!(agencies, [("AFP", "herald.example", 1, 0), ("AFP", "herald2.example", 0, 1)]);
}

#[test]
fn an_outlet_with_an_earlier_date_is_not_later_than_a_source_that_others_name() {
    let mut articles = articles();
    articles.push(article("early", Some("early.example"), Some("2031-01-05T07:00:00Z"), BRIDGE.to_owned()));
    articles.push(article("undated", Some("undated.example"), None, BRIDGE.to_owned()));
    let findings = find_copies(articles, Settings::default()).unwrap();
    let report = findings.reprint_report();
    let order = |one: &str, other: &str| {
        let is_pair = |pair: &&SitePairRecord<'_>| (pair.earlier_site, pair.later_site) == (one, other);
        report.site_pairs.iter().find(is_pair).map(|pair| pair.order_known)
    };
    assert_eq!(order("early.example", "marrowpost.example"), Some(true));
    assert_eq!(order("marrowpost.example", "herald.example"), Some(true));
    assert_eq!(order("marrowpost.example", "undated.example"), Some(true));
}

#[test]
fn stories_of_few_outlets_are_left_out() {
    let findings = find_copies(articles(), Settings::default()).unwrap();
    let mut report = ReprintReport::new(findings.corpus(), findings.clusters(), 3);
    assert_eq!((report.stories.len(), report.counts.other_stories), (1, 3));
    // Nobody reprints himself.
    assert_eq!(ReprintReport::new(findings.corpus(), findings.clusters(), 0).stories.len(), 3);
    report.truncate(1);
    assert_eq!((report.sites.len(), report.site_pairs.len(), report.counts.stories), (1, 1, 1));
}

#[test]
fn tables_agree_with_each_other() {
    let findings = find_copies_in_files(["fixtures/articles.jsonl"], Settings::default()).unwrap();
    let report = findings.reprint_report();
    let counts = &report.counts;
    assert!(counts.stories > 10);
    let printings: usize = report.stories.iter().map(|story| story.sites).sum();
    assert_eq!(report.sites.iter().map(|site| site.stories).sum::<usize>(), printings);
    let reprints = report.stories.iter().map(|story| story.credited_sites + story.uncredited_sites);
    assert_eq!(reprints.sum::<usize>(), counts.reprints);
    for site in &report.sites {
        assert!(site.articles_in_stories <= site.articles, "{site:?}");
        assert!(site.first_stories + site.later_stories <= site.stories, "{site:?}");
        assert_eq!(site.credited_stories + site.uncredited_stories, site.later_stories, "{site:?}");
    }
    for pair in &report.site_pairs {
        assert!(pair.agency_stories.max(pair.credited_stories) <= pair.stories, "{pair:?}");
        assert_ne!(pair.earlier_site, pair.later_site);
    }
}
