//! Finds the credit of a picture, which pages print at the end of its caption or in a line of its own.
//!
//! Cost: a look at one bit for each of the last tokens of a line. Few lines have one of the words or signs of a credit.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::token_filter::TokenFilter;
use crate::text::Token;

/// Words for pictures before the name of their maker, in lower case.
const PICTURES: [&str; 36] = [
    "photo",
    "photos",
    "photograph",
    "picture",
    "pictures",
    "pic",
    "image",
    "images",
    "credit",
    "credits",
    "illustration",
    "graphic",
    "video",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "fotografía",
    "fotografia",
    "imagen",
    "imagem",
    "immagine",
    "crédit",
    "crédits",
    "crédito",
    "créditos",
    "zdjęcie",
    "fot",
    "kuva",
    "kuvat",
    "фото",
    "fotoğraf",
    "صورة",
    "عکس",
    "写真",
    "图片",
];
/// Words between the word for a picture and the name of its maker: `Photo by`, `Foto von`, `Photo courtesy of`.
const MAKERS: [&str; 8] = ["by", "von", "par", "por", "di", "av", "af", "courtesy"];
/// The most words of a maker's name with that of an agency, as in `Lars Holm for The Daily Example via Getty Images`.
const NAME_WORDS: usize = 9;
/// The most letters of a word in a name that is not capitalized: `of`, `von`, `via`, and agencies such as `dpa`.
const PARTICLE_LETTERS: usize = 4;

const COPYRIGHT_SIGN: char = '©';
/// The colon of Chinese and Japanese, in which tokens are not words.
const FULLWIDTH_COLON: char = '：';

/// Returns the byte at which a picture credit begins that ends a line, as in `The bridge at noon. Photo: Lars Holm / AFP`
/// and `The bridge at noon (AP Photo/Lars Holm)`.
///
/// `tokens` are the tokens of the line.
pub(super) fn picture_credit(line: &str, tokens: &[Token]) -> Option<usize> {
    static FILTER: LazyLock<TokenFilter> = LazyLock::new(|| TokenFilter::new(PICTURES.iter().copied()));
    /// The most words of a credit: for the picture, the maker's name, and `by` between them.
    const WORDS: usize = NAME_WORDS + 2;
    let last = &tokens[tokens.len().saturating_sub(WORDS)..];
    let words = FILTER.for_line(line);
    if !has_sign(line) && !last.iter().any(|&token| words.may_contain(token)) {
        return None;
    }
    in_parentheses(line).or_else(|| after_copyright_sign(line)).or_else(|| after_label(line))
}

/// Returns whether a line has a copyright sign or a fullwidth colon.
fn has_sign(line: &str) -> bool {
    static SIGNS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["©", "："].map(Finder::new));
    !line.is_ascii() && SIGNS.iter().any(|sign| sign.find(line.as_bytes()).is_some())
}

/// Returns the beginning of parentheses at the end of a line that contain a word for a picture and names.
fn in_parentheses(line: &str) -> Option<usize> {
    let inside = line.trim_end_matches('.').strip_suffix([')', '）'])?;
    let begin = inside.rfind(['(', '（'])?;
    let inside = inside[begin..].trim_start_matches(['(', '（']);
    (inside.split(|letter: char| !letter.is_alphabetic()).any(is_picture) && is_name(inside)).then_some(begin)
}

/// Returns the position of a copyright sign that is followed by a name at the end of a line.
fn after_copyright_sign(line: &str) -> Option<usize> {
    let begin = line.rfind(COPYRIGHT_SIGN)?;
    is_name(&line[begin..]).then_some(begin)
}

/// Returns the position of a word for a picture that is followed by a colon or a word such as `by`, and a name at the
/// end of a line.
fn after_label(line: &str) -> Option<usize> {
    let mut begin = None;
    let mut before: Option<(usize, &str)> = None;
    for (at, word) in words(line) {
        if let Some((label_at, label)) = before.filter(|(_, label)| is_picture(label)) {
            let between = line[label_at + label.len()..at].trim();
            let name_at = if between.starts_with([':', FULLWIDTH_COLON]) {
                Some(at)
            } else {
                let is_maker = between.is_empty() && MAKERS.contains(&word);
                is_maker.then_some(at + word.len())
            };
            if name_at.is_some_and(|name_at| is_name(&line[name_at..])) {
                begin = begin.or(Some(label_at));
            }
        }
        before = Some((at, word));
    }
    begin
}

/// Returns the words of a line, each with its position.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// Returns whether a word means a picture, in lower case, capitalized or in capitals.
fn is_picture(word: &str) -> bool {
    /// The bytes of the longest word, in any case.
    const LONGEST: usize = 16;
    word.len() <= LONGEST && PICTURES.contains(&word.to_lowercase().as_str())
}

/// Returns whether a text is like the name of a person or an agency: few words without digits, each with a capital
/// letter where the script has them, except for particles.
fn is_name(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_part = |word: &str| {
        let is_capitalized = word.chars().next().is_some_and(|first| !first.is_lowercase());
        (is_capitalized || word.chars().count() <= PARTICLE_LETTERS) && !word.contains(char::is_numeric)
    };
    words.by_ref().take(NAME_WORDS).all(is_part) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn finds_credits_at_the_end_of_lines() {
        let cases = [
            (
                "The ferry at noon. Photo: Mia Berg / Harbor Pictures",
                Some("Photo: Mia Berg / Harbor Pictures"),
            ),
            ("Photo: Mia Berg", Some("Photo: Mia Berg")),
            ("Image credit: Mia Berg", Some("credit: Mia Berg")),
            ("The ferry at noon (AP Photo/Mia Berg)", Some("(AP Photo/Mia Berg)")),
            ("The ferry at noon. PHOTO BY MIA BERG", None),
            (
                "The ferry at noon. Photo by Mia Berg for the Harbor News",
                Some("Photo by Mia Berg for the Harbor News"),
            ),
            ("Die Fähre am Mittag. Foto: dpa", Some("Foto: dpa")),
            ("The ferry at noon © Harbor News", Some("© Harbor News")),
            ("フェリー。写真：共同通信", Some("写真：共同通信")),
            ("Паром в полдень. Фото: Мия Берг", Some("Фото: Мия Берг")),
            ("The photo: nobody knows where it was taken", None),
            ("Credit: 20 dollars", None),
            ("Video: three ferries collided", None),
            ("The ferry stopped (it had no photo permit)", None),
            ("The ferry stopped", None),
            ("", None),
        ];
        for (line, expected) in cases {
            let mut tokens = Tokens::new();
            tokenize(line, &mut tokens);
            assert_eq!(picture_credit(line, tokens.tokens()).map(|begin| &line[begin..]), expected, "{line}");
        }
    }
}
