//! Stores one page of each story around each text that is boilerplate.

/// The number of a text that is boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextId(u32);

impl TextId {
    /// Returns the index of the text in lists of all texts that are boilerplate.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// For each text that is boilerplate, pages of different stories: one page of each story around it.
#[derive(Debug, Default)]
pub(super) struct StoryPages {
    /// The pages of all texts, by text.
    pages: Vec<u32>,
    /// For each text, where its pages end in `pages`.
    ends: Vec<u32>,
}

impl StoryPages {
    /// Adds the pages of a new text, and returns the number of the text.
    pub(super) fn push(&mut self, pages: &[u32]) -> TextId {
        self.pages.extend(pages);
        self.ends.push(self.pages.len() as u32);
        TextId(self.ends.len() as u32 - 1)
    }

    /// Returns the pages of a text.
    pub(super) fn of(&self, TextId(text): TextId) -> &[u32] {
        let begin = if text == 0 { 0 } else { self.ends[text as usize - 1] };
        &self.pages[begin as usize..self.ends[text as usize] as usize]
    }
}
