//! Counts texts that a program has probably stored wrongly.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::article::Location;

/// The numbers of texts that a program has probably stored wrongly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SuspectTexts {
    /// The number of texts in UTF-8 that were probably decoded as another encoding, such as `CafÃ©`.
    pub decoded_wrongly: u64,
    /// The number of texts with character references of HTML, such as `Caf&eacute;`.
    pub with_references: u64,
    /// The number of texts with tags or comments of HTML, such as `<em>`.
    pub with_markup: u64,
    /// The location of the first of them, in the order of file names, and a word of it.
    pub example: Option<(Location, String)>,
}

impl SuspectTexts {
    /// Returns the number of texts with each fault, and what these texts are; only of the faults that there are.
    pub fn faults(&self) -> impl Iterator<Item = (u64, &'static str)> {
        let faults = [
            (self.decoded_wrongly, "probably decoded as another encoding than UTF-8"),
            (self.with_references, "written with character references of HTML"),
            (self.with_markup, "written with tags of HTML"),
        ];
        faults.into_iter().filter(|(count, _)| *count > 0)
    }

    /// Adds the numbers of other texts.
    pub(crate) fn add(&mut self, other: Self) {
        self.decoded_wrongly += other.decoded_wrongly;
        self.with_references += other.with_references;
        self.with_markup += other.with_markup;
        self.example = self.example.take().or(other.example);
    }
}

/// The probable faults of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextFaults {
    pub(super) is_decoded_wrongly: bool,
    pub(super) has_references: bool,
    pub(super) has_markup: bool,
}

/// The numbers while texts are added from any thread.
#[derive(Debug, Default)]
pub(super) struct SuspectTextCounter {
    decoded_wrongly: AtomicU64,
    with_references: AtomicU64,
    with_markup: AtomicU64,
    example: Mutex<Option<(Location, String)>>,
}

impl SuspectTextCounter {
    /// Adds a text with faults.
    pub(super) fn add(&self, faults: TextFaults, example: Option<&str>, location: &Location) {
        let TextFaults { is_decoded_wrongly, has_references, has_markup } = faults;
        self.decoded_wrongly.fetch_add(u64::from(is_decoded_wrongly), Ordering::Relaxed);
        self.with_references.fetch_add(u64::from(has_references), Ordering::Relaxed);
        self.with_markup.fetch_add(u64::from(has_markup), Ordering::Relaxed);
        if let Some(word) = example {
            let mut first = self.example.lock().unwrap_or_else(PoisonError::into_inner);
            // Whichever thread comes first, the example is the same.
            if first.as_ref().is_none_or(|(at, _)| location < at) {
                *first = Some((location.clone(), word.to_owned()));
            }
        }
    }

    /// Returns the numbers.
    pub(super) fn counts(&self) -> SuspectTexts {
        SuspectTexts {
            decoded_wrongly: self.decoded_wrongly.load(Ordering::Relaxed),
            with_references: self.with_references.load(Ordering::Relaxed),
            with_markup: self.with_markup.load(Ordering::Relaxed),
            example: self.example.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}
