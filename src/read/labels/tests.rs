//! Tests of reading labels as a whole.

use super::*;
use crate::read::input::Input;

fn read(name: &str, text: &str, fields: &LabelFields) -> Result<Vec<String>, String> {
    let input = Input::reader(name, std::io::Cursor::new(text.as_bytes().to_vec()));
    let rows = read_labels(input, fields).map_err(|error| error.to_string())?;
    Ok(rows.into_iter().map(|(location, row)| format!("{} {row:?}", location.line)).collect())
}

fn pair(line: u64, a: &str, b: &str, grade: Option<f64>, kind: Option<&str>) -> String {
    let keys = [a.to_owned(), b.to_owned()];
    let (kind, locations) = (kind.map(str::to_owned), [None, None]);
    format!("{line} {:?}", LabelRow::Pair { keys, grade, score: None, kind, locations })
}

fn article(line: u64, key: &str, groups: &[&str]) -> String {
    let groups = groups.iter().map(ToString::to_string).collect();
    format!("{line} {:?}", LabelRow::Article { key: key.to_owned(), groups, kind: None })
}

#[test]
fn reads_every_form_of_label() {
    let group = |line: u64, keys: &[&str]| {
        format!("{line} {:?}", LabelRow::Group(keys.iter().map(ToString::to_string).collect()))
    };
    let cases = [
        (
            "pairs",
            "id_a\tid_b\tlabel\tkind\nx\ty\t2\tS\nx\tz\t\t\n",
            vec![pair(2, "x", "y", Some(2.0), Some("S")), pair(3, "x", "z", None, None)],
        ),
        ("commas", "a,b,label\n\"x, y\",z,0\n", vec![pair(2, "x, y", "z", Some(0.0), None)]),
        ("semicolons", "a;b;label\nx;y;No\n", vec![pair(2, "x", "y", Some(0.0), None)]),
        ("a named delimiter", "sep=;\na;b;label\nx;y;yes\n", vec![pair(3, "x", "y", Some(1.0), None)]),
        ("numbered keys", "id1|id2|match\nx|y|TRUE\n", vec![pair(2, "x", "y", Some(1.0), None)]),
        ("words", "a,b,label\nx,y,dup\n", vec![pair(2, "x", "y", Some(1.0), None)]),
        (
            "objects",
            "{\"a\":\"x\",\"b\":7,\"label\":true}\n\n{\"a\":\"x\",\"b\":\"z\"}\n",
            vec![pair(1, "x", "7", Some(1.0), None), pair(3, "x", "z", None, None)],
        ),
        (
            "records",
            "[{\"id\":\"x\",\n\"text\":\"a\",\"cluster\":5},\n{\"id\":\"y\",\"stories\":[1,\"b\"]}]",
            vec![article(1, "x", &["5"]), article(3, "y", &["1", "b"])],
        ),
        (
            "a table of groups",
            "key,cluster\nx,1\ny,\"[\"\"1\"\", 2]\"\nz,\n",
            vec![article(2, "x", &["1"]), article(3, "y", &["1", "2"]), article(4, "z", &[])],
        ),
        (
            "members",
            "{\"cluster\":\"c\",\"members\":[\"x\",\"y\"]}\n{\"members\":[{\"key\":\"z\"}]}",
            vec![group(1, &["x", "y"]), group(2, &["z"])],
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(read(name, text, &LabelFields::default()), Ok(expected), "{name}");
    }
}

#[test]
fn reads_scores_of_pairs() {
    for (text, expected) in [
        ("a,b,score\nx,y,87.5\n", "score: Some(87.5)"),
        ("{\"a\":\"x\",\"b\":\"y\",\"similarity\":0.5}", "score: Some(0.5)"),
        ("a,b,score\nx,y,\n", "score: None"),
        ("a,b,score\nx,y,nan\n", "score: None"),
        ("a,b,score\nx,y,high\n", "score: None"),
    ] {
        let rows = read("l", text, &LabelFields::default()).unwrap();
        assert!(rows[0].contains(expected), "{text}: {rows:?}");
    }
}

#[test]
fn uses_the_fields_that_are_named() {
    let fields =
        LabelFields { key: Some("doc".into()), label: Some("coder".into()), kind: Some("how".into()) };
    assert_eq!(read("l", "id,doc,coder\n1,x,c\n", &fields), Ok(vec![article(2, "x", &["c"])]));
    assert_eq!(
        read("l", "a,b,label,coder\nx,y,0,1\n", &fields),
        Ok(vec![pair(2, "x", "y", Some(1.0), None)])
    );
    let kind = Some("cut".to_owned());
    let row = LabelRow::Article { key: "x".to_owned(), groups: vec!["c".to_owned()], kind };
    assert_eq!(read("l", "doc,coder,how,kind\nx,c,cut,other\n", &fields), Ok(vec![format!("2 {row:?}")]));
}

#[test]
fn explains_what_is_wrong() {
    let cases = [
        (
            "{\"a\":\"x\",\"b\":\"y\",\"label\":\"maybe\"}",
            "l:1: field \"label\" is \"maybe\", expected a number, yes or no, true or false, copy or different",
        ),
        ("{\"a\":null,\"b\":\"y\"}", "l:1: field \"a\" is empty, expected a key"),
        ("\n[1]", "l:2: expected an object, found a number"),
        ("{\"a\":\n!}", "l:2: not valid JSON: expected value at column 1"),
        ("{\"a\":[],\"b\":7}", "l:1: field \"a\" is an array, expected a key"),
        ("{\"members\":5}", "l:1: field \"members\" is a number, expected a list of keys"),
        (
            "{\"key\":\"x\",\"cluster\":{}}",
            "l:1: field \"cluster\" is an object, expected a group or a list of groups",
        ),
        (
            "{\"a\":1,\"b\":2,\"label\":[]}",
            "l:1: field \"label\" is an array, expected a number, yes or no, true or false, copy or different",
        ),
        (
            "name,text\nx,y\n",
            "l:2: no label: found \"name\", \"text\"; rename them: a, b and label for pairs, key and cluster for articles, or members for groups",
        ),
        ("id,topic\nx,y\n", "l:2: no label: found \"id\", \"topic\"; name the field that holds the label"),
        (
            "doc,cluster\nx,y\n",
            "l:2: no label: found \"doc\", \"cluster\"; name the field that holds the key",
        ),
        ("{\0\"\0a\0\"\0:\0", "l: is UTF-16LE, expected UTF-8; convert it to UTF-8 first"),
    ];
    for (text, expected) in cases {
        assert_eq!(read("l", text, &LabelFields::default()), Err(expected.to_owned()));
    }
}
