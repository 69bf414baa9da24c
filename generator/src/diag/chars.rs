//! Which byte a character starts at, and the other way round, without counting from the start each time.

/// The characters of a text.
pub(super) struct Chars<'t> {
    text: &'t str,
    /// The byte of every `STEP`-th character; empty where all characters are one byte long.
    steps: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> Chars<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, steps }
    }

    /// The byte at which a character starts.
    pub(super) fn byte(&self, index: usize) -> usize {
        if self.steps.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&start) = self.steps.get(index / STEP) else { return self.text.len() };
        let rest = self.text[start..].char_indices().nth(index % STEP);
        rest.map_or(self.text.len(), |(byte, _)| start + byte)
    }

    /// The number of characters before a byte, which must be the first byte of a character.
    pub(super) fn index(&self, byte: usize) -> usize {
        if self.steps.is_empty() {
            return byte;
        }
        let step = self.steps.partition_point(|&it| it <= byte).saturating_sub(1);
        step * STEP + self.text[self.steps[step]..byte].chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_however_long_they_are() {
        let text = "aé€😀".repeat(100);
        let chars = Chars::new(&text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!((chars.byte(index), chars.index(byte)), (byte, index));
        }
        assert_eq!((chars.byte(400), chars.byte(4000)), (text.len(), text.len()));
    }
}
