//! Takes a whole file as one record: the text of one article.

use super::cutter::{Cut, Cutter, Ending};

/// Finds no border: the record ends where the input ends.
#[derive(Debug)]
pub(super) struct WholeCutter;

impl Cutter for WholeCutter {
    fn cut(&mut self, _open: &[u8], _seen: usize) -> Cut {
        Cut::More
    }

    fn finish(&mut self, open: &[u8]) -> Ending {
        Ending::Record { end: open.len() }
    }
}
