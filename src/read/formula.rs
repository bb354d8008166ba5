//! Recognizes cells of CSV that a spreadsheet would run as a formula, and the mark that keeps it from that.

/// The first characters of what spreadsheets run as a formula, as listed by OWASP, "CSV Injection". In some languages,
/// spreadsheets take the full width forms for the others.
const FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];
/// The mark before such a cell: a spreadsheet then takes it for text.
const MARK: char = '\'';

/// Returns a cell with the mark before it, if a spreadsheet would run it as a formula; else nothing.
pub(crate) fn marked_formula(cell: &str) -> Option<String> {
    let is_formula = cell.starts_with(FORMULA) && !is_location_of_stdin(cell);
    is_formula.then(|| format!("{MARK}{cell}"))
}

/// Returns a cell without the mark that [`marked_formula`] writes.
pub(super) fn without_mark(cell: &str) -> &str {
    cell.strip_prefix(MARK).filter(|formula| formula.starts_with(FORMULA)).unwrap_or(cell)
}

/// Returns whether a cell is the location of a record of standard input, such as `-:17`, which is no valid formula.
fn is_location_of_stdin(cell: &str) -> bool {
    cell.strip_prefix("-:").is_some_and(|line| line.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_formulas() {
        let cases = [
            ("=1+1", Some("'=1+1")),
            ("-2+3", Some("'-2+3")),
            ("-:17+1", Some("'-:17+1")),
            ("-", Some("'-")),
            ("@a", Some("'@a")),
            ("\t=1", Some("'\t=1")),
            ("\n=1", Some("'\n=1")),
            ("\u{FF1D}1+1", Some("'\u{FF1D}1+1")),
            ("-:17", None),
            ("c01", None),
            ("", None),
            ("a=b", None),
            ("'=1", None),
        ];
        for (cell, expected) in cases {
            let marked = marked_formula(cell);
            assert_eq!(marked.as_deref(), expected, "{cell:?}");
            if let Some(marked) = marked {
                assert_eq!(without_mark(&marked), cell);
            }
        }
        for cell in ["'a", "a", "'", "", "''=1"] {
            assert_eq!(without_mark(cell), cell);
        }
    }
}
