//! Parses sizes such as `10MB`.

use std::fmt;
use std::str::FromStr;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(u64);

const UNITS: [(&str, u64); 11] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
    ("k", 1 << 10),
    ("m", 1 << 20),
    ("g", 1 << 30),
];

impl Size {
    pub(crate) fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(self) -> u64 {
        self.0
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        let with_unit = UNITS.iter().find_map(|&(unit, size)| Some((lower.strip_suffix(unit)?, size)));
        let (number, unit) = with_unit.unwrap_or((&lower, 1));
        let bytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
        match bytes {
            Some(bytes @ 1..) => Ok(Self(bytes)),
            _ => Err("expected a whole number and a unit, such as 10MB, 1GiB or 2G".to_owned()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
        match names.iter().find(|&&(_, size)| self.0 >= size && self.0.is_multiple_of(size)) {
            Some((name, size)) => write!(f, "{}{name}", self.0 / size),
            None => write!(f, "{}B", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes() {
        let cases = [
            ("10MB", Some(10_000_000)),
            ("1GiB", Some(1 << 30)),
            ("256 mib", Some(256 << 20)),
            ("77", Some(77)),
            ("77b", Some(77)),
            ("3GiB", Some(3 << 30)),
            ("1tib", Some(1 << 40)),
            ("3221225473", Some(3_221_225_473)),
            ("2G", Some(2 << 30)),
            ("0", None),
            ("ten", None),
            ("-1MB", None),
            ("99999999999999999999GB", None),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Size>().ok().map(Size::bytes), expected, "{text}");
        }
        for text in ["256MiB", "1GiB", "1000B"] {
            assert_eq!(text.parse::<Size>().unwrap().to_string(), text);
        }
    }
}
