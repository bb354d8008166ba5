//! Records with their fates in, the copy out: what stays is written, what is cut out handed over.
//!
//! A line is cut out with its line end. An element of a JSON array is cut out with one comma: the one before it where
//! an element stays before it in the array, else the one behind it, so that the copy is an array again.

use std::io::Write;
use std::mem;

use super::pack::Packer;
use super::piece::Piece;
use super::tape::Tape;
use super::{Fate, unwritable};
use crate::error::Error;
use crate::read::Content;

/// What stands between two elements of an array is read as a whole up to here; more is no mere comma.
const LONGEST_GAP: u64 = 64 << 10;

pub(super) struct Weaver<'a, T, C, W: Write> {
    tape: Tape<'a>,
    out: Packer<W>,
    /// Whether records are elements with commas between them, and not lines.
    elements: bool,
    cut: C,
    /// An element stays before this one, with nothing but a comma between them.
    follows: bool,
    /// An element that was cut out, and waits for the comma behind it.
    waiting: Option<(T, Piece)>,
}

impl<'a, T, C, W> Weaver<'a, T, C, W>
where
    C: FnMut(T, &Piece) -> Result<(), Error>,
    W: Write,
{
    pub(super) fn new(tape: Tape<'a>, out: Packer<W>, elements: bool, cut: C) -> Self {
        Self { tape, out, elements, cut, follows: false, waiting: None }
    }

    /// Puts bytes in at a place between records.
    pub(super) fn insert(&mut self, at: u64, bytes: &[u8]) -> Result<(), Error> {
        self.tape.copy(at, &mut self.out)?;
        self.write(bytes)
    }

    /// Takes the next record: where it begins and ends, and where its line end does.
    pub(super) fn record(&mut self, place: (u64, u64, u64), fate: Fate<T>) -> Result<(), Error> {
        if self.elements { self.element(place, fate) } else { self.line(place, fate) }
    }

    fn line(&mut self, (begin, end, next): (u64, u64, u64), fate: Fate<T>) -> Result<(), Error> {
        self.tape.copy(begin, &mut self.out)?;
        match fate {
            Fate::Stay => self.tape.copy(next, &mut self.out),
            Fate::Insert { at, bytes } => {
                self.insert(begin + at as u64, &bytes)?;
                self.tape.copy(next, &mut self.out)
            }
            Fate::Cut(said) => {
                let record = self.tape.take(end)?;
                let behind = self.tape.take(next)?;
                (self.cut)(said, &Piece { begin, before: Vec::new(), record, behind })
            }
        }
    }

    fn element(&mut self, (begin, end, _): (u64, u64, u64), fate: Fate<T>) -> Result<(), Error> {
        let from = self.tape.at();
        let mut gap =
            if begin.saturating_sub(from) <= LONGEST_GAP { self.tape.take(begin)? } else { Vec::new() };
        let is_comma = self.tape.at() == begin && is_comma(&gap);
        self.follows &= is_comma;
        if let Some((said, mut piece)) = self.waiting.take() {
            if is_comma {
                piece.behind = mem::take(&mut gap);
            }
            (self.cut)(said, &piece)?;
        }
        let with_comma = self.follows && matches!(fate, Fate::Cut(_));
        if !with_comma {
            self.write(&gap)?;
            self.tape.copy(begin, &mut self.out)?;
        }
        match fate {
            Fate::Cut(said) => {
                let record = self.tape.take(end)?;
                if with_comma {
                    return (self.cut)(said, &Piece { begin: from, before: gap, record, behind: Vec::new() });
                }
                self.waiting = Some((said, Piece { begin, before: Vec::new(), record, behind: Vec::new() }));
                return Ok(());
            }
            Fate::Insert { at, bytes } => self.insert(begin + at as u64, &bytes)?,
            Fate::Stay => {}
        }
        self.follows = true;
        self.tape.copy(end, &mut self.out)
    }

    /// IdenticalArticles what is left.
    pub(super) fn finish(mut self) -> Result<(Content, Packer<W>), Error> {
        if let Some((said, mut piece)) = self.waiting.take() {
            let rest = self.tape.take(self.tape.at() + LONGEST_GAP)?;
            // An array may end with a comma; without an element before it, it may not.
            let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let comma = if rest.get(space) == Some(&b',') { space + 1 } else { 0 };
            piece.behind.extend_from_slice(&rest[..comma]);
            (self.cut)(said, &piece)?;
            self.write(&rest[comma..])?;
        }
        self.tape.copy(u64::MAX, &mut self.out)?;
        Ok((self.tape.into_content(), self.out))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|source| unwritable(self.tape.name(), source))
    }
}

/// Tells whether bytes between two elements are no more than one comma and space: no bracket, no other record.
fn is_comma(gap: &[u8]) -> bool {
    let mut marks = gap.iter().filter(|byte| !byte.is_ascii_whitespace());
    marks.next().is_none_or(|&mark| mark == b',') && marks.next().is_none()
}
