//! A title, a style and a script in, what stands around the content of an HTML page out.
//!
//! A page is one file that shows itself without a network: its style and its script stand inside it. Its caller writes
//! [`Page::begin`], then content of any length piece by piece, then [`Page::end`], so a page is never held in memory.
//! Content is made with [`maud::html!`], which escapes whatever it is given and takes only elements that are closed;
//! text that an article brought goes through [`foreign`](super::foreign) besides.
//!
//! Invariants: the page loads nothing, and no script runs but the one given: the content security policy names style
//! and script by their hashes. So content has neither `style` nor `on...` attributes; what varies in looks is said by
//! classes, `hidden`, and attributes of inline SVG, which such a policy leaves alone. The hashes are taken when the
//! page is written, so that none is noted anywhere and style and script can be edited freely.

use std::borrow::Cow;
use std::io::{self, Write};

use data_encoding::BASE64;
use hmac_sha256::Hash;
use maud::{DOCTYPE, PreEscaped, html};

/// What every page looks like: colors for light and dark screens, marks of focus, print.
const STYLE: &str = include_str!("page.css");

/// What stands around the content of a page.
///
/// `page.css` gives content these to use: `--text`, `--dim`, `--ground`, `--raised`, `--line`, `--accent`; for charts
/// `--series-1` to `--series-4`, four colors that color-blind eyes tell apart on either ground; the classes `dim`,
/// `unseen` (only for screen readers) and `controls` (not printed). `<main id="main">` is for the content to open.
#[derive(Clone, Copy, Debug)]
pub(in crate::write) struct Page<'a> {
    /// What the window and the heading say.
    pub(in crate::write) title: &'a str,
    /// The style of this kind of page, after what every page looks like; must not hold `</style`.
    pub(in crate::write) style: &'a str,
    /// The script of this kind of page, or nothing. It runs when all content is there; must not hold `</script`.
    pub(in crate::write) script: &'a str,
}

impl Page<'_> {
    /// Writes what stands before the content, up to the open `<body>`.
    pub(in crate::write) fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        let styles = [STYLE, self.style].map(unix_lines);
        let script = unix_lines(self.script);
        let policy = policy(&styles, &script);
        let head = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content={ "wirecopy " (env!("CARGO_PKG_VERSION")) };
                    title { (self.title) }
                    @for style in &styles {
                        style { (PreEscaped(style)) }
                    }
                }
            }
        };
        let head = head.into_string();
        let open = head.strip_suffix("</html>").unwrap_or(&head);
        writeln!(out, "{open}\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>")
    }

    /// Writes what stands behind the content.
    pub(in crate::write) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.script.is_empty() {
            writeln!(out, "<script>{}</script>", unix_lines(self.script))?;
        }
        out.write_all(b"</body>\n</html>\n")
    }
}

/// Gives the content security policy of a page with these style elements and this script.
fn policy(styles: &[Cow<'_, str>], script: &str) -> String {
    let styles: Vec<String> = styles.iter().map(|style| source(style)).collect();
    let script = if script.is_empty() { "'none'".to_owned() } else { source(script) };
    format!(
        "default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'",
        styles.join(" ")
    )
}

/// Names the content of an element in a policy.
fn source(content: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Hash::hash(content.as_bytes())))
}

/// Ends lines as a browser reads them; it hashes what it read, and a checkout may end them otherwise.
fn unix_lines(source: &str) -> Cow<'_, str> {
    if source.contains('\r') { Cow::Owned(source.replace("\r\n", "\n")) } else { Cow::Borrowed(source) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(page: Page<'_>) -> String {
        let mut out = Vec::new();
        page.begin(&mut out).unwrap();
        out.extend_from_slice(b"<main id=\"main\">content</main>\n");
        page.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn between<'t>(text: &'t str, before: &str, behind: &str) -> Vec<&'t str> {
        text.split(before).skip(1).map(|rest| rest.split_once(behind).unwrap().0).collect()
    }

    #[test]
    fn allows_what_it_holds_and_nothing_else() {
        let page = written(Page { title: "a <b> & c", style: "p { color: red }", script: "go();\r\n" });
        assert!(
            page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"),
            "{page}"
        );
        assert!(page.contains("<title>a &lt;b&gt; &amp; c</title>"));
        assert_eq!(page.matches("<body>").count(), 1);
        assert!(page.ends_with("<script>go();\n</script>\n</body>\n</html>\n"), "{page}");
        let policy = between(&page, "Security-Policy\" content=\"", "\"")[0];
        let styles: Vec<String> = between(&page, "<style>", "</style>").into_iter().map(source).collect();
        assert_eq!(styles.len(), 2);
        let expected = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            styles.join(" "),
            source("go();\n")
        );
        assert_eq!(policy, expected);
    }

    #[test]
    fn needs_no_script() {
        let page = written(Page { title: "t", style: "", script: "" });
        assert!(page.contains("script-src 'none'"));
        assert!(!page.contains("<script"));
    }

    #[test]
    fn hashes_as_browsers_do() {
        // The example of the standard (CSP level 3, 8.3 "Usage of hashes"), as `openssl dgst -sha256 -binary | base64`
        // gives it.
        assert_eq!(
            source("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn style_ends_no_element() {
        assert!(!STYLE.contains('<'));
    }
}
