//! Bytes in, JSON values out: the borders of the elements of an array, or of values one after another.
//!
//! Only strings and brackets are looked at. Whether a record is valid is judged when it is parsed, so a record
//! with mismatched brackets costs that record and not the file.

use memchr::memchr2;

use super::cut::{Cut, Cutter, Last};

/// Where between two records a cutter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Outside of an array: a value or an array comes next.
    Outside,
    /// Behind `[` or a comma: a value comes next, or `]`.
    Value,
    /// Behind a value in an array: a comma comes next, or `]`.
    Comma,
}

/// Where in a record a cutter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// In none.
    Nothing,
    /// In a number, a literal, or a word that is no JSON at all: it ends where something else begins.
    Word,
    /// Under `depth` open brackets and outside of strings.
    Brackets,
    /// In a string.
    String,
    /// In a string, behind a backslash.
    Escape,
}

/// Cuts values out of one or more arrays, or out of a row of values.
///
/// Brackets are counted, not matched, so any nesting costs a number. A comma before `]` is accepted.
#[derive(Debug)]
pub(super) struct ValueCutter {
    between: Between,
    within: Within,
    depth: u64,
    /// Something wrong between two records was reported. One report a file is enough: the records are read all
    /// the same, and a file of a million objects without commas is one mistake.
    faulty: bool,
}

impl ValueCutter {
    pub(super) fn new() -> Self {
        Self { between: Between::Outside, within: Within::Nothing, depth: 0, faulty: false }
    }

    /// Tells whether the bytes shown so far end inside a string.
    pub(super) fn is_in_string(&self) -> bool {
        matches!(self.within, Within::String | Within::Escape)
    }

    /// Walks over what stands between records until one begins.
    fn cut_gap(&mut self, open: &[u8], seen: usize) -> Cut {
        for (at, &byte) in open.iter().enumerate().skip(seen) {
            let (next, what) = match (byte, self.between) {
                (b' ' | b'\t' | b'\r' | b'\n', _) => continue,
                (b'[', Between::Outside) | (b',', Between::Comma) => {
                    self.between = Between::Value;
                    continue;
                }
                (b']', Between::Value | Between::Comma) => {
                    self.between = Between::Outside;
                    continue;
                }
                (b',' | b':' | b'}' | b']', _) => {
                    let expected = if self.between == Between::Comma { "`,` or `]`" } else { "a record" };
                    (at + 1, format!("expected {expected}, found `{}`", char::from(byte)))
                }
                (_, Between::Comma) if !self.faulty => {
                    self.between = Between::Value;
                    (at, "expected `,` or `]` before the next record".into())
                }
                _ if at > 0 => return Cut::Gap { next: at },
                _ => {
                    self.begin(byte);
                    return self.cut_record(open, 1);
                }
            };
            if !self.faulty {
                self.faulty = true;
                return Cut::Fault { next, what };
            }
        }
        if open.is_empty() { Cut::More } else { Cut::Gap { next: open.len() } }
    }

    /// Steps into the record that begins with `byte`.
    fn begin(&mut self, byte: u8) {
        self.depth = u64::from(matches!(byte, b'{' | b'['));
        self.within = match byte {
            b'{' | b'[' => Within::Brackets,
            b'"' => Within::String,
            _ => Within::Word,
        };
    }

    /// Walks to the end of the record in which the cutter stands.
    fn cut_record(&mut self, open: &[u8], seen: usize) -> Cut {
        let mut at = seen;
        while let Some(&byte) = open.get(at) {
            match self.within {
                Within::Escape => {
                    self.within = Within::String;
                    at += 1;
                }
                Within::String => {
                    let Some(length) = memchr2(b'"', b'\\', &open[at..]) else { return Cut::More };
                    at += length + 1;
                    if open[at - 1] == b'\\' {
                        self.within = Within::Escape;
                    } else if self.depth > 0 {
                        self.within = Within::Brackets;
                    } else {
                        return self.end(at);
                    }
                }
                Within::Brackets => {
                    at += 1;
                    match byte {
                        b'"' => self.within = Within::String,
                        b'{' | b'[' => self.depth += 1,
                        b'}' | b']' => {
                            self.depth -= 1;
                            if self.depth == 0 {
                                return self.end(at);
                            }
                        }
                        _ => {}
                    }
                }
                Within::Word | Within::Nothing => {
                    if matches!(
                        byte,
                        b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}'
                    ) {
                        return self.end(at);
                    }
                    at += 1;
                }
            }
        }
        Cut::More
    }

    /// Steps out of the record that ends at `at`.
    fn end(&mut self, at: usize) -> Cut {
        self.within = Within::Nothing;
        if self.between != Between::Outside {
            self.between = Between::Comma;
        }
        Cut::Record { end: at, next: at }
    }
}

impl Cutter for ValueCutter {
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut {
        if self.within == Within::Nothing { self.cut_gap(open, seen) } else { self.cut_record(open, seen) }
    }

    fn finish(&mut self, open: &[u8]) -> Last {
        match (self.within, self.between) {
            (Within::Word, _) => Last::Record { end: open.len() },
            (Within::Nothing, Between::Outside) => Last::Nothing,
            (Within::Nothing, _) => {
                Last::Fault { what: "the file ends before the `]` of its array: it was cut off".into() }
            }
            _ => Last::Fault { what: "the file ends within this record: it was cut off".into() },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::tests::cut_all;
    use super::*;

    #[test]
    fn cuts_values() {
        let cut_off = "! 1 the file ends within this record: it was cut off";
        let open = "! 1 the file ends before the `]` of its array: it was cut off";
        let cases: [(&str, &str, &[&str]); 25] = [
            ("empty", "", &[]),
            ("space", " \n ", &[]),
            ("an empty array", "[ ]", &[]),
            ("an array", "[{\"a\":1}, {\"b\":[2]}]", &["1 {\"a\":1}", "1 {\"b\":[2]}"]),
            ("lines", "[\n{\"a\":\n1},\n\n{}\n]\n", &["2 {\"a\":\n1}", "5 {}"]),
            ("brackets in strings", r#"[{"a":"]}\"}"},{}]"#, &[r#"1 {"a":"]}\"}"}"#, "1 {}"]),
            ("a backslash at the end of a string", r#"[{"a":"\\"},{}]"#, &[r#"1 {"a":"\\"}"#, "1 {}"]),
            ("scalars", "[1,\"a\",true,[],-2e3]", &["1 1", "1 \"a\"", "1 true", "1 []", "1 -2e3"]),
            ("a comma before the end", "[{},]", &["1 {}"]),
            ("objects one after another", "{} {}\n{}", &["1 {}", "1 {}", "2 {}"]),
            ("nothing between objects", "{}{}", &["1 {}", "1 {}"]),
            ("arrays one after another", "[{}]\n[{}]", &["1 {}", "2 {}"]),
            ("no comma", "[{}\n{}]", &["1 {}", "! 2 expected `,` or `]` before the next record", "2 {}"]),
            ("two commas", "[{},,{}]", &["1 {}", "! 1 expected a record, found `,`", "1 {}"]),
            ("a wrong bracket", "[{}},{}]", &["1 {}", "! 1 expected `,` or `]`, found `}`", "1 {}"]),
            ("a bracket too many", "[{}]]", &["1 {}", "! 1 expected a record, found `]`"]),
            ("a comma outside", "{},{}", &["1 {}", "! 1 expected a record, found `,`", "1 {}"]),
            (
                "a fault is told once",
                "[{} {} {}:]",
                &["1 {}", "! 1 expected `,` or `]` before the next record", "1 {}", "1 {}"],
            ),
            ("words", "[oh dear]", &["1 oh", "! 1 expected `,` or `]` before the next record", "1 dear"]),
            ("mismatched brackets", "[{\"a\":1],{}]", &["1 {\"a\":1]", "1 {}"]),
            ("cut off in a record", "[{\"a\":", &[cut_off]),
            ("cut off in a string", "{\"a\":\"b", &[cut_off]),
            ("cut off behind a backslash", "\"\\", &[cut_off]),
            ("cut off behind a record", "[{}", &["1 {}", open]),
            ("cut off behind a comma", "[{},", &["1 {}", open]),
        ];
        for (name, input, expected) in cases {
            for block in [1, 2, 3, 1000] {
                let found = cut_all(&mut ValueCutter::new(), input.as_bytes(), block);
                assert_eq!(found, expected, "{name}, blocks of {block}");
            }
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[\\[\\]{}\",:\\\\ a\n\u{e9}]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec(("[\\[\\]{}\",:\\\\ a]{0,3}", inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The naive twin: whatever the library wrote comes back value by value, however it arrives.
        #[test]
        fn cuts_what_was_written(values in proptest::collection::vec(any_json(), 0..6), block in 1..20_usize) {
            let array = Value::from(values.clone());
            for written in [array.to_string(), format!("{array:#}")] {
                let found: Vec<Value> = cut_all(&mut ValueCutter::new(), written.as_bytes(), block)
                    .iter()
                    .map(|record| record.split_once(' ').expect("a line number comes first").1)
                    .map(|record| serde_json::from_str(record).expect("a record is whole"))
                    .collect();
                prop_assert_eq!(&found, &values);
            }
        }
    }
}
