//! Recognizes texts that were cut off: their end says that there is more elsewhere.
//!
//! Feeds, search interfaces and pages behind a paywall give only the beginning of an article, and mark where they cut
//! it: with an ellipsis, the number of characters that are missing, or the label of a link to the whole article.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The length of the part of a text that may be its cut mark, in bytes.
const LONGEST_MARK: usize = 160;

/// An upper bound of the length of a label, in bytes.
const LONGEST_LABEL: usize = 64;

/// Labels of links to the whole article, in lower case, in the languages in which news sites are common.
const LABELS: &[&str] = &[
    "read more",
    "read the full",
    "read full",
    "continue reading",
    "keep reading",
    "full story",
    "view more",
    "see more",
    "show more",
    "more",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "sigue leyendo",
    "ver más",
    "leggi tutto",
    "continua a leggere",
    "leia mais",
    "ler mais",
    "continue lendo",
    "continuar lendo",
    "saiba mais",
    "lees meer",
    "lees verder",
    "läs mer",
    "les mer",
    "læs mere",
    "lue lisää",
    "czytaj dalej",
    "czytaj więcej",
    "celý článek",
    "číst dále",
    "citește mai mult",
    "tovább olvasom",
    "читать далее",
    "читать дальше",
    "читать полностью",
    "подробнее",
    "читати далі",
    "прочети още",
    "devamını oku",
    "διαβάστε περισσότερα",
    "اقرأ المزيد",
    "ادامه مطلب",
    "קרא עוד",
    "और पढ़ें",
    "baca selengkapnya",
    "đọc tiếp",
    "xem thêm",
    "続きを読む",
    "阅读全文",
    "閱讀全文",
    "展开全文",
    "더보기",
    "อ่านต่อ",
];

/// The first letters of the labels.
static FIRST_LETTERS: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| LABELS.iter().filter_map(|label| label.chars().next()).collect());

/// Returns the byte at which the mark begins that says that a text was cut off; `None` if there is none.
///
/// ```
/// use wirecopy::provenance::cut_mark;
/// let teaser = "The ferry to Lund stayed in harbor on Monday … [+1219 chars]";
/// assert_eq!(&teaser[cut_mark(teaser).unwrap()..], "… [+1219 chars]");
/// assert_eq!(cut_mark("The ferry to Lund stayed in harbor on Monday."), None);
/// ```
pub fn cut_mark(text: &str) -> Option<usize> {
    let mut end = text.len();
    loop {
        let rest =
            text[..end].trim_end_matches(|char: char| char.is_whitespace() || "→»›>\"”".contains(char));
        let Some(begin) = last_mark(rest) else { break };
        end = begin;
    }
    (end < text.len()).then_some(end)
}

/// Returns where the mark begins with which a text ends, if there is one.
fn last_mark(text: &str) -> Option<usize> {
    let ellipsis = ["…", "...", ". . .", "&hellip;"].iter().find_map(|mark| text.strip_suffix(mark));
    ellipsis.map(str::len).or_else(|| bracketed(text)).or_else(|| label(text))
}

/// Returns where a last pair of brackets begins that contains an ellipsis, the number of missing characters, or a label.
fn bracketed(text: &str) -> Option<usize> {
    let before = text.strip_suffix([']', ')'])?;
    let begin = before.rfind(['[', '('])?;
    let inside = before[begin + 1..].trim();
    let is_mark = matches!(inside, "…" | "..." | "&hellip;") || is_missing_count(inside) || is_label(inside);
    is_mark.then_some(begin)
}

/// Returns whether a text says how much is missing: `+1219 chars`.
fn is_missing_count(text: &str) -> bool {
    let count = text.strip_prefix('+').and_then(|count| count.split_once(' '));
    count.is_some_and(|(number, unit)| {
        number.chars().all(char::is_numeric) && unit.chars().all(char::is_alphabetic)
    })
}

/// Returns where the label of a link begins: the last sentence of the text, if it is a label, or else the last line or
/// what follows the last ellipsis, if it begins with one. Labels often repeat the headline.
fn label(text: &str) -> Option<usize> {
    // A sentence ends most texts. A label is seldom one, and then a short one.
    let longest = if text.ends_with(['.', '!', '?', '。']) { LONGEST_LABEL } else { LONGEST_MARK };
    let mut from = text.len().saturating_sub(longest);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    let part = |begin: usize| tail[begin..].trim_start_matches(|char: char| !char.is_alphanumeric());
    let after = |mark: Option<(usize, usize)>| mark.map(|(begin, length)| part(begin + length));
    let line = after(tail.rfind('\n').map(|at| (at, 1)));
    let sentence = tail.char_indices().rfind(|(_, char)| matches!(char, '.' | '!' | '?' | '。' | '\n'));
    let sentence = after(sentence.map(|(at, char)| (at, char.len_utf8())));
    let dots = tail.as_bytes().windows(3).rposition(|dots| dots == b"...").map(|at| (at, 3));
    let ellipsis = after(dots.max(tail.rfind('…').map(|at| (at, '…'.len_utf8()))));
    let label = sentence
        .filter(|part| is_label(part))
        .or_else(|| [ellipsis, line].into_iter().flatten().find(|part| begins_with_label(part)))?;
    Some(text.len() - label.len())
}

fn is_label(text: &str) -> bool {
    let label = text.trim_end_matches(|char: char| !char.is_alphanumeric());
    label.len() <= LONGEST_LABEL && LABELS.contains(&label.to_lowercase().as_str())
}

fn begins_with_label(text: &str) -> bool {
    let first = text.chars().next().and_then(|first| first.to_lowercase().next());
    // Most texts end here.
    if !first.is_some_and(|first| FIRST_LETTERS.contains(&first)) {
        return false;
    }
    let beginning = text.char_indices().take_while(|&(at, _)| at <= LONGEST_LABEL).map(|(_, char)| char);
    let lower: String = beginning.flat_map(char::to_lowercase).collect();
    LABELS
        .iter()
        .any(|label| lower.strip_prefix(label).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_marks() {
        let cases = [
            ("an ellipsis", "The ferry is late…", Some("…")),
            ("three dots", "The ferry is late...", Some("...")),
            ("in brackets", "The ferry is late [...]", Some("[...]")),
            ("missing characters", "The ferry is la… [+1219 chars]", Some("… [+1219 chars]")),
            ("a label on a line", "The ferry is late.\nRead more", Some("Read more")),
            (
                "with the headline",
                "The ferry … Continue reading Ferry late →",
                Some("… Continue reading Ferry late →"),
            ),
            ("after a sentence", "The ferry is late. Читать далее", Some("Читать далее")),
            ("several", "The ferry is late... [Read more...]", Some("... [Read more...]")),
            ("nothing", "The ferry is late.", None),
            ("nothing at all", "", None),
            ("in brackets, a label", "The ferry is late (more)", Some("(more)")),
            ("a number that counts something else", "The ferry is late (+12 minutes as on Monday)", None),
            ("words of a sentence", "Children should read more", None),
            ("an ellipsis inside", "The ferry … is late.", None),
            ("a note in brackets", "The ferry is late (2)", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(cut_mark(text).map(|begin| &text[begin..]), expected, "{name}: {text}");
        }
    }
}
