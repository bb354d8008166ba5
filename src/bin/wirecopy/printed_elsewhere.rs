//! Notes what is masked though another site prints it in an article.

use wirecopy::{ArticleId, Findings};

use crate::error_message::note;
use crate::number::plural;

/// Notes how many long texts are masked though an article of another site has them, with one of them.
pub(crate) fn note_printed_elsewhere(findings: &Findings) {
    let texts = findings.printed_elsewhere();
    let Some(&(masked, elsewhere)) = texts.first() else { return };
    let article = |id: ArticleId| format!("{:?} ({})", findings.key(id), findings.corpus().location(id));
    note(&format!(
        "{} masked as boilerplate of a site, though an article of another site has most of it, such as of {}, in {}; it is \
         compared with --no-boilerplate",
        plural(texts.len(), "long text is", "long texts are"),
        article(masked),
        article(elsewhere)
    ));
}
