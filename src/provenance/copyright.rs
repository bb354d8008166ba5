//! A text in, the owner that its copyright line names out; a name and a site in, whether they are the same out.

use super::lines::last_lines;

/// Lines at the end in which a copyright line may stand.
const TAIL: usize = 4;
/// The most words of an owner's name; what is longer is a sentence.
const NAME: usize = 6;
/// What a copyright line begins with.
const SIGNS: [&str; 4] = ["©", "(c)", "(C)", "Copyright"];

/// Finds the owner in the copyright line at the end of a text: `© 2031 The Daily Example. All rights reserved.`
/// Nothing where there is no such line.
///
/// ```
/// use wirecopy::provenance::copyright_owner;
/// assert_eq!(copyright_owner("The river rose.\n© 2031 Daily Example"), Some("Daily Example"));
/// ```
pub fn copyright_owner(text: &str) -> Option<&str> {
    last_lines(text).take(TAIL).find_map(owner)
}

fn owner(line: &str) -> Option<&str> {
    let behind = SIGNS.iter().find_map(|sign| line.strip_prefix(sign))?;
    let name = behind.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let name = SIGNS.iter().find_map(|sign| name.strip_prefix(sign)).unwrap_or(name);
    let name = name.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let end = [". ", ", ", " All rights", " all rights", " – ", " - ", " | "];
    let end = end.iter().filter_map(|mark| name.find(mark)).min().unwrap_or(name.len());
    let name = name[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    let is_name = !name.is_empty() && name.split_whitespace().count() <= NAME;
    is_name.then_some(name)
}

/// Tells whether a name is that of a site: the letters of the name, with or without its article, are those of the
/// site's name, or of its host without what stands behind the last dots (`The Daily Example`, `dailyexample.co.uk`).
///
/// ```
/// use wirecopy::provenance::names_site;
/// assert!(names_site("The Daily Example", "dailyexample.co.uk"));
/// assert!(!names_site("The Daily", "dailyexample.co.uk"));
/// ```
pub fn names_site(name: &str, site: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let without_article = |name: &str| letters(name.strip_prefix("The ").unwrap_or(name));
    let name = without_article(name);
    let is_host = site.contains('.') && !site.contains(' ');
    let labels = || site.split('.').map(|label| without_article(label.strip_prefix("the").unwrap_or(label)));
    let whole = letters(site);
    !name.is_empty()
        && (without_article(site) == name
            || whole == name
            || is_host && labels().chain(site.split('.').map(letters)).any(|label| label == name))
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
            ("year behind", "The river rose.\n(c) Lind Times 2031", Some("Lind Times")),
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
    fn tells_whose_site_it_is() {
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
            assert_eq!(names_site(name, site), expected, "{name} {site}");
        }
    }
}
