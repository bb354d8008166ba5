//! Writes the beginning and the end of an HTML page, with its style, its script and its content security policy.
//!
//! A page is one file that needs no network: its style and its script are in it. The caller writes [`Page::begin`],
//! then content of any length piece by piece, then [`Page::end`], so a page is never in memory as a whole. Content
//! is made with [`maud::html!`], which escapes all text and accepts only elements that are closed. Untrusted text
//! also passes through the functions of `untrusted.rs`.
//!
//! Invariants: the page loads nothing, and only the given script runs, because the content security policy has the
//! hashes of style and script. For this reason content has no `style` and no `on...` attributes. Classes, `hidden`
//! and the attributes of inline SVG, which the policy allows, control its appearance. The hashes are computed when
//! the page is written, so style and script can be edited freely.

use std::borrow::Cow;
use std::io::{self, Write};

use data_encoding::BASE64;
use hmac_sha256::Hash;
use maud::{DOCTYPE, PreEscaped, html};

use super::untrusted::safe;

/// The style of every page: colors for light and dark screens, the focus, print.
const STYLE: &str = include_str!("page.css");

/// The beginning and the end of a page.
///
/// `page.css` defines, for use by the content: the colors `--text`, `--dim`, `--ground`, `--raised`, `--line` and
/// `--accent`; for charts `--series-1` to `--series-4`, four colors that color-blind people can distinguish on a
/// light and on a dark ground; the classes `dim`, `unseen` (for screen readers only) and `controls` (not printed).
/// The content must begin with `<main id="main">`, or contain it.
#[derive(Clone, Copy, Debug)]
pub(in crate::write) struct Page<'a> {
    /// The title of the window.
    pub(in crate::write) title: &'a str,
    /// The style of this kind of page, after that of every page; must not contain `</style`.
    pub(in crate::write) style: &'a str,
    /// The script of this kind of page; may be empty. It runs after all content is read; must not contain
    /// `</script`.
    pub(in crate::write) script: &'a str,
}

impl Page<'_> {
    /// Writes the page up to its content, which is the rest of `<body>`.
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
                    title { (safe(self.title)) }
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

    /// Writes the script and the end of the page.
    pub(in crate::write) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        self.end_with_data(out, &mut |_| Ok(()))
    }

    /// Writes the script, then data, then the end of the page. The script runs before the data is read, so that a page
    /// with much data can be used at once.
    pub(in crate::write) fn end_with_data(
        &self,
        out: &mut dyn Write,
        write_data: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        if !self.script.is_empty() {
            writeln!(out, "<script>{}</script>", unix_lines(self.script))?;
        }
        write_data(out)?;
        out.write_all(b"</body>\n</html>\n")
    }
}

/// Returns the content security policy of a page with the given style elements and script.
fn policy(styles: &[Cow<'_, str>], script: &str) -> String {
    let styles: Vec<String> = styles.iter().map(|style| source(style)).collect();
    let script = if script.is_empty() { "'none'".to_owned() } else { source(script) };
    format!(
        "default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'",
        styles.join(" ")
    )
}

/// Returns the source expression that allows an element with this content in a policy.
fn source(content: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Hash::hash(content.as_bytes())))
}

/// Returns text with line ends as a browser normalizes them. The browser hashes the normalized text, and a checkout
/// on Windows may have other line ends.
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

    fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
        text.split(before).skip(1).map(|rest| rest.split_once(after).unwrap().0).collect()
    }

    #[test]
    fn policy_allows_its_own_style_and_script_only() {
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
    fn a_page_without_a_script_allows_none() {
        let page = written(Page { title: "t", style: "", script: "" });
        assert!(page.contains("script-src 'none'"));
        assert!(!page.contains("<script"));
    }

    #[test]
    fn hashes_as_the_standard_does() {
        // The example of the standard (CSP level 3, 8.3 "Usage of hashes"), as computed by
        // `openssl dgst -sha256 -binary | base64`.
        assert_eq!(
            source("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn style_contains_no_tag() {
        assert!(!STYLE.contains('<'));
    }
}
