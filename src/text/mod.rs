//! Divides texts into tokens, the unit in which articles are compared, each with the byte range that it came from.
//!
//! | File | Content |
//! |---|---|
//! | `token`, `tokens` | a token; the list of tokens of a text |
//! | `definition` | the plain, slow definition of what a token is, with the rules that it applies: |
//! | `clean` | removes web addresses, link targets and line-end hyphens |
//! | `gap` | finds white space and invisible characters that are nothing between their neighbors |
//! | `pieces` | divides scripts that are written without spaces |
//! | `fold` | computes the form in which a word is compared |
//! | `lookalikes` | writes words in one script, in which letters of two were mixed |
//! | `char_properties` | white space, scripts, apostrophes and other joints |
//! | `tokenize` | the fast path, which yields the same tokens, with the steps that it takes: |
//! | `blocks` | finds plain ASCII words, white space and special bytes, 64 bytes at a time |
//! | `hash` | hashes words, many at a time |
//! | `run_scanner` | reads a run of text with special bytes character by character |
//! | `pending_word` | the word that is being read there |
//! | `scan_unspaced` | reads scripts that are written without spaces |
//! | `char_info` | what is known of each character, looked up in tables made by the definition |
//! | `word_limit` | recognizes texts that have too many words |
//! | `negations` | recognizes the words by which a sentence says the opposite |
//! | `direct_speech` | finds the tokens that are direct speech, by two kinds of signs: |
//! | `quotation_marks` | the quotation marks of many languages |
//! | `dialogue` | dialogue that is marked by dashes |
//!
//! A run in which the fast path meets anything that is not simple is divided by the definition.

mod blocks;
mod char_info;
mod char_properties;
mod clean;
mod definition;
mod dialogue;
mod direct_speech;
mod fold;
mod gap;
mod hash;
mod lookalikes;
mod negations;
mod pending_word;
mod pieces;
mod quotation_marks;
mod run_scanner;
mod scan_unspaced;
mod token;
mod tokenize;
mod tokens;
mod word_limit;

#[cfg(fuzzing)]
pub use definition::tokenize_by_definition;
pub use direct_speech::direct_speech;
pub(crate) use negations::negations;
pub use token::Token;
pub use tokenize::tokenize;
pub use tokens::Tokens;
pub(crate) use word_limit::has_more_words;
