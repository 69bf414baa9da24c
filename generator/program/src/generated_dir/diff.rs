//! A plan as a unified diff, bounded in length.

use super::{Manifest, Plan, Write};
use crate::text;
use similar::{Algorithm, TextDiff};
use std::time::Duration;

/// The list of what is ours.
const LIST: &str = Manifest::NAME;
/// Lines of one file that are shown.
const OF_A_FILE: usize = 40;
/// Time that finding the smallest difference of one file may take.
const TIME: Duration = Duration::from_millis(200);

/// The differences, `most` lines at most; the folder is shown as `name`.
pub(crate) fn differences(plan: &Plan, name: &str, others: &[Write], most: usize) -> String {
    let removals =
        plan.removals.iter().map(|it| format!("--- a/{name}/{}\n+++ /dev/null\n", it.path));
    let writes = plan.writes.iter().map(|it| file(&format!("{name}/{}", it.path), it));
    let others = others.iter().map(|it| file(&it.path, it));
    let list = plan.list_changes().then(|| format!("{name}/{LIST} does not list what is there\n"));
    cut(&removals.chain(writes).chain(others).chain(list).collect::<String>(), most)
}

/// The difference of a file that is shown as `path`.
fn file(path: &str, write: &Write) -> String {
    let old = write.old.as_deref().map(String::from_utf8_lossy);
    cut(&unified(path, old.as_deref(), &write.new), OF_A_FILE)
}

/// The difference of a text that is shown as `path`.
pub(crate) fn unified(path: &str, old: Option<&str>, new: &str) -> String {
    let before = if old.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
    let old = old.unwrap_or_default();
    let diff =
        TextDiff::configure().algorithm(Algorithm::Patience).timeout(TIME).diff_lines(old, new);
    diff.unified_diff().header(&before, &format!("b/{path}")).to_string()
}

fn cut(all: &str, most: usize) -> String {
    let lines = all.lines().count();
    if lines <= most {
        return all.to_owned();
    }
    format!("{}… {} more lines\n", text::lines(all.lines().take(most)), lines - most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_the_file() {
        let text = unified("src/lib.rs", Some("a\nb\n"), "a\nc\n");
        assert!(text.starts_with("--- a/src/lib.rs\n+++ b/src/lib.rs\n@@"), "{text}");
        assert!(text.contains("-b\n+c\n"), "{text}");
    }

    #[test]
    fn long_differences_are_cut() {
        assert_eq!(cut("a\nb\nc\n", 2), "a\nb\n… 1 more lines\n");
    }
}
