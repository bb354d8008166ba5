//! Tests of the summaries of inputs: they cover all bytes, whatever the input contains.

use std::collections::BTreeMap;

use super::*;

#[test]
fn summarizes_inputs() {
    let content = b"id,text\r\n1,a\r\n2,b";
    let inputs =
        vec![Input::reader("a.csv.gz", io::Cursor::new(gzip(content))), Input::reader("-", "".as_bytes())];
    let (shown, sources) = read(inputs, &ReadOptions::default(), Sizes::DEFAULT);
    assert_eq!(shown, ["a.csv.gz:2 1=a", "a.csv.gz:3 2=b"]);
    let csv = SourceSummary {
        name: "a.csv.gz".into(),
        bytes: content.len() as u64,
        hash: xxhash_rust::xxh3::xxh3_64(content),
        records: 2,
        format: Format::Csv,
        compression: Compression::Gzip,
        delimiter: Some(b','),
        header: Some(b"id,text".to_vec()),
        header_end: Some(7),
        encoding: None,
        replaced: 0,
        encodings: BTreeMap::new(),
        left_out: Vec::new(),
        skipped: None,
    };
    assert_eq!(sources[0], csv);
    assert_eq!((sources[1].records, sources[1].format), (0, Format::JsonLines));
}

#[test]
fn summarizes_inputs_without_records() {
    let long = [b"id,text\n".as_slice(), &[b'x'; 200]].concat();
    let cases: [(&str, &[u8]); 5] = [
        ("a.txt", b"no\0text, but a file of some length, which is read to its end"),
        ("b.txt", b"\xff\xfea\0b\0c\0d\0e\0f\0g\0h\0"),
        ("c.csv", b"id,title\n1,\"a\nb\"\n2,c\n"),
        ("d.csv", b"id,a header of many words indeed,text\n1,a\n2,b\n"),
        ("e.txt", &long),
    ];
    let options = ReadOptions { max_record: 30, ..ReadOptions::default() };
    for batch in [7, Sizes::DEFAULT.batch] {
        for block in [1, 5, Sizes::DEFAULT.block] {
            let all =
                cases.iter().map(|&(name, content)| Input::reader(name, io::Cursor::new(content.to_vec())));
            let (shown, sources) =
                read(all.collect(), &options, Sizes { batch, block, head: Sizes::DEFAULT.head });
            let errors = shown.iter().filter(|line| line.starts_with("! "));
            assert_eq!((errors.count(), shown.len()), (cases.len(), cases.len()), "{shown:?}");
            for ((name, content), source) in cases.iter().zip(&sources) {
                let read = (source.name.as_str(), source.bytes, source.hash);
                assert_eq!(read, (*name, content.len() as u64, xxhash_rust::xxh3::xxh3_64(content)));
            }
        }
    }
}
