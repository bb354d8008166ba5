//! The methods by which pairs are called copies.

use crate::verify::Score;

/// A method by which pairs are called copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The coverage of cores.
    Coverage,
    /// The exact Jaccard coefficient of cores.
    Resemblance,
    /// The containment of cores.
    Containment,
    /// The exact Jaccard coefficient of whole pages.
    WholePageJaccard,
    /// The Jaccard coefficient of whole pages, estimated by their MinHash signatures.
    WholePageMinHash,
}

impl Method {
    /// Returns the method that uses a score of cores.
    pub fn score(score: Score) -> Self {
        match score {
            Score::Coverage => Self::Coverage,
            Score::Resemblance => Self::Resemblance,
            Score::Containment => Self::Containment,
        }
    }

    /// Returns its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Resemblance => "resemblance",
            Self::Containment => "containment",
            Self::WholePageJaccard => "whole-page-jaccard",
            Self::WholePageMinHash => "whole-page-minhash",
        }
    }
}
