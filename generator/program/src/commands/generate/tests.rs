//! Tests of the arguments of `generate`, and of the folder that it writes to.

use super::*;

#[cfg(unix)]
#[test]
fn no_file_that_is_given_may_be_a_device() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let spec = folder.path().join("spec.yaml");
    fs::write(&spec, "openapi: 3.0.0\n").expect("the test may write there");
    let device = || PathBuf::from("/dev/zero");
    let plain = || Args::with_wire_tests(&spec, folder.path(), folder.path());
    source(&plain(), "acme").expect("it is a plain file");
    for args in [
        Args { spec: device(), ..plain() },
        Args { asyncapi: Some(device()), ..plain() },
        Args { overlay: Some(device()), ..plain() },
        Args { client: Some(device()), ..plain() },
    ] {
        let error = source(&args, "acme").expect_err("it has no end").to_string();
        assert!(error.contains("a device or a pipe"), "{error}");
    }
}

#[test]
fn names_are_such_as_cargo_takes() {
    let names = [
        ("api.github.com.json", "api-github-com"),
        ("Pet Store (v3).yaml", "pet-store-v3"),
        ("2020-09-14.yaml", "client-2020-09-14"),
        ("é.yaml", "client"),
        ("test.json", "test-client"),
    ];
    for (file, name) in names {
        assert_eq!(crate_name(Path::new(file)), name);
    }
}

#[test]
fn a_name_that_cargo_refuses_is_refused_with_one_that_it_takes() {
    for name in ["acme", "acme-client2", "Acme_Client"] {
        assert_eq!(checked_name(name).expect("cargo takes it"), name);
    }
    let refused = [
        ("a.b", "a-b"),
        ("1abc", "client-1abc"),
        ("a b", "a-b"),
        ("../x", "x"),
        ("std", "std-client"),
        ("type", "type-client"),
        ("Build", "build-client"),
        ("com1", "com1-client"),
        ("", "client"),
        ("-a", "a"),
        ("é", "client"),
    ];
    for (name, other) in refused {
        let error = checked_name(name).expect_err(name).to_string();
        assert!(error.contains(&format!("such as `{other}`")), "{error}");
        assert_eq!(checked_name(other).expect("it is one"), other);
    }
}

#[test]
fn a_crate_below_a_workspace_is_none_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the test may write there");
        fs::write(path, text).expect("the test may write there");
    };
    put("alone/Cargo.toml", "[package]\nname = \"alone\"\n");
    assert!(!workspace_above(&folder.path().join("alone/client")));
    put("all/Cargo.toml", "[workspace]\nmembers = [\"user\", \"clients/*\"]\n");
    put("all/target/CACHEDIR.TAG", "");
    assert!(workspace_above(&folder.path().join("all/clients/new")));
    assert!(!workspace_above(&folder.path().join("all/target/new")));
    assert!(!workspace_above(&folder.path().join("all")));
    assert!(!workspace_above(&folder.path().join("all/clients/../../elsewhere/new")));
    assert!(workspace_above(&folder.path().join("alone/../all/new")));
}

#[test]
fn the_way_between_folders_goes_up_and_down() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let to = folder.path().join("a/runtime");
    fs::create_dir_all(&to).expect("the test may write there");
    let path = path_from(&folder.path().join("b/out"), &to).expect("it is there");
    assert_eq!(path, "../../a/runtime");
}

#[test]
fn a_folder_with_other_files_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    refuse_foreign(folder.path()).expect("it is empty");
    fs::write(folder.path().join("mine"), "").expect("the test may write there");
    refuse_foreign(folder.path()).expect_err("it has a file");
    fs::write(folder.path().join(Manifest::NAME), "").expect("the test may write there");
    refuse_foreign(folder.path()).expect("it was generated");
}

#[test]
fn what_a_document_refers_to_is_read_from_its_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let spec = folder.path().join("spec.yaml");
    let text = "openapi: 3.0.0\ncomponents: {schemas: {A: {$ref: parts/a.json}}}\n";
    fs::write(&spec, text).expect("the test may write there");
    fs::create_dir(folder.path().join("parts")).expect("the test may write there");
    let part = folder.path().join("parts/a.json");
    fs::write(part, r#"{"type": "string"}"#).expect("the test may write there");
    let args = Args::with_wire_tests(&spec, folder.path(), folder.path());
    let source = source(&args, "acme").expect("it is a plain file");
    let bundle = generator::bundle(&source).expect("both are well-formed").expect("there are two");
    let schemas = bundle.tree.to_json()["components"]["schemas"].to_string();
    assert_eq!(schemas, r#"{"A":{"type":"string"}}"#);
    assert!(bundle.report.is_empty());
}
