//! Foreign text on a terminal: what is invisible there, or commands it, is spelled out.

/// Characters of a message that are shown.
const MAX_SHOWN_LENGTH: usize = 600;

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        if index == MAX_SHOWN_LENGTH {
            shown.push('…');
            break;
        }
        push(&mut shown, c);
    }
    shown
}

/// Adds a character, or its spelling.
pub(super) fn push(shown: &mut String, c: char) {
    match c {
        '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
        c if c.is_control() || is_invisible(c) => shown.extend(c.escape_unicode()),
        c => shown.push(c),
    }
}

/// Marks of direction, joiners, line and paragraph ends, placeholders, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_commands_a_terminal_is_spelled_out() {
        assert_eq!(line("a\u{202e}b\u{1b}[31m\nc\u{9b}"), r"a\u{202e}b\u{1b}[31m\nc\u{9b}");
    }

    #[test]
    fn long_messages_are_cut() {
        assert_eq!(line(&"x".repeat(10_000)).chars().count(), MAX_SHOWN_LENGTH + 1);
    }
}
