//! Defines a token, the unit in which articles are compared.

/// A word in the form in which it is compared: 31 bits of the XXH3 hash of its folded form, and one bit for whether
/// it contains a digit.
///
/// Two different words have the same token with probability 2⁻³¹. Articles are therefore called identical only if
/// [`Tokens::content`](super::Tokens::content) is equal, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Token(u32);

impl Token {
    /// Creates the token of a word from the 64-bit hash of its folded form.
    #[inline]
    pub(super) fn new(hash: u64, has_digit: bool) -> Self {
        Self(((hash >> 32) as u32) << 1 | u32::from(has_digit))
    }

    /// Returns the token as a number: 31 bits of hash, and in the lowest bit whether the word contains a digit.
    #[inline]
    pub fn get(self) -> u32 {
        self.0
    }

    /// Returns whether the word contains a digit. In tables, results and lotteries the numbers are the news.
    #[inline]
    pub fn has_digit(self) -> bool {
        self.0 & 1 == 1
    }
}
