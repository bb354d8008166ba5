//! Bytes in, one record out: a file that is the text of one article.

use memchr::memchr;

use super::cut::{Cut, Cutter, Last};
use crate::article::{Article, Location};

/// How far a file is searched for a zero byte, which no text has.
const BINARY_HEAD: usize = 1024;

/// Cuts nothing: the record ends where the input ends.
#[derive(Debug)]
pub(super) struct WholeCutter;

impl Cutter for WholeCutter {
    fn cut(&mut self, _open: &[u8], _seen: usize) -> Cut {
        Cut::More
    }

    fn finish(&mut self, open: &[u8]) -> Last {
        Last::Record { end: open.len() }
    }
}

/// Tells whether a file that begins with `head` is something else than text.
pub(super) fn is_binary(head: &[u8]) -> bool {
    memchr(0, &head[..head.len().min(BINARY_HEAD)]).is_some()
}

/// Makes the article of a file: its key is the path as it was named.
pub(super) fn article(text: &str, location: Location) -> Article {
    Article {
        key: String::from(&*location.file),
        text: text.to_owned(),
        site: None,
        published: None,
        title: None,
        location,
    }
}
