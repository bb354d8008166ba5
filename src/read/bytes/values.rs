//! Finds the borders between JSON values: the elements of an array, or values one after another.
//!
//! Only strings and brackets are examined. A record is checked when it is parsed, so mismatched brackets in a
//! record make that record invalid and not the file.

use memchr::memchr2;

use super::cutter::{Cut, Cutter, Ending};
use crate::error::Problem;

/// The state between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Outside of an array: a value or an array is next.
    Outside,
    /// After `[` or a comma: a value is next, or `]`.
    Value,
    /// After a value in an array: a comma is next, or `]`.
    Comma,
}

/// The state in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// In no record.
    Nothing,
    /// In a number, a literal, or a word that is not JSON: it ends before the next space, quote, bracket, comma or
    /// colon.
    Word,
    /// Inside `depth` open brackets and outside of strings.
    Brackets,
    /// In a string.
    String,
    /// In a string, after a backslash.
    Escape,
}

/// Cuts the elements of one or more arrays, or values one after another.
///
/// Brackets are counted and not matched, so that the memory does not grow with the nesting. A comma before `]` is
/// accepted.
#[derive(Debug)]
pub(in crate::read) struct ValueCutter {
    between: Between,
    within: Within,
    depth: u64,
    /// True if a fault between two records was reported. Only the first one in a file is: the records are read in
    /// any case, and a file of a million objects without commas is one mistake.
    has_fault: bool,
}

impl ValueCutter {
    pub(in crate::read) fn new() -> Self {
        Self { between: Between::Outside, within: Within::Nothing, depth: 0, has_fault: false }
    }

    /// Returns whether the bytes that were visited end inside a string.
    pub(in crate::read) fn is_in_string(&self) -> bool {
        matches!(self.within, Within::String | Within::Escape)
    }

    /// Visits the bytes between records until a record begins.
    fn cut_gap(&mut self, open: &[u8], seen: usize) -> Cut {
        for (at, &byte) in open.iter().enumerate().skip(seen) {
            let (next, problem) = match (byte, self.between) {
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
                    let found = char::from(byte);
                    let problem = match self.between {
                        Between::Comma => Problem::NotASeparator { found },
                        Between::Outside | Between::Value => Problem::NotARecord { found },
                    };
                    (at + 1, problem)
                }
                (_, Between::Comma) if !self.has_fault => {
                    self.between = Between::Value;
                    (at, Problem::MissingComma)
                }
                _ if at > 0 => return Cut::Gap { next: at },
                _ => {
                    self.begin(byte);
                    return self.cut_record(open, 1);
                }
            };
            if !self.has_fault {
                self.has_fault = true;
                return Cut::Fault { next, problem };
            }
        }
        if open.is_empty() { Cut::More } else { Cut::Gap { next: open.len() } }
    }

    /// Enters the record that begins with `byte`.
    fn begin(&mut self, byte: u8) {
        self.depth = u64::from(matches!(byte, b'{' | b'['));
        self.within = match byte {
            b'{' | b'[' => Within::Brackets,
            b'"' => Within::String,
            _ => Within::Word,
        };
    }

    /// Visits the bytes of the current record up to its end.
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

    /// Leaves the record that ends at `at`.
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

    fn finish(&mut self, open: &[u8]) -> Ending {
        match (self.within, self.between) {
            (Within::Word, _) => Ending::Record { end: open.len() },
            (Within::Nothing, Between::Outside) => Ending::Nothing,
            (Within::Nothing, _) => Ending::Fault { problem: Problem::TruncatedArray },
            _ => Ending::Fault { problem: Problem::TruncatedRecord },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::cut_all::cut_all;
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
                "only the first fault is reported",
                "[{} {} {}:]",
                &["1 {}", "! 1 expected `,` or `]` before the next record", "1 {}", "1 {}"],
            ),
            ("words", "[oh dear]", &["1 oh", "! 1 expected `,` or `]` before the next record", "1 dear"]),
            ("mismatched brackets", "[{\"a\":1],{}]", &["1 {\"a\":1]", "1 {}"]),
            ("cut off in a record", "[{\"a\":", &[cut_off]),
            ("cut off in a string", "{\"a\":\"b", &[cut_off]),
            ("cut off after a backslash", "\"\\", &[cut_off]),
            ("cut off after a record", "[{}", &["1 {}", open]),
            ("cut off after a comma", "[{},", &["1 {}", open]),
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

        /// The naive twin: the values that `serde_json` wrote are cut one by one, in blocks of any size.
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
