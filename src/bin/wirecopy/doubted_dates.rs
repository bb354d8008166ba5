//! Notes which dates are not believed.

use wirecopy::corpus::Corpus;

use crate::error_message::note;
use crate::number::{counted, grouped};

/// Notes how many dates are not believed, with one of them and its location.
pub(crate) fn note_doubted_dates(corpus: &Corpus) {
    let doubted = corpus.doubted_dates();
    let Some(&first) = doubted.first() else { return };
    let (date, location) = (corpus.header(first).published.unwrap_or_default(), corpus.location(first));
    let (count, is) = match doubted.len() {
        1 => (counted(1, "date"), "is"),
        count => (format!("{} dates", grouped(count)), "are"),
    };
    note(&format!(
        "{count} {is} far before nearly all others of the site, such as \"{date}\" ({location}); no such article counts as the \
         earliest"
    ));
}
