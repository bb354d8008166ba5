//! Masks in, cores out: what is left of articles when their boilerplate is masked, in columns.

use std::num::NonZeroU32;
use std::ops::Range;

use super::header::offset;
use crate::error::Error;
use crate::store::{Column, Shelf, Store, list_at};
use crate::text::Token;

/// Cores that are put away together.
pub(super) const STRETCH: usize = 64;

/// The cores of articles of which something is masked.
#[derive(Debug, Default)]
pub(super) struct Cores {
    stretches: Vec<Stretch>,
    shelf: Shelf,
}

/// The number of a core, from 1.
pub(super) type CoreNumber = NonZeroU32;

/// Some cores, one after another.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    tokens: Column<Token>,
    token_ends: Vec<u32>,
    /// Where masked tokens stood: for each range the token of the core before which it is missing, ascending.
    /// Every verification asks for them, and they are few.
    seams: Vec<u32>,
    /// How many tokens are masked there.
    lengths: Vec<u32>,
    mask_ends: Vec<u32>,
}

impl Stretch {
    /// Makes the cores of some articles from their tokens and masks.
    pub(super) fn new<'a>(
        articles: impl Iterator<Item = (&'a [Token], &'a [Range<u32>])>,
        store: &Store,
        held: usize,
    ) -> Result<Self, Error> {
        let (mut tokens, mut seams, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        let (mut token_ends, mut mask_ends) = (Vec::new(), Vec::new());
        for (all, mask) in articles {
            let before = tokens.len();
            let mut begin = 0;
            for range in mask {
                tokens.extend_from_slice(&all[begin as usize..range.start as usize]);
                seams.push(offset(tokens.len() - before));
                lengths.push(range.end - range.start);
                begin = range.end;
            }
            tokens.extend_from_slice(&all[begin as usize..]);
            token_ends.push(offset(tokens.len()));
            mask_ends.push(offset(seams.len()));
        }
        seams.shrink_to_fit();
        lengths.shrink_to_fit();
        Ok(Self { tokens: store.put(tokens, held)?, token_ends, seams, lengths, mask_ends })
    }
}

impl Cores {
    /// Takes stretches of [`STRETCH`] cores each but for the last, whose columns are on `shelf`.
    pub(super) fn new(stretches: Vec<Stretch>, shelf: Shelf) -> Self {
        Self { stretches, shelf }
    }

    /// Gives the number of the core at `index` of all that were put in.
    pub(super) fn number(index: usize) -> Option<CoreNumber> {
        NonZeroU32::new(offset(index + 1))
    }

    fn find(&self, number: CoreNumber) -> (&Stretch, usize) {
        let index = number.get() as usize - 1;
        (&self.stretches[index / STRETCH], index % STRETCH)
    }

    /// Gives the tokens of a core.
    pub(super) fn tokens(&self, number: CoreNumber) -> &[Token] {
        let (stretch, index) = self.find(number);
        self.shelf.part(&stretch.tokens, list_at(&stretch.token_ends, index))
    }

    /// Gives some of the tokens of a core, in `room` where they have to be read.
    pub(super) fn read_tokens<'a>(
        &'a self,
        number: CoreNumber,
        some: Range<usize>,
        room: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let (stretch, index) = self.find(number);
        let begin = list_at(&stretch.token_ends, index).start;
        self.shelf.read(&stretch.tokens, begin + some.start..begin + some.end, room)
    }

    /// Gives the places of a core before which tokens are masked.
    pub(super) fn seams(&self, number: CoreNumber) -> &[u32] {
        let (stretch, index) = self.find(number);
        &stretch.seams[list_at(&stretch.mask_ends, index)]
    }

    /// Gives for each range that is masked the token of the core before which it stands, and how long it is, ascending.
    pub(super) fn masked(&self, number: CoreNumber) -> (&[u32], &[u32]) {
        let (stretch, index) = self.find(number);
        let range = list_at(&stretch.mask_ends, index);
        (&stretch.seams[range.clone()], &stretch.lengths[range])
    }

    /// Takes tokens back into memory, as [`Shelf::take_back`] does.
    pub(super) fn take_back(&mut self, allowed: usize) -> usize {
        self.shelf.take_back(allowed)
    }

    /// Leaves tokens in the file again, as [`Shelf::leave`] does.
    pub(super) fn leave(&mut self, allowed: usize) -> usize {
        self.shelf.leave(allowed)
    }

    /// Tells how many bytes stand in a file.
    pub(super) fn filed(&self) -> u64 {
        self.shelf.filed()
    }
}
