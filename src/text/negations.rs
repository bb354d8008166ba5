//! Recognizes the words by which a sentence says the opposite.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::token::Token;
use super::tokenize::tokenize;
use super::tokens::Tokens;

/// The negations of languages in which news is written, without words that usually mean something else in another one
/// of them. Scripts without spaces have no words for it, and are left out.
const NEGATIONS: [&str; 24] = [
    "not no never none nobody nothing neither nor without cannot", // English
    "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne", // German
    "pas jamais aucun aucune rien sans",                           // French
    "nunca jamás ningún ninguno ninguna nadie tampoco sin",        // Spanish
    "não nenhum nenhuma ninguém sem",                              // Portuguese
    "non nessun nessuno nessuna niente senza",                     // Italian
    "niet geen nooit niets zonder",                                // Dutch
    "ikke ingen aldri aldrig inte intet",                          // Danish, Norwegian, Swedish
    "ei eivät eikä",                                               // Finnish
    "не ни нет никогда никто ничего без",                          // Russian
    "ні немає ніколи",                                             // Ukrainian
    "nigdy nikt bez",                                              // Polish
    "není nejsou nikdy",                                           // Czech
    "değil yok hayır",                                             // Turkish
    "nem nincs nincsenek",                                         // Hungarian
    "nu niciodată fără",                                           // Romanian
    "δεν μην ποτέ χωρίς",                                          // Greek
    "لا لم لن ليس ليست بدون",                                       // Arabic
    "نه نیست نمی نشد",                                             // Persian
    "نہیں نہ",                                                     // Urdu
    "לא אין בלי",                                                  // Hebrew
    "नहीं मत",                                                      // Hindi
    "tidak bukan tanpa",                                           // Indonesian
    "không chưa",                                                  // Vietnamese
];

/// The beginnings of English contractions with `not`, which end with `n't`. Of a lost apostrophe remains `isnt` or `isn t`.
const CONTRACTED: [&str; 18] = [
    "is", "are", "was", "were", "do", "does", "did", "wo", "would", "ca", "could", "should", "has", "have",
    "had", "must", "need", "ai",
];

/// The tokens of negations.
struct NegationTokens {
    words: HashSet<Token>,
    /// The tokens before `t` that negate with it: `isn`.
    before_t: HashSet<Token>,
    t: Token,
}

static TOKENS: LazyLock<NegationTokens> = LazyLock::new(|| {
    let contractions = |end: &str| CONTRACTED.map(|word| format!("{word}{end}")).join(" ");
    let (whole, before_t) = (contractions("n't"), contractions("n"));
    let words = NEGATIONS.iter().copied().chain([&*whole]);
    NegationTokens {
        words: words.flat_map(tokens_of).collect(),
        before_t: tokens_of(&before_t).into_iter().collect(),
        t: tokens_of("t")[0],
    }
});

fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens = Tokens::new();
    tokenize(text, &mut tokens);
    tokens.tokens().to_vec()
}

/// Returns the number of words among tokens of a text that negate.
pub(crate) fn negations(tokens: &[Token]) -> usize {
    let NegationTokens { words, before_t, t } = &*TOKENS;
    let divided = tokens.windows(2).filter(|pair| pair[1] == *t && before_t.contains(&pair[0]));
    tokens.iter().filter(|token| words.contains(token)).count() + divided.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_one_token() {
        for words in NEGATIONS {
            assert_eq!(tokens_of(words).len(), words.split_whitespace().count(), "{words}");
        }
    }

    #[test]
    fn counts_negations_in_any_case_and_form() {
        for (text, expected) in [
            ("NOT", 1),
            ("he didn’t", 1),
            ("he didnt, she didn t", 2),
            ("won't t", 1),
            ("NICHT", 1),
            ("não", 1),
            ("Не", 1),
            ("a t shirt", 0),
            ("notes", 0),
            ("is", 0),
        ] {
            assert_eq!(negations(&tokens_of(text)), expected, "{text}");
        }
    }
}
