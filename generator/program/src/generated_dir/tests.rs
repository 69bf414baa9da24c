//! Files that are written, kept and left alone.

use super::{Manifest, Plan, apply, differences, plan};
use generator::GeneratedFile;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn files(files: &[(&str, &str)]) -> Vec<GeneratedFile> {
    let file =
        |&(path, text): &(&str, &str)| GeneratedFile { path: path.into(), text: text.into() };
    files.iter().map(file).collect()
}

fn made(root: &Path, list: &[(&str, &str)]) -> Plan {
    plan(root, files(list), |_| false).expect("nothing is in the way")
}

/// A folder in which `list` was generated.
fn folder(list: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    apply(&made(folder.path(), list)).expect("the test may write there");
    folder
}

fn read(folder: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(folder.path().join(path)).ok()
}

/// Everything in a folder, sorted.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(it) = folders.pop() {
        for entry in fs::read_dir(it).expect("it is a folder") {
            let path = entry.expect("it is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("it is below").display();
                found.push(below.to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_second_run_touches_nothing() {
    let list = [("Cargo.toml", "x"), ("src/a/b.rs", "y")];
    let folder = folder(&list);
    let time = |it: &str| fs::metadata(folder.path().join(it)).and_then(|it| it.modified()).ok();
    let before = [time("src/a/b.rs"), time(Manifest::NAME)];
    let again = made(folder.path(), &list);
    assert!(again.is_empty() && again.unchanged == 2);
    apply(&again).expect("there is nothing to do");
    assert_eq!(before, [time("src/a/b.rs"), time(Manifest::NAME)]);
    assert_eq!(tree(folder.path()), [".generated", "Cargo.toml", "src/a/b.rs"]);
}

#[test]
fn only_what_differs_is_written() {
    let folder = folder(&[("a", "1"), ("b", "1")]);
    let plan = made(folder.path(), &[("a", "1"), ("b", "2"), ("c", "1")]);
    assert_eq!(plan.paths().collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(plan.edited, [""; 0]);
    apply(&plan).expect("the test may write there");
    assert_eq!(read(&folder, "b").as_deref(), Some("2"));
}

#[test]
fn what_is_no_longer_made_goes_with_its_empty_folders() {
    let folder = folder(&[("src/old/deep/a.rs", "1"), ("src/lib.rs", "1")]);
    fs::write(folder.path().join("src/old/mine.txt"), "mine").expect("the test may write there");
    apply(&made(folder.path(), &[("src/lib.rs", "1")])).expect("the test may write there");
    assert_eq!(tree(folder.path()), [".generated", "src/lib.rs", "src/old/mine.txt"]);
    assert!(!folder.path().join("src/old/deep").exists());
}

#[test]
fn what_is_to_be_kept_stays_listed() {
    let folder = folder(&[("src/a/mod.rs", "1"), ("src/b/mod.rs", "1")]);
    let only = files(&[("src/a/mod.rs", "2")]);
    let plan = plan(folder.path(), only, |it| it.starts_with("src/b/")).expect("it is ours");
    apply(&plan).expect("the test may write there");
    assert_eq!(read(&folder, "src/b/mod.rs").as_deref(), Some("1"));
    assert!(made(folder.path(), &[("src/a/mod.rs", "2"), ("src/b/mod.rs", "1")]).is_empty());
}

#[test]
fn an_edited_file_is_named_and_replaced_but_not_removed() {
    let folder = folder(&[("a", "1"), ("gone", "1"), ("edited", "1")]);
    fs::write(folder.path().join("a"), "mine").expect("the test may write there");
    fs::write(folder.path().join("edited"), "mine").expect("the test may write there");
    let plan = made(folder.path(), &[("a", "1")]);
    assert_eq!((&*plan.edited, &*plan.kept), (&["a".to_owned()][..], &["edited".to_owned()][..]));
    apply(&plan).expect("the test may write there");
    assert_eq!(read(&folder, "a").as_deref(), Some("1"));
    assert_eq!(tree(folder.path()), [".generated", "a", "edited"]);
    assert!(made(folder.path(), &[("a", "1")]).is_empty());
}

#[test]
fn a_list_that_names_a_file_of_someone_else_does_not_remove_it() {
    let folder = folder(&[("a", "1")]);
    fs::write(folder.path().join(".env"), "KEY=1").expect("the test may write there");
    let list = read(&folder, Manifest::NAME).expect("the file was written before");
    let line = format!("{}  .env\n", "0".repeat(64));
    fs::write(folder.path().join(Manifest::NAME), list + &line).expect("the test may write there");
    apply(&made(folder.path(), &[("a", "2")])).expect("the test may write there");
    assert_eq!(read(&folder, ".env").as_deref(), Some("KEY=1"));
}

#[test]
fn a_file_of_someone_else_is_refused() {
    let folder = folder(&[("a", "1")]);
    fs::write(folder.path().join("b"), "mine").expect("the test may write there");
    let error = plan(folder.path(), files(&[("a", "1"), ("b", "2")]), |_| false);
    let error = error.expect_err("`b` is not ours").to_string();
    assert!(error.contains("not in .generated: b"), "{error}");
    assert_eq!(read(&folder, "b").as_deref(), Some("mine"));
}

#[test]
fn a_file_that_already_is_right_becomes_ours() {
    let folder = folder(&[("a", "1")]);
    fs::write(folder.path().join("b"), "2").expect("the test may write there");
    let plan = made(folder.path(), &[("a", "1"), ("b", "2")]);
    assert!(plan.writes.is_empty() && !plan.is_empty());
    apply(&plan).expect("the test may write there");
    assert!(read(&folder, Manifest::NAME).is_some_and(|it| it.contains("  b\n")));
}

#[test]
fn without_a_list_everything_comes_back() {
    let list = [("Cargo.toml", "x"), ("src/lib.rs", "y")];
    let folder = folder(&list);
    let before = read(&folder, Manifest::NAME);
    fs::remove_dir_all(folder.path().join("src")).expect("it is there");
    fs::remove_file(folder.path().join(Manifest::NAME)).expect("it is there");
    apply(&made(folder.path(), &list)).expect("the test may write there");
    assert_eq!(read(&folder, Manifest::NAME), before);
    assert_eq!(read(&folder, "src/lib.rs").as_deref(), Some("y"));
}

#[test]
fn a_run_that_was_killed_midway_is_completed() {
    let folder = folder(&[("a", "1"), ("b", "1")]);
    let half = made(folder.path(), &[("a", "2"), ("c", "2")]);
    fs::write(folder.path().join(Manifest::NAME), half.before.union(&half.after).text())
        .expect("the test may write there");
    fs::write(folder.path().join("c"), "2").expect("the test may write there");
    let rest = made(folder.path(), &[("a", "3"), ("c", "3")]);
    assert_eq!(rest.edited, [""; 0]);
    apply(&rest).expect("the test may write there");
    assert_eq!(tree(folder.path()), [".generated", "a", "c"]);
}

#[test]
fn a_file_where_a_folder_goes_stops_everything() {
    let folder = folder(&[("a", "1"), ("src/b", "1")]);
    let wanted = files(&[("a", "2"), ("src/b/c", "2")]);
    let error = plan(folder.path(), wanted, |_| false).expect_err("`src/b` is a file").to_string();
    assert!(error.contains("`src/b` stands where `src/b/c` goes"), "{error}");
    assert_eq!(read(&folder, "a").as_deref(), Some("1"));
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let outer = tempfile::tempdir().expect("a temporary folder can be made");
    let root = outer.path().join("out");
    fs::create_dir(&root).expect("it is new");
    plan(&root, files(&[("../mine", "1")]), |_| false).expect_err("it leads out");
    fs::write(outer.path().join("mine"), "mine").expect("the test may write there");
    let list = Manifest::new(&files(&[("../mine", "mine")]));
    fs::write(root.join(Manifest::NAME), list.text()).expect("the test may write there");
    plan(&root, Vec::new(), |_| false).expect_err("the list leads out");
}

#[test]
fn a_folder_that_cannot_be_made_whole_is_not_made() {
    let above = tempfile::tempdir().expect("a temporary folder can be made");
    let plan = made(&above.path().join("new"), &[("a", "1"), ("a/b", "1")]);
    let error = format!("{:#}", apply(&plan).expect_err("`a` is a file and a folder"));
    assert!(error.contains("cannot write") && error.contains("new/a"), "{error}");
    assert_eq!(fs::read_dir(above.path()).expect("it can be read").count(), 0);
}

#[test]
fn one_path_is_one_file() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let error = plan(folder.path(), files(&[("a", "1"), ("a", "2")]), |_| false);
    assert!(error.expect_err("`a` is there twice").to_string().contains("two files"));
}

#[test]
fn the_difference_is_shown() {
    let folder = folder(&[("a", "1\n"), ("gone", "1\n")]);
    let text = differences(&made(folder.path(), &[("a", "2\n"), ("new", "3\n")]), "out", &[], 100);
    for part in [
        "--- a/out/gone\n+++ /dev/null\n",
        "--- a/out/a\n",
        "-1\n+2\n",
        "--- /dev/null\n+++ b/out/new\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_everyone_as_usual() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a", "1")]);
    fs::write(folder.path().join("usual"), "").expect("the test may write there");
    let mode =
        |it: &str| fs::metadata(folder.path().join(it)).expect("it is there").permissions().mode();
    assert_eq!(mode("a"), mode("usual"));
}

#[cfg(unix)]
#[test]
fn links_stay_as_they_are_and_so_does_what_they_lead_to() {
    use std::os::unix::fs::symlink;
    let other = tempfile::tempdir().expect("a temporary folder can be made");
    fs::write(other.path().join("b"), "mine").expect("the test may write there");
    // In the place of a file, of the folder of a new file, and of a file that is to go.
    for (link, wanted) in [("src/b", "src/b"), ("new", "new/b"), ("src/b", "c")] {
        let folder = folder(&[("src/b", "1")]);
        let place = folder.path().join(link);
        let _ = fs::remove_file(&place);
        let target = if link == "new" { other.path().into() } else { other.path().join("b") };
        symlink(target, &place).expect("its place is free");
        let error = plan(folder.path(), files(&[(wanted, "2")]), |_| false);
        let error = error.expect_err("it is a link").to_string();
        assert!(error.starts_with(&format!("`{link}` is a symbolic link")), "{error}");
        assert!(place.is_symlink());
    }
    // The list itself: it is replaced, and not written through.
    let folder = folder(&[("a", "1")]);
    let list = folder.path().join(Manifest::NAME);
    fs::rename(&list, other.path().join("list")).expect("it is there");
    symlink(other.path().join("list"), &list).expect("its place is free");
    let before = fs::read(other.path().join("list")).expect("it is there");
    apply(&made(folder.path(), &[("a", "2")])).expect("the test may write there");
    assert_eq!(fs::read(other.path().join("list")).expect("it is there"), before);
    assert_eq!(tree(other.path()), ["b", "list"]);
    assert_eq!(fs::read_to_string(other.path().join("b")).ok().as_deref(), Some("mine"));
}
