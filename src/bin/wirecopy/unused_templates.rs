//! Warns of templates that are used on no article.

use wirecopy::Findings;
use wirecopy::boilerplate::Templates;

use crate::error_message::warn;

/// Warns if there are templates in the file that was given, but no article of one of their sites.
pub(crate) fn warn_of_unused_templates(findings: &Findings, templates: &Templates) {
    let corpus = findings.corpus();
    let has_templates = |id| corpus.outlet(id).is_some_and(|outlet| templates.are_of(outlet));
    if !templates.is_empty() && !corpus.is_empty() && !corpus.ids().any(has_templates) {
        warn("no article is from a site that the file of --templates names");
    }
}
