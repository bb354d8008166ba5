//! Broken and endless input, and unusual files.

use super::*;

#[test]
fn damaged_compressed_input_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lines: String = (0..3000).map(|number| line(&format!("{}", number * 7919 % 10007))).collect();
    let zstd = zstd::encode_all(lines.as_bytes(), 1).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    fs::write(at("cut.zst"), &zstd[..zstd.len() / 2]).unwrap();
    fs::write(at("cut.gz"), &gzip[..gzip.len() / 2]).unwrap();
    fs::write(at("more.zst"), [&zstd, &b"more"[..]].concat()).unwrap();
    fs::write(at("more.gz"), [&gzip, &b"more"[..]].concat()).unwrap();
    let cases = [
        ("cut.zst", "error: cut.zst: zstd data ends too early, after "),
        ("cut.gz", "error: cut.gz: gzip data ends too early, after "),
        ("more.zst", "error: more.zst: zstd data is followed by bytes that are not zstd\n"),
        ("more.gz", "error: more.gz: gzip data is followed by bytes that are not gzip\n"),
    ];
    for (name, message) in cases {
        let (code, stdout, stderr) = run(folder.path(), &["cluster", "--output", "out.jsonl", name]);
        assert!(code == Some(2) && stdout.is_empty() && stderr.starts_with(message), "{name}: {stderr}");
        assert!(!at("out.jsonl").exists(), "{name}");
        let (code, _, stderr) =
            run(folder.path(), &["cluster", "--skip-invalid", "--output", "out.jsonl", name]);
        let warning = message.replace("error", "warning");
        assert!(code == Some(0) && stderr.starts_with(warning.trim_end()), "{name}: {stderr}");
        assert!(
            fs::read_to_string(at("out.jsonl")).unwrap().contains("\"size\":"),
            "{name}: articles before the damage are reported"
        );
        fs::remove_file(at("out.jsonl")).unwrap();
    }
}

/// A line of a gigabyte, in a file of a few kilobytes, read by a process that may not use that much memory.
#[test]
#[cfg(target_os = "linux")]
fn a_decompression_bomb_needs_no_more_memory_than_a_record() {
    const KILOBYTES: u32 = 700_000;
    let folder = tempfile::tempdir().unwrap();
    let megabytes = |count: usize| zstd::encode_all(io::repeat(b'x').take((count as u64) << 20), 1).unwrap();
    let bomb = [
        zstd::encode_all(line("a").as_bytes(), 1).unwrap(),
        megabytes(64).repeat(16),
        zstd::encode_all(format!("\n{}", line("b")).as_bytes(), 1).unwrap(),
    ];
    fs::write(folder.path().join("bomb.jsonl"), bomb.concat()).unwrap();
    let limited = |extra: &str| {
        let program = env!("CARGO_BIN_EXE_wirecopy");
        let script = format!(
            "ulimit -v {KILOBYTES} && exec {program} cluster --threads 1 --max-record 1MiB {extra} bomb.jsonl"
        );
        parts(&Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap())
    };
    let what = "bomb.jsonl:2: the record is longer than 1 MiB; allow for more with --max-record, and with --memory if that is given\n";
    let (code, _, stderr) = limited("");
    assert_eq!((code, stderr), (Some(2), format!("error: {what}")));
    let (code, stdout, stderr) = limited("--skip-invalid");
    assert!(code == Some(0) && stderr.starts_with(&format!("warning: {what}")), "{stderr}");
    assert!(stdout.contains("\"location\":\"bomb.jsonl:3\""), "the record after it is read: {stdout}");
}

#[test]
fn a_million_empty_lines_are_no_records() {
    let folder = tempfile::tempdir().unwrap();
    let empty = "\n".repeat(1_000_000);
    let files = [
        ("a.jsonl", format!("{empty}{}", line("a")), 1_000_001),
        ("a.json", format!("{empty}[{empty}{}]{empty}", line("a")), 2_000_001),
        (
            "a.csv",
            format!("{empty}text\n{empty}{STORY}\n{empty}", STORY = STORY.replace(',', " ")),
            2_000_002,
        ),
    ];
    for (name, content, at) in files {
        fs::write(folder.path().join(name), content).unwrap();
        let inputs = find_inputs(&[folder.path().join(name)]).unwrap();
        let mut reader = Reader::new(inputs, ReadOptions::default());
        let batch = reader.next_batch().unwrap().unwrap();
        assert_eq!((batch.len(), batch.location(0).line), (1, at), "{name}");
        assert!(reader.next_batch().unwrap().is_none(), "{name}");
    }
}

/// Unusual records, each as JSON Lines and as JSON.
#[test]
fn unusual_records_are_read_or_reported() {
    let folder = tempfile::tempdir().unwrap();
    let deep =
        |record: &str| record.replace('~', &format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000)));
    let half_deep = format!("{{\"text\": {}", "{\"a\":".repeat(200_000));
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("nesting", deep("{\"extra\": ~, \"text\": \"a\"}").into(), "a"),
        (
            "nesting in the text",
            deep("{\"text\": ~}").into(),
            "field \"text\" is an array, expected a string",
        ),
        ("nesting without an end", half_deep.into(), "cut off"),
        ("lone surrogates", br#"{"text": "a\ud83d b\ude00"}"#.to_vec(), "a\u{fffd} b\u{fffd}"),
        ("an escaped zero", br#"{"text": "a\u0000b"}"#.to_vec(), "a\0b"),
        ("a zero", b"{\"text\": \"a\0b\"}".to_vec(), "not valid JSON: control character"),
        ("not UTF-8", b"{\"text\": \"caf\xe9\"}".to_vec(), "not valid UTF-8 at byte 14 of the record"),
        ("UTF-16", b"\xff\xfe{\0}\0".to_vec(), "is UTF-16, expected UTF-8; convert it to UTF-8 first"),
        ("a wrong type", br#"{"text": {"a": 1}}"#.to_vec(), "field \"text\" is an object, expected a string"),
        ("members twice", br#"{"text": 7, "text": "a"}"#.to_vec(), "a"),
        ("no object", b"null".to_vec(), "expected an object, found null"),
    ];
    for (name, content, expected) in &cases {
        for file in ["a.jsonl", "a.json"] {
            fs::write(folder.path().join(file), content).unwrap();
            let inputs = find_inputs(&[folder.path().join(file)]).unwrap();
            let article = Reader::new(inputs, ReadOptions::default()).next_batch().and_then(|batch| {
                batch.expect("there is a record").article(0).map(wirecopy::Article::into_owned)
            });
            match article {
                Ok(article) => assert_eq!(article.text, *expected, "{name} in {file}"),
                Err(error) => {
                    let message = error.to_string();
                    let place = folder.path().join(file).display().to_string();
                    assert!(message.starts_with(&place) && message.contains(expected), "{name}: {message}");
                }
            }
        }
    }
}

#[test]
fn a_folder_may_change_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"] {
        fs::write(at(name), line(name)).unwrap();
    }
    let inputs = find_inputs(&[folder.path().to_owned()]).unwrap();
    fs::remove_file(at("a.jsonl")).unwrap();
    fs::remove_file(at("b.jsonl")).unwrap();
    fs::create_dir(at("b.jsonl")).unwrap();
    fs::write(at("c.jsonl"), line("c") + &line("c again")).unwrap();
    fs::write(at("e.jsonl"), line("e")).unwrap();
    let mut reader = Reader::new(inputs, ReadOptions::default());
    let mut found = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(None) => break,
            Ok(Some(batch)) => found.extend((0..batch.len()).map(|index| batch.article(index).unwrap().key)),
            Err(error) => {
                found.push(error.to_string().replace(&format!("{}/", folder.path().display()), ""));
            }
        }
    }
    let expected = ["a.jsonl: no such file or folder", "b.jsonl: is a folder", "c", "c again", "d.jsonl"];
    assert_eq!(found, expected);
}

/// Checks that the first records of an input without an end can be read.
#[test]
fn endless_input_is_read_as_it_comes() {
    struct Endless {
        line: Vec<u8>,
        at: usize,
    }
    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = (&self.line[self.at..]).read(into)?;
            self.at = (self.at + count) % self.line.len();
            Ok(count)
        }
    }
    let endless = Endless { line: line("a").into_bytes(), at: 0 };
    let mut reader = Reader::new(vec![Input::reader("endless.jsonl", endless)], ReadOptions::default());
    for _ in 0..3 {
        let batch = reader.next_batch().unwrap().unwrap();
        assert!((0..batch.len()).all(|index| batch.article(index).unwrap().text == STORY));
    }
}

#[test]
fn files_without_permission_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("news")).unwrap();
    fs::write(at("news/a.jsonl"), line("a") + &line("b")).unwrap();
    fs::write(at("news/secret.jsonl"), line("c")).unwrap();
    fs::set_permissions(at("news"), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(at("news/a.jsonl"), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(at("news/secret.jsonl"), Permissions::from_mode(0o000)).unwrap();
    let output = parts(&unprivileged(folder.path(), &["cluster", "news"]).output().unwrap());
    assert_eq!((output.0, &*output.2), (Some(2), "error: news/secret.jsonl: permission denied\n"));
    let skipped =
        parts(&unprivileged(folder.path(), &["cluster", "--skip-invalid", "news"]).output().unwrap());
    assert!(skipped.2.starts_with("warning: news/secret.jsonl: permission denied\n"), "{}", skipped.2);
    assert!(skipped.2.contains("\n2 articles (1 identical, 1 invalid)"), "{}", skipped.2);

    fs::create_dir(at("news/closed")).unwrap();
    fs::set_permissions(at("news/closed"), Permissions::from_mode(0o000)).unwrap();
    let output = parts(&unprivileged(folder.path(), &["cluster", "news"]).output().unwrap());
    assert_eq!((output.0, &*output.2), (Some(2), "error: news/closed: permission denied\n"));
    fs::set_permissions(at("news/closed"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_circle_of_links_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("news/old")).unwrap();
    symlink("..", folder.path().join("news/old/back")).unwrap();
    symlink("itself", folder.path().join("itself")).unwrap();
    let (code, _, stderr) = run(folder.path(), &["cluster", "news"]);
    assert_eq!((code, &*stderr), (Some(2), "error: news/old/back: the symbolic link leads back to news\n"));
    let (code, _, stderr) = run(folder.path(), &["cluster", "itself"]);
    assert!(code == Some(2) && stderr.starts_with("error: itself: cannot be read: "), "{stderr}");
}

#[test]
fn a_pipe_is_read_only_if_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("news/pipe");
    fs::create_dir(folder.path().join("news")).unwrap();
    fs::write(folder.path().join("news/a.jsonl"), line("a")).unwrap();
    self::pipe(&pipe);
    let mut listed = wirecopy(folder.path(), &["cluster", "news"]);
    let child = listed.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let output = parts(&wait_for_end(child));
    assert!(output.0 == Some(0) && output.2.contains("1 article,"), "{}", output.2);

    let mut named = wirecopy(folder.path(), &["cluster", "--quiet", "news/pipe", "news/a.jsonl"]);
    let child = named.stdout(Stdio::piped()).spawn().unwrap();
    let writer = thread::spawn(move || {
        File::options().write(true).open(pipe).unwrap().write_all(line("b").as_bytes())
    });
    let (code, stdout, _) = parts(&wait_for_end(child));
    writer.join().unwrap().unwrap();
    assert!(code == Some(0) && stdout.contains("\"location\":\"news/pipe:1\""), "{stdout}");
}
