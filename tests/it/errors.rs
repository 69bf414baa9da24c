//! Documents that are broken: what is said of each is pinned, and points at the right place.

use crate::support::{file, pin};
use generator::Source;
use generator::diag::{ReportStyle, Severity};
use serde_json::Value;

/// A test for each broken document: whether anything is generated, and where its findings are:
/// `code line:column` in the document, `code ending:line:column` in another file.
macro_rules! errors {
    ($($name:ident $outcome:ident [$($place:literal)*])*) => {
        pub(crate) const ERRORS: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                check(stringify!($name), Outcome::$outcome, &[$($place),*]);
            }
        )*
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing is generated.
    Refused,
    /// Something is generated.
    Made,
}

errors! {
    syntax Refused ["syntax 8:14"]
    tag Refused ["syntax 6:11"]
    duplicate_key Refused ["duplicate-key 23:9"]
    duplicate_docs Made ["duplicate-docs 24:24"]
    dangling_ref Made ["dangling-ref 15:30" "unused-component 18:5"]
    external_ref Made ["external-ref 22:22" "external-ref 23:22" "external-ref 15:30"]
    cyclic_ref Made ["cyclic-ref 23:5" "cyclic-ref 24:5" "needs-skipped 7:5"]
    cyclic_form Made ["cyclic-ref 20:5" "cyclic-ref 22:5" "needs-skipped 6:5"]
    cyclic_all_of Made ["cyclic-ref 19:15" "needs-skipped 7:5"]
    many_pairs Made ["unsupported 20:5" "needs-skipped 7:5"]
    bad_path Made ["bad-path 7:5"]
    not_openapi Refused ["not-openapi 2:10"]
    wrong_version Refused ["not-openapi 2:10"]
    empty Refused ["syntax 1:1"]
    limit_depth Refused ["limit 5:135"]
    limit_aliases Refused ["limit 11:10"]
    invalid Made ["invalid 10:20" "invalid 20:19"]
    unsupported Made ["mistyped 23:22" "unsupported 10:20"]
    unknown_client_key Refused ["unknown-key client.yaml:2:1" "unknown-key client.yaml:5:3"]
    bad_client Refused ["bad-client client.yaml:3:9" "bad-client client.yaml:5:15" "bad-client client.yaml:5:5" "bad-client client.yaml:7:9" "bad-client client.yaml:7:5" "bad-client client.yaml:9:11"]
    stale_client Refused ["stale-client client.yaml:40:57" "stale-client client.yaml:39:60" "stale-client client.yaml:50:8" "stale-client client.yaml:21:13" "stale-client client.yaml:26:12" "stale-client client.yaml:28:9" "stale-client client.yaml:33:5" "stale-client client.yaml:6:11" "stale-client client.yaml:10:9" "stale-client client.yaml:38:12" "stale-client client.yaml:16:9" "stale-client client.yaml:14:18" "stale-client client.yaml:45:12" "stale-client client.yaml:48:45" "stale-client client.yaml:49:12" "stale-client client.yaml:3:13" "stale-client client.yaml:43:16" "stale-client client.yaml:46:12" "stale-client client.yaml:49:40" "stale-client client.yaml:48:104"]
    stale_only Refused ["stale-client client.yaml:8:8" "stale-client client.yaml:3:10" "stale-client client.yaml:4:11" "stale-client client.yaml:6:7" "stale-client client.yaml:7:7" "selected client.yaml:2:1"]
    bad_types Refused ["bad-client client.yaml:4:28" "bad-client client.yaml:5:28" "bad-client client.yaml:6:27" "bad-client client.yaml:7:26" "bad-client client.yaml:8:60" "bad-client client.yaml:9:25" "bad-client client.yaml:14:33" "bad-client client.yaml:14:53" "bad-client client.yaml:16:16" "bad-client client.yaml:11:7" "stale-client client.yaml:12:14" "bad-client client.yaml:13:14"]
    bad_type_path Refused ["bad-client client.yaml:4:25" "bad-client client.yaml:5:25" "bad-client client.yaml:6:25" "bad-client client.yaml:6:40" "bad-client client.yaml:7:12"]
    no_text Refused ["bad-client client.yaml:7:61" "bad-client client.yaml:8:63" "bad-client client.yaml:4:30" "no-effect 19:39" "bad-client client.yaml:9:47"]
    no_client_credentials Refused ["stale-client client.yaml:4:5"]
    asyncapi Made ["not-expressed 10:7" "missing-docs 6:3" "unknown-keyword 15:26"]
    no_drift Made ["no-effect client.yaml:2:8"]
    no_union Made ["no-effect client.yaml:2:12"]
    webhook_template Refused ["stale-client client.yaml:4:11" "stale-client client.yaml:4:11" "stale-client client.yaml:4:11"]
    unfit_client Refused ["stale-client client.yaml:3:11" "stale-client client.yaml:6:11" "stale-client client.yaml:11:18" "stale-client client.yaml:13:5" "stale-client client.yaml:16:12" "stale-client client.yaml:20:11" "stale-client client.yaml:22:18"]
    double_entry Refused ["bad-client client.yaml:6:11" "bad-client client.yaml:7:11" "bad-client client.yaml:10:11"]
    name_clash Refused ["name-clash client.yaml:5:13"]
    name_spelling Refused ["name-clash client.yaml:5:13"]
    response_list Made ["invalid 11:9" "invalid 17:34"]
    merge_conflict Made ["merge-conflict 19:52"]
    unknown_keyword Made ["unknown-keyword 22:35" "unknown-keyword 7:5" "unknown-keyword 11:7" "unknown-keyword 14:35" "unknown-keyword 15:59" "unknown-keyword 18:34" "unknown-keyword 20:3" "unknown-keyword 28:30" "unknown-keyword 30:29" "unknown-keyword 31:42"]
    unread Made ["no-effect 30:45" "no-effect 30:56" "no-effect 35:9" "no-effect 49:55" "no-effect 49:70" "no-effect 12:73" "no-effect 14:54" "no-effect 15:61" "no-effect 26:95" "unread 12:33" "unread 41:7" "no-effect 42:7" "unread 44:31" "unread 45:82"]
    overlapping_union Made ["overlapping-union 22:57"]
    enum_texts Made ["no-effect 19:65"]
    no_scheme Made ["no-scheme 18:9"]
    added_schemes Refused ["stale-client client.yaml:4:14" "stale-client client.yaml:3:25"]
    foreign_tags Made ["foreign-tags client.yaml:3:9"]
    stale_overlay Refused ["stale-overlay overlay.yaml:7:13"]
    bad_overlay Refused ["bad-overlay overlay.yaml:4:12" "bad-overlay overlay.yaml:4:5" "bad-overlay overlay.yaml:6:13"]
    overlay_brings_it Made ["dangling-ref overlay.yaml:6:22" "needs-skipped 7:5"]
    bad_lock Refused ["bad-lock names.lock:2:1"]
    lost_operation Refused ["dangling-ref 22:22" "needs-skipped 7:5" "lost-operation 7:5"]
}

fn source(name: &str) -> Source {
    let of = |ending: &str| file(&format!("tests/fixtures/errors/{name}{ending}"));
    Source {
        vendor: "broken".to_owned(),
        document: of(".yaml").expect("each test has a document"),
        overlay: of(".overlay.yaml"),
        client: of(".client.yaml"),
        names: of(".names.lock"),
        ..Source::default()
    }
}

fn check(name: &str, outcome: Outcome, places: &[&str]) {
    let run = generator::generate(&source(name));
    let report = run.report;
    assert!(!report.is_empty(), "nothing is found");
    pin("errors", name, &report.render(ReportStyle::Plain));
    let found: Vec<_> = report.json().lines().map(|it| place(name, it)).collect();
    assert_eq!(found, places, "places of what is found");
    let made = if run.output.is_ok() { Outcome::Made } else { Outcome::Refused };
    assert_eq!(made, outcome);
    assert_eq!(made == Outcome::Refused, report.count(Severity::Error) > 0);
}

/// Where a finding is, such as `dangling-ref 15:30` or `stale-overlay overlay.yaml:3:5`.
fn place(name: &str, finding: &str) -> String {
    let it: Value = serde_json::from_str(finding).expect("each line is an object");
    let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let file = text("file");
    let ending = file.rsplit_once(&format!("{name}.")).map_or(&*file, |(_, it)| it);
    let file = if ending == "yaml" { String::new() } else { format!("{ending}:") };
    format!("{} {file}{}:{}", text("code"), it["line"], it["column"])
}
