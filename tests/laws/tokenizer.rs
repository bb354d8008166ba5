//! Any text in: the tokens are those of the definition, their spans cut no character, and what was read before in the
//! same memory does not show.

use wirecopy::text::{Tokens, tokenize};

/// Checks bytes, read as UTF-8 as far as they are.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut tokens = Tokens::new();
    tokenize(&text, &mut tokens);

    assert_eq!(tokens.tokens().len(), tokens.spans().len());
    let mut last = 0;
    for &(begin, end) in tokens.spans() {
        assert!(last <= begin && begin < end, "spans ascend, are apart, and hold something");
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
        assert_eq!(tokens, plain, "the fast path and the definition");
    }
}
