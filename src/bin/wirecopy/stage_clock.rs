//! Measures the seconds and the processor seconds of each stage of a run.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use wirecopy::progress::{Progress, Stage};

use crate::number::counted;

/// Measures what each stage of a run takes, in seconds and in processor seconds of all threads. Clones measure the same run.
#[derive(Clone, Debug)]
pub(crate) struct StageClock(Arc<Mutex<Stages>>);

#[derive(Debug)]
struct Stages {
    ended: Vec<StageRecord>,
    /// The stage that goes on, with the times at which it began.
    current: StageRecord,
    began: Instant,
    began_processor: Option<Duration>,
}

/// The figures of a stage of a run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StageRecord {
    stage: &'static str,
    seconds: f64,
    /// The processor time of all threads. Not known on Windows.
    #[serde(skip_serializing_if = "Option::is_none")]
    processor_seconds: Option<f64>,
    /// The bytes that were read, compressed ones before decompression.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// The candidates that were verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<u64>,
}

impl StageRecord {
    fn new(stage: &'static str) -> Self {
        Self { stage, seconds: 0.0, processor_seconds: None, bytes: None, candidates: None }
    }

    /// Adds what the same stage took another time.
    fn add(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.processor_seconds =
            self.processor_seconds.zip(other.processor_seconds).map(|(one, two)| one + two);
        self.bytes = sum(self.bytes, other.bytes);
        self.candidates = sum(self.candidates, other.candidates);
    }

    /// Returns a line for people.
    pub(crate) fn line(&self) -> String {
        let mut line = format!("{:<10} {:>8.2} s", self.stage, self.seconds);
        if let Some(seconds) = self.processor_seconds {
            line += &format!(" {seconds:>8.2} s of processor time");
        }
        let amounts = [(self.bytes, "byte"), (self.candidates, "candidate")];
        for (amount, unit) in amounts.iter().filter_map(|(amount, unit)| Some(((*amount)?, unit))) {
            line += &format!(", {}", counted(usize::try_from(amount).unwrap_or(usize::MAX), unit));
        }
        line
    }
}

fn sum(one: Option<u64>, two: Option<u64>) -> Option<u64> {
    one.into_iter().chain(two).reduce(|one, two| one + two)
}

impl StageClock {
    /// Starts with the stage before anything is read.
    pub(crate) fn start() -> Self {
        let current = StageRecord::new("preparing");
        Self(Arc::new(Mutex::new(Stages {
            ended: Vec::new(),
            current,
            began: Instant::now(),
            began_processor: processor_time(),
        })))
    }

    /// Returns what measures the stages of a search, and passes its progress on.
    pub(crate) fn with<'a, P: Progress>(&'a self, progress: &'a P) -> TimedProgress<'a, P> {
        TimedProgress { clock: self, progress }
    }

    /// Ends the current stage, and begins one with this name.
    pub(crate) fn begin(&self, stage: &'static str) {
        self.change(|stages| stages.begin(stage));
    }

    /// Counts work of the current stage, in the unit of the stage.
    fn advance(&self, by: u64) {
        self.change(|Stages { current, .. }| {
            if current.stage == Stage::Reading.name() {
                current.bytes = sum(current.bytes, Some(by));
            } else if current.stage == Stage::Verifying.name() {
                current.candidates = sum(current.candidates, Some(by));
            }
        });
    }

    /// Ends the current stage. Returns what each stage took, in the order in which they began first.
    pub(crate) fn finish(&self) -> Vec<StageRecord> {
        self.change(|stages| {
            stages.begin("closing");
            let mut found: Vec<StageRecord> = Vec::new();
            for ended in &stages.ended {
                match found.iter_mut().find(|other| other.stage == ended.stage) {
                    Some(other) => other.add(ended),
                    None => found.push(ended.clone()),
                }
            }
            found
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Stages) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Measures the stages of a search, and passes its progress on.
pub(crate) struct TimedProgress<'a, P> {
    clock: &'a StageClock,
    progress: &'a P,
}

impl<P: Progress> Progress for TimedProgress<'_, P> {
    fn stage(&self, stage: Stage, total: Option<u64>) {
        self.clock.begin(stage.name());
        self.progress.stage(stage, total);
    }

    fn advance(&self, by: u64) {
        self.clock.advance(by);
        self.progress.advance(by);
    }

    fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}

impl Stages {
    fn begin(&mut self, stage: &'static str) {
        let (now, processor) = (Instant::now(), processor_time());
        let mut ended = std::mem::replace(&mut self.current, StageRecord::new(stage));
        ended.seconds = in_milliseconds(now - self.began);
        let spent = processor.zip(self.began_processor).map(|(now, began)| now.saturating_sub(began));
        ended.processor_seconds = spent.map(in_milliseconds);
        self.ended.push(ended);
        (self.began, self.began_processor) = (now, processor);
    }
}

/// Returns seconds, rounded to milliseconds.
pub(crate) fn in_milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).round() / 1e3
}

/// Returns the processor time of this process, of all its threads; nothing where that is not known.
#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_listed_once_with_their_amounts() {
        let clock = StageClock::start();
        for (stage, amount) in
            [(Stage::Reading, 5), (Stage::Sorting, 7), (Stage::Reading, 6), (Stage::Verifying, 8)]
        {
            let progress = clock.with(&());
            progress.stage(stage, None);
            progress.advance(amount);
        }
        let found = clock.finish();
        let amounts: Vec<(&str, Option<u64>, Option<u64>)> =
            found.iter().map(|record| (record.stage, record.bytes, record.candidates)).collect();
        assert_eq!(
            amounts,
            [
                ("preparing", None, None),
                ("reading", Some(11), None),
                ("sorting", None, None),
                ("verifying", None, Some(8)),
            ]
        );
        assert!(found.iter().all(|record| record.seconds >= 0.0));
    }
}
