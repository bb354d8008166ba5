//! The laws of the tokenizer, for any text: the tokens are those of the definition, no span cuts a character, and
//! reused memory changes nothing.

use wirecopy::text::{Tokens, tokenize};

/// Checks the laws for a text: the bytes, with invalid UTF-8 replaced.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut tokens = Tokens::new();
    tokenize(&text, &mut tokens);

    assert_eq!(tokens.tokens().len(), tokens.spans().len());
    let mut last = 0;
    for &(begin, end) in tokens.spans() {
        assert!(last <= begin && begin < end, "spans ascend, do not overlap, and are not empty");
        assert!(text.get(begin as usize..end as usize).is_some(), "a span cuts no character");
        last = end;
    }

    let mut used = Tokens::new();
    tokenize("Some 12 words were here before: Łódź, 東京タワー.", &mut used);
    tokenize(&text, &mut used);
    assert_eq!(used, tokens);

    #[cfg(fuzzing)]
    {
        let mut plain = Tokens::new();
        wirecopy::text::tokenize_by_definition(&text, &mut plain);
        assert_eq!(tokens, plain, "the tokens are those of the definition");
    }
}
