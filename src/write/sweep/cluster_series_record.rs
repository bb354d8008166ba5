//! Defines the record of the results of clusters by threshold.

use serde::Serialize;

use super::confusion_record::{ConfusionRecord, ends};
use crate::evaluate::{ClusterQuality, Profile, Stretch};
use crate::report::rounded;
use crate::sweep::{ClusterPoint, ClusterSeries};

/// Results of clusters by threshold, for one method.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClusterSeriesRecord {
    method: &'static str,
    linked: bool,
    profile: Option<ProfileRecord>,
    points: Vec<ClusterPointRecord>,
}

/// The number of removable articles as it depends on the threshold.
#[derive(Clone, Debug, Serialize)]
struct ProfileRecord {
    flat: StretchRecord,
    steep: StretchRecord,
}

/// A range of thresholds.
#[derive(Clone, Debug, Serialize)]
struct StretchRecord {
    from: f64,
    to: f64,
    removable_from: usize,
    removable_to: usize,
}

/// Results of clusters at one threshold.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClusterPointRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    clusters: usize,
    largest: usize,
    clustered: usize,
    removable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<ConfusionRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f1_interval: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quality: Option<QualityRecord>,
}

/// The quality of clusters, compared with labels.
#[derive(Clone, Debug, Serialize)]
struct QualityRecord {
    bcubed_precision: f64,
    bcubed_recall: f64,
    bcubed_f: f64,
    bcubed_f_interval: Option<[f64; 2]>,
    adjusted_rand_index: f64,
    glued: usize,
    largest_wrong: usize,
    fragmentation: f64,
}

impl ClusterSeriesRecord {
    /// Creates the record of a series.
    pub(super) fn new(series: &ClusterSeries) -> Self {
        Self {
            method: series.method.name(),
            linked: series.linked,
            profile: series.profile.map(ProfileRecord::new),
            points: series.points.iter().map(ClusterPointRecord::new).collect(),
        }
    }
}

impl ProfileRecord {
    fn new(profile: Profile) -> Self {
        Self { flat: StretchRecord::new(profile.flat), steep: StretchRecord::new(profile.steep) }
    }
}

impl StretchRecord {
    fn new(stretch: Stretch) -> Self {
        Self {
            from: stretch.from,
            to: stretch.to,
            removable_from: stretch.count_from,
            removable_to: stretch.count_to,
        }
    }
}

impl ClusterPointRecord {
    /// Creates the record of a point.
    pub(super) fn new(point: &ClusterPoint) -> Self {
        Self {
            threshold: point.threshold,
            clusters: point.clusters,
            largest: point.largest,
            clustered: point.clustered,
            removable: point.removable,
            pairs: point.pairs.map(|(pairs, _)| ConfusionRecord::new(&pairs)),
            f1_interval: point.pairs.and_then(|(_, interval)| ends(interval)),
            quality: point.quality.as_ref().map(QualityRecord::new),
        }
    }
}

impl QualityRecord {
    fn new(quality: &ClusterQuality) -> Self {
        Self {
            bcubed_precision: rounded(quality.bcubed[0]),
            bcubed_recall: rounded(quality.bcubed[1]),
            bcubed_f: rounded(quality.bcubed[2]),
            bcubed_f_interval: ends(quality.intervals.map(|[_, f]| f)),
            adjusted_rand_index: rounded(quality.adjusted_rand_index),
            glued: quality.glued,
            largest_wrong: quality.largest_wrong,
            fragmentation: rounded(quality.fragmentation),
        }
    }
}
