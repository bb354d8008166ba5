//! Finds the owner that the copyright line of a text names, and compares a name with a site.

use super::lines::last_lines;

/// The number of lines at the end of a text that may be a copyright line.
const LAST_LINES: usize = 4;
/// The most words of an owner's name. A longer one is a sentence.
const NAME_WORDS: usize = 6;
/// The signs and words that a copyright line begins with.
pub(super) const SIGNS: [&str; 4] = ["©", "(c)", "(C)", "Copyright"];
/// The sign that is a word.
const SIGN_IN_WORDS: &str = "Copyright";
/// The most words of a notice that reserves no rights. A longer line is a text that begins with the notice.
const NOTICE_WORDS: usize = 11;
/// The most words of a notice that reserves rights: some list in two sentences what is not allowed.
const LONG_NOTICE_WORDS: usize = 40;
/// Sentences that reserve rights, in lower case.
const RIGHTS: [&str; 13] = [
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "tutti i diritti riservati",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
    "все права защищены",
    "tüm hakları saklıdır",
    "جميع الحقوق محفوظة",
    "版权所有",
    "版權所有",
];
/// The first digits of the years in which pages are published.
const CENTURIES: [&str; 2] = ["19", "20"];
/// The number of digits of a year.
const YEAR_DIGITS: usize = 4;
/// The strings that end the name of an owner if more text follows.
const NAME_ENDS: [&str; 7] = [". ", ", ", " All rights", " all rights", " – ", " - ", " | "];

/// Returns the owner that the copyright line at the end of a text names, as in
/// `© 2031 The Daily Example. All rights reserved.` Returns nothing if there is no such line.
///
/// ```
/// use wirecopy::provenance::copyright_owner;
/// assert_eq!(copyright_owner("The river rose.\n© 2031 Daily Example"), Some("Daily Example"));
/// ```
pub fn copyright_owner(text: &str) -> Option<&str> {
    last_lines(text).take(LAST_LINES).find_map(owner)
}

/// Returns whether a line is a copyright notice and nothing else, as `© 2031`. Its only numbers are years.
pub(super) fn is_copyright_notice(line: &str) -> bool {
    let Some(rest) = without_sign(line) else { return false };
    let rest = rest.trim_start();
    // `Copyright` alone may be the first word of a headline.
    let is_sign = !line.starts_with(SIGN_IN_WORDS)
        || without_sign(rest).is_some()
        || rest.starts_with(|first: char| first.is_ascii_digit());
    let is_short = || {
        let words = line.split_whitespace().count();
        words <= NOTICE_WORDS || words <= LONG_NOTICE_WORDS && reserves_rights(line)
    };
    is_sign && numbers(line).all(is_year) && is_short()
}

/// Returns the words of a line that contain digits.
fn numbers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.contains(char::is_numeric))
}

/// Returns whether a number may be the year in which a page was published.
fn is_year(number: &str) -> bool {
    number.len() == YEAR_DIGITS && CENTURIES.iter().any(|century| number.starts_with(century))
}

fn reserves_rights(line: &str) -> bool {
    let line = line.to_lowercase();
    RIGHTS.iter().any(|rights| line.contains(rights))
}

/// Returns the owner that a line names, if it is a copyright line.
fn owner(line: &str) -> Option<&str> {
    let is_no_letter = |letter: char| !letter.is_alphabetic();
    // A line may have two signs, as in `Copyright © 2031`, and years before or after the name.
    let name = without_sign(line)?.trim_start_matches(is_no_letter);
    owner_name(without_sign(name).unwrap_or(name).trim_start_matches(is_no_letter))
}

/// Returns the name at the beginning of a text, without years after it; nothing if it is longer than names are.
pub(super) fn owner_name(name: &str) -> Option<&str> {
    let end = NAME_ENDS.iter().filter_map(|mark| name.find(mark)).min().unwrap_or(name.len());
    let name = name[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    let is_name = !name.is_empty() && name.split_whitespace().count() <= NAME_WORDS;
    is_name.then_some(name)
}

/// Returns the text after the copyright sign that it begins with.
fn without_sign(text: &str) -> Option<&str> {
    SIGNS.iter().find_map(|sign| text.strip_prefix(sign))
}

/// Returns the letters and digits of a name, in lower case and without a leading `The`, by which it is compared with
/// the names of sites.
pub fn name_letters(name: &str) -> String {
    letters_without_the(name)
}

/// Returns the letters of each name of a site: a name is one of the site's if its [`name_letters`] are among these.
///
/// A site is its name or its host. Its names are the site as a whole, and the labels of the host (the texts between its
/// dots), with and without a leading `the`: `The Daily Example` is a name of `dailyexample.co.uk`.
///
/// ```
/// use wirecopy::provenance::{name_letters, site_letters};
/// let is_named = |name| site_letters("dailyexample.co.uk").any(|letters| letters == name_letters(name));
/// assert!(is_named("The Daily Example"));
/// assert!(!is_named("The Daily"));
/// ```
pub fn site_letters(site: &str) -> impl Iterator<Item = String> + '_ {
    let is_host = site.contains('.') && !site.contains(' ');
    let labels = if is_host { site } else { "" }.split('.').filter(|label| !label.is_empty());
    let of_label = |label| [letters(str::strip_prefix(label, "the").unwrap_or(label)), letters(label)];
    [letters_without_the(site), letters(site)].into_iter().chain(labels.flat_map(of_label))
}

/// Returns whether a name is that of a site: its [`name_letters`] are among the [`site_letters`].
pub(crate) fn is_name_of_site(name: &str, site: &str) -> bool {
    let letters = name_letters(name);
    !letters.is_empty() && site_letters(site).any(|own| own == letters)
}

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the letters and digits of a text in lower case, without a leading `The`.
fn letters_without_the(text: &str) -> String {
    letters(text.strip_prefix("The ").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_owners() {
        let cases = [
            ("sign", "The river rose.\n© 2031 The Daily Example", Some("The Daily Example")),
            (
                "in words",
                "The river rose.\n\nCopyright 2031 Lind Times. All rights reserved.",
                Some("Lind Times"),
            ),
            ("both", "The river rose.\nCopyright © 2031 Lind Times", Some("Lind Times")),
            ("year after the name", "The river rose.\n(c) Lind Times 2031", Some("Lind Times")),
            ("years", "The river rose.\n© 2029-2031 Lind Times, Lind", Some("Lind Times")),
            ("no owner", "The river rose.\n© 2031", None),
            ("a sentence", "Copyright is a right that the makers of works have in most countries", None),
            ("inside a line", "The river rose, © 2031 Lind Times", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(copyright_owner(text), expected, "{name}");
        }
    }

    #[test]
    fn recognizes_notices() {
        let long = "Copyright 2031 Lind Times. All rights reserved. This material may not be published, broadcast, \
            rewritten or redistributed.";
        let cases = [
            ("© 2031", true),
            ("© Lind Times", true),
            ("(c) 2029-2031 Lind Times, Lind", true),
            ("Copyright © Lind Times", true),
            (long, true),
            ("Copyright law changes", false),
            ("© 2031 Lind Times. The toll is 14", false),
            ("© Lind Times. The river rose again on Monday and closed the bridges of the town", false),
            ("The river rose, © 2031", false),
            ("", false),
        ];
        for (line, expected) in cases {
            assert_eq!(is_copyright_notice(line), expected, "{line}");
        }
    }

    #[test]
    fn compares_names_with_sites() {
        let cases = [
            ("The Daily Example", "dailyexample.org", true),
            ("Daily Example", "thedailyexample.org", true),
            ("The Daily Example", "The Daily Example", true),
            ("Lind Times", "news.lindtimes.example", true),
            ("Example.org", "example.org", true),
            ("Lind", "lindtimes.example", false),
            ("", "lindtimes.example", false),
        ];
        for (name, site, expected) in cases {
            let letters = name_letters(name);
            assert_eq!(site_letters(site).any(|other| other == letters), expected, "{name} {site}");
        }
    }
}
