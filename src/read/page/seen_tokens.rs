//! Iterates over the tags and texts of a page, without elements whose content nobody sees as text of the page.

use super::tokens::{Token, Tokens};

/// The elements whose content nobody sees as text of the page.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "noembed", "noframes", "textarea", "svg", "math",
    "title",
];

/// The tags and texts of a page that are in no unseen element.
pub(super) struct SeenTokens<'h> {
    tokens: Tokens<'h>,
    /// The name of the unseen element that is open, and the number of open elements with this name.
    unseen: Option<(&'static str, usize)>,
}

impl<'h> SeenTokens<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { tokens: Tokens::new(html), unseen: None }
    }
}

impl<'h> Iterator for SeenTokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        loop {
            let token = self.tokens.next()?;
            match (token, &mut self.unseen) {
                (Token::Other(_), _) | (Token::Text(_), Some(_)) => {}
                (Token::Start(tag), Some((name, depth))) => {
                    *depth += usize::from(tag.is(name) && !tag.is_closed);
                }
                (Token::End(tag), Some((name, depth))) => {
                    *depth -= usize::from(tag.is(name));
                    if *depth == 0 {
                        self.unseen = None;
                    }
                }
                (Token::Start(tag), None) => match UNSEEN.iter().copied().find(|name| tag.is(name)) {
                    Some(name) if !tag.is_closed => self.unseen = Some((name, 1)),
                    Some(_) => {}
                    None => return Some(token),
                },
                (Token::Text(_) | Token::End(_), None) => return Some(token),
            }
        }
    }
}
