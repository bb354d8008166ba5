//! An archive remembers the templates that it was given: it says what one run with all of them says.

use proptest::prelude::*;
use wirecopy::archive::Archive;
use wirecopy::boilerplate::{Template, Templates};
use wirecopy::{Article, Detector, Settings, find_copies};

use crate::{add, add_with, clusters, new_archive, text};

/// Returns the settings of a run with templates.
fn settings(templates: Templates) -> Settings {
    Settings::with(|settings| settings.templates = templates)
}

/// Returns the templates that are these paragraphs of these sites.
fn templates(of_sites: &[(u32, u32)], file: &str) -> Templates {
    Templates::new(of_sites.iter().map(|&(site, paragraph)| Template {
        site: format!("site{site}.example"),
        text: text(&[paragraph]),
        file: file.to_owned(),
    }))
}

/// Returns articles with these sites and paragraphs.
fn articles(of_sites: &[(u32, Vec<u32>)]) -> Vec<Article<'static>> {
    let article = |(number, (site, paragraphs)): (usize, &(u32, Vec<u32>))| {
        let mut article = crate::article(&number.to_string(), paragraphs);
        article.site = Some(format!("site{site}.example"));
        article
    };
    of_sites.iter().enumerate().map(article).collect()
}

/// Returns the templates of an archive: site, file and time of each.
fn given(archive: &Archive) -> Vec<(String, String, i64)> {
    let snapshot = archive.snapshot();
    let given = snapshot.given_templates().iter();
    given.map(|given| (given.template.site.clone(), given.template.file.clone(), given.seen)).collect()
}

fn row(site: u32, file: &str, seen: i64) -> (String, String, i64) {
    (format!("site{site}.example"), file.to_owned(), seen)
}

proptest! {
    // Each case writes an archive.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The templates are given in two files, each with a batch of its own.
    #[test]
    fn an_archive_says_what_one_run_with_all_templates_says(
        of_sites in prop::collection::vec((0_u32..3, prop::collection::vec(0_u32..6, 1..4)), 4..14),
        first in prop::collection::vec((0_u32..3, 0_u32..6), 1..4),
        second in prop::collection::vec((0_u32..3, 0_u32..6), 1..4),
        size in 1_usize..5,
        given_with in (0_usize..14, 0_usize..14),
    ) {
        let all = articles(&of_sites);
        let files = [templates(&first, "first"), templates(&second, "second")];
        let settings_of_all = settings(files[0].with(&files[1]));
        let whole = find_copies(all.clone(), settings_of_all.clone()).unwrap();

        let folder = tempfile::tempdir().unwrap();
        let archive = new_archive(&folder.path().join("archive"));
        let batches: Vec<&[Article<'static>]> = all.chunks(size).collect();
        let batch_of = |index: usize| index % batches.len();
        for (index, batch) in batches.iter().enumerate() {
            for (file, with) in files.iter().zip([given_with.0, given_with.1]) {
                if batch_of(with) == index {
                    // Without an article, templates are remembered, too.
                    add_with(&archive, &[], settings(file.clone()), index as i64);
                }
            }
            let all_given = batch_of(given_with.0).max(batch_of(given_with.1)) <= index;
            let (_, found) = add(&archive, batch, index as i64);
            if all_given && batches.len() == 1 {
                prop_assert_eq!(clusters(&found), clusters(&whole));
            }
        }
        let before = archive.snapshot().stories(Settings::default(), &()).unwrap();
        prop_assert_eq!(clusters(&before), clusters(&whole));
        archive.write().unwrap().compact(Settings::default(), 100, &()).unwrap();
        archive.snapshot().check().unwrap();
        let after = archive.snapshot().stories(Settings::default(), &()).unwrap();
        prop_assert_eq!(clusters(&after), clusters(&whole));

        // A look-up masks by them, too, also in an archive that is opened again: as one that is given all of them. Both
        // archives know of all their articles what sites repeat. The new article is mostly its own, since masks of which most
        // of a new article consists are doubted, whether they are of a template or not.
        let bare = new_archive(&folder.path().join("bare"));
        for (index, batch) in batches.iter().enumerate() {
            add(&bare, batch, index as i64);
        }
        bare.write().unwrap().compact(Settings::default(), 100, &()).unwrap();
        let look_up = |archive: &Archive, settings: Settings| {
            let mut detector = Detector::new(settings).unwrap();
            let paragraphs = [of_sites[0].1.as_slice(), &[90, 91, 92, 93]].concat();
            detector.add(Article::new("new", text(&paragraphs))).unwrap();
            clusters(&archive.snapshot().find(detector, &()).unwrap())
        };
        let again = Archive::open(archive.snapshot().path()).unwrap();
        prop_assert_eq!(look_up(&again, Settings::default()), look_up(&bare, settings_of_all));
    }
}

#[test]
fn templates_that_are_given_again_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let all = articles(&[(0, vec![1, 2]), (1, vec![1, 3])]);
    let (changed, _) = add_with(&archive, &all, settings(templates(&[(0, 1), (1, 1)], "old")), 5);
    assert_eq!((changed.added, changed.new_templates), (2, 2));
    assert_eq!(given(&archive), [row(0, "old", 5), row(1, "old", 5)]);
    let info = archive.snapshot().info();
    assert_eq!(info.templates, 2);
    assert!(info.bytes.templates > 0);

    let file = |archive: &Archive| std::fs::read(archive.snapshot().path().join("manifest")).unwrap();
    let before = file(&archive);
    let (changed, _) = add_with(&archive, &all, settings(templates(&[(1, 1)], "new")), 6);
    assert_eq!((changed.same, changed.new_templates), (2, 0));
    assert_eq!(file(&archive), before);

    // Others are added. What matches only by a template is no copy.
    let (changed, _) = add_with(&archive, &all, settings(templates(&[(1, 1), (0, 2)], "new")), 7);
    assert_eq!((changed.same, changed.new_templates), (2, 1));
    let rows = [row(0, "old", 5), row(1, "old", 5), row(0, "new", 7)];
    assert_eq!(given(&archive), rows);
    archive.write().unwrap().compact(settings(templates(&[(2, 2)], "third")), 8, &()).unwrap();
    assert_eq!(given(&archive), [&rows[..], &[row(2, "third", 8)]].concat());
    assert_eq!(given(&Archive::open(archive.snapshot().path()).unwrap()), given(&archive));
}

#[test]
fn templates_are_removed_by_site_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    // What the two have in common is a template of both sites: no story as long as it is one.
    let all = articles(&[(0, vec![1, 4, 2]), (1, vec![1, 4, 3])]);
    let given_first = [(0, 1), (0, 4), (1, 1), (1, 4)];
    let (_, found) = add_with(&archive, &all, settings(templates(&given_first, "t")), 5);
    assert_eq!(found.clusters().len(), 0);
    let stories = |archive: &Archive| {
        archive.write().unwrap().compact(Settings::default(), 9, &()).unwrap();
        archive.snapshot().info().stories
    };
    assert_eq!(stories(&archive), 0);
    let remove = |of_sites: &[(u32, u32)]| {
        archive.write().unwrap().remove_templates(&templates(of_sites, "u"), 6).unwrap()
    };
    assert_eq!((remove(&[(0, 2), (2, 1)]), given(&archive).len()), (0, 4));
    assert_eq!((remove(&[(0, 1), (0, 4)]), given(&archive)), (2, vec![row(1, "t", 5); 2]));
    assert_eq!((remove(&given_first), given(&archive)), (2, vec![]));
    assert_eq!(archive.snapshot().info().bytes.templates, 0);
    assert_eq!(stories(&archive), 1);
    archive.snapshot().check().unwrap();
}
