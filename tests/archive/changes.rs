//! Articles that are revised, removed or expire are no evidence any more; readers and other writers are not disturbed.

use std::collections::BTreeSet;
use std::process::Command;

use wirecopy::archive::{Archive, EventKind, Purpose};
use wirecopy::{Article, Detector, Error, Settings};

use crate::{add, article, new_archive, stories, story_ids};

/// Returns the events that are not about new stories.
fn events(archive: &Archive) -> Vec<EventKind> {
    let events = archive.snapshot().events().unwrap().into_iter().map(|event| event.what);
    events.filter(|event| !matches!(event, EventKind::Assigned { .. })).collect()
}

fn key(key: &str) -> String {
    key.to_owned()
}

#[test]
fn a_revised_article_takes_the_place_of_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    add(&archive, &[article("a", &[1, 2]), article("b", &[1, 2, 3])], 1);
    let before = story_ids(&archive);
    assert_eq!(before["a"].len(), 1);
    // A correction: the same story, under the same id.
    let (changed, found) = add(&archive, &[article("b", &[1, 2, 4])], 2);
    assert_eq!((changed.added, changed.same, changed.revised), (0, 0, 1));
    assert_eq!(stories(&found).into_keys().collect::<Vec<_>>(), before["a"]);
    assert_eq!(story_ids(&archive), before);
    assert_eq!(events(&archive), [EventKind::Revised { key: key("b") }]);
    // What the old text said is no evidence.
    let (_, found) = add(&archive, &[article("c", &[3])], 3);
    assert!(found.clusters().is_empty());
    // Another text at the same address.
    let (changed, found) = add(&archive, &[article("b", &[7, 8])], 4);
    assert_eq!((changed.revised, found.clusters().len()), (1, 0));
    assert_eq!(story_ids(&archive).into_values().flatten().count(), 0);
    assert!(matches!(events(&archive)[2], EventKind::Ended { .. }), "{:?}", events(&archive));
    assert_eq!(archive.snapshot().len(), 3);
}

#[test]
fn the_last_one_counts_if_a_batch_has_a_key_twice() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let batch = [article("a", &[1]), article("b", &[2]), article("a", &[3])];
    let (changed, _) = add(&archive, &batch, 1);
    assert_eq!((changed.added, archive.snapshot().len()), (2, 2));
    let found = |paragraph: u32| add(&archive, &[article("c", &[paragraph])], 2).1.clusters().len();
    assert_eq!((found(1), found(3)), (0, 1));
    let (changed, _) = add(&archive, &batch, 3);
    assert_eq!((changed.added, changed.same, changed.revised), (0, 2, 0));
}

#[test]
fn removed_articles_are_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    add(&archive, &[article("a", &[1]), article("b", &[1]), article("c", &[2])], 1);
    let removed = archive.write().unwrap().remove(&["b", "c", "b", "nobody"], 2).unwrap();
    assert_eq!((removed, archive.snapshot().len()), (2, 1));
    let shown = events(&archive);
    assert!(
        shown.contains(&EventKind::Removed { key: key("b") })
            && shown.contains(&EventKind::Removed { key: key("c") })
    );
    assert!(matches!(shown[2], EventKind::Ended { .. }));
    assert_eq!(archive.write().unwrap().remove(&["b"], 2).unwrap(), 0);
    assert_eq!(events(&archive), shown);
    let (_, found) = add(&archive, &[article("d", &[2])], 3);
    assert!(found.clusters().is_empty());
    // It can come back.
    let (changed, found) = add(&archive, &[article("b", &[1])], 4);
    assert_eq!((changed.added, found.clusters().len()), (1, 1));
}

#[test]
fn batches_expire_by_the_time_at_which_they_were_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    for day in 1..=3 {
        add(
            &archive,
            &[article(&format!("a{day}"), &[1, 2]), article(&format!("b{day}"), &[10 + day as u32])],
            day,
        );
    }
    let ids: BTreeSet<_> = story_ids(&archive).into_values().flatten().collect();
    assert_eq!(ids.len(), 1);
    // An article that comes again stays in the batch in which it was first.
    add(&archive, &[article("a1", &[1, 2])], 4);
    let expire = |before| archive.write().unwrap().expire(before, 9).unwrap();
    assert_eq!((expire(1), archive.snapshot().len()), (0, 6));
    assert_eq!((expire(2), archive.snapshot().len()), (2, 4));
    assert_eq!((expire(2), archive.snapshot().len()), (0, 4));
    let logged = events(&archive);
    assert_eq!(logged[0], EventKind::Expired { before: 2, articles: 2 });
    assert!(
        matches!(&logged[1..], [EventKind::RepresentativeChanged { story_id, representative }]
            if ids.contains(&story_id.to_string()) && representative == "a2"),
        "{logged:?}"
    );
    let left: BTreeSet<_> = story_ids(&archive).into_values().flatten().collect();
    assert_eq!(left, ids);
    assert_eq!((expire(100), archive.snapshot().len()), (4, 0));
    assert!(matches!(events(&archive)[3], EventKind::Ended { .. }));
    archive.snapshot().check().unwrap();
    archive.write().unwrap().compact(Settings::default(), 9, &()).unwrap();
    // The story comes back, and is another one.
    add(&archive, &[article("a1", &[1, 2]), article("a2", &[1, 2])], 10);
    let again: BTreeSet<_> = story_ids(&archive).into_values().flatten().collect();
    assert_eq!(again.len(), 1);
    assert!(again.is_disjoint(&ids));
}

#[test]
fn a_second_writer_gets_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let archive = new_archive(&path);
    let writer = archive.write().unwrap();
    for other in [archive.clone(), Archive::open(&path).unwrap()] {
        let error = other.write().unwrap_err().to_string();
        assert!(
            error.ends_with("is being changed by another process; run again when that has ended"),
            "{error}"
        );
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    let output = command.args(["archive", "expire", "--older-than", "1d"]).arg(&path).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("is being changed by another process; "), "{error}");
    drop(writer);
    archive.write().unwrap();
}

#[test]
fn a_snapshot_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let archive = new_archive(&path);
    let reader = Archive::open(&path).unwrap();
    add(&archive, &[article("a", &[1]), article("b", &[1])], 1);
    assert_eq!(reader.snapshot().len(), 0);
    let before = reader.refresh().unwrap();
    let shown = story_ids(&reader);
    for day in 2..12 {
        add(&archive, &[article(&format!("day{day}"), &[1, day as u32])], day);
    }
    archive.write().unwrap().remove(&["a", "b"], 20).unwrap();
    archive.write().unwrap().compact(Settings::default(), 20, &()).unwrap();
    assert_eq!((before.len(), story_ids(&reader)), (2, shown));
    assert_eq!(before.stories(Settings::default(), &()).unwrap().clusters().len(), 1);
    assert_eq!(reader.refresh().unwrap().len(), 10);
}

#[test]
fn readers_see_whole_batches_while_a_writer_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let archive = new_archive(&path);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for day in 1..20 {
                add(&archive, &[article(&format!("a{day}"), &[1]), article(&format!("b{day}"), &[2])], day);
            }
        });
        while !writer.is_finished() {
            let snapshot = Archive::open(&path).unwrap().snapshot();
            let mut articles = 0;
            let count = |_: &wirecopy::archive::ArchivedArticle<'_>| {
                articles += 1;
                Ok::<(), Error>(())
            };
            snapshot.for_each_article(count).unwrap();
            assert_eq!((articles % 2, articles), (0, snapshot.len()));
        }
    });
    assert_eq!(archive.refresh().unwrap().len(), 38);
}

#[test]
fn texts_are_kept_if_asked_for() {
    for keeps in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(&folder.path().join("archive"), &Settings::default(), keeps).unwrap();
        let mut detector = Detector::new(Settings::with(|settings| settings.keep_texts = true)).unwrap();
        let text = "The ferry to Lund stopped on Monday \u{2014} after its engine failed in the storm.";
        detector.add(Article::new("ferry", text)).unwrap();
        let mut writer = archive.write().unwrap();
        let (findings, plan) = writer.find(detector, Purpose::Stories, 1, &()).unwrap();
        writer.remember(&findings, &plan, &BTreeSet::new()).unwrap();
        let settings = Settings::with(|settings| settings.keep_texts = keeps);
        writer.compact(settings, 2, &()).unwrap();
        let kept = keeps.then_some(text);
        let visit = |article: &wirecopy::archive::ArchivedArticle<'_>| {
            assert_eq!((article.key, article.text, article.words), ("ferry", kept, 14));
            Ok::<(), Error>(())
        };
        archive.snapshot().for_each_article(visit).unwrap();
        assert_eq!((archive.snapshot().keeps_texts(), archive.snapshot().len()), (keeps, 1));
    }
}

#[test]
fn other_settings_are_refused_with_both_values() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let other = Settings::with(|settings| settings.threshold = 0.75);
    let detector = || Detector::new(other.clone()).unwrap();
    let mut writer = archive.write().unwrap();
    let errors = [
        writer.find(detector(), Purpose::Stories, 1, &()).unwrap_err(),
        archive.snapshot().find(detector(), &()).unwrap_err(),
        archive.snapshot().stories(other.clone(), &()).unwrap_err(),
        writer.compact(other.clone(), 1, &()).unwrap_err(),
    ];
    for error in errors {
        let error = error.to_string();
        assert!(error.contains("was created with threshold 0.6, and this run asks for 0.75"), "{error}");
    }
}

/// A template of a site is on two pages of the first days, which is no reason to mask it, and on more pages of the third.
#[test]
fn a_template_that_shows_itself_later_is_masked_in_old_articles() {
    let page = |number: u32| {
        let mut page =
            article(&format!("page{number}"), &[100 + 3 * number, 101 + 3 * number, 102 + 3 * number, 1, 2]);
        page.site = Some("gazette.example".to_owned());
        page
    };
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    add(&archive, &[page(1)], 1);
    add(&archive, &[page(2)], 2);
    let reprint = article("reprint", &[103, 104, 105]);
    let third: Vec<Article<'static>> = (3..15).map(page).chain([reprint]).collect();
    let (_, found) = add(&archive, &third, 3);
    let stories: Vec<_> = stories(&found).into_values().collect();
    assert_eq!(stories, [BTreeSet::from([key("page1"), key("reprint")])]);
    // Pages of later days are masked by what earlier ones show.
    let (_, found) = add(&archive, &[page(20)], 4);
    assert!(found.clusters().is_empty());
    archive.write().unwrap().compact(Settings::default(), 5, &()).unwrap();
    assert_eq!(archive.snapshot().info().stories, 1);
}
