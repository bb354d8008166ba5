//! The ids of clusters and stories. A letter before the digits keeps spreadsheets from reading an id as a number.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of a cluster: `c` and 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub u64);

/// The id of a story: `s` and the digits of the id of its cluster with the earliest representative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub u64);

impl From<ClusterId> for StoryId {
    fn from(cluster: ClusterId) -> Self {
        Self(cluster.0)
    }
}

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{:016x}", self.0)
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{:016x}", self.0)
    }
}

impl Serialize for ClusterId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for StoryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StoryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let number = written.strip_prefix('s').and_then(|digits| u64::from_str_radix(digits, 16).ok());
        number
            .map(Self)
            .ok_or_else(|| D::Error::custom("expected the id of a story, such as s3550854381657236"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_begin_with_a_letter() {
        let cluster = ClusterId(0x3550_8543_8165_7236);
        assert_eq!(cluster.to_string(), "c3550854381657236");
        assert_eq!(StoryId::from(cluster).to_string(), "s3550854381657236");
        assert_eq!(ClusterId(1).to_string(), "c0000000000000001");
        assert_eq!(serde_json::to_string(&StoryId(1)).unwrap(), "\"s0000000000000001\"");
        assert_eq!(serde_json::from_str::<StoryId>("\"s3550854381657236\"").unwrap().0, cluster.0);
        assert!(serde_json::from_str::<StoryId>("\"c3550854381657236\"").is_err());
    }
}
