//! A server that differs from its document in twelve ways: what is noted, what `learn` proposes, and the silence after it.

use crate::scratch;
use crate::server::{Server, Turn, response};
use crate::shapes::krate_of;
use crate::support::{file, read, text};
use generator::{GeneratedFile, Source};
use openapi_clients::commands::learn;
use openapi_clients::project::Project;
use std::fs;
use std::path::Path;

/// The documents, which say the same in two versions of OpenAPI.
const DOCUMENTS: [&str; 2] = ["nullable", "null_type"];

/// The name of the crate, and of the program over it.
pub(crate) const CRATE: &str = "drift";

#[test]
fn what_drifts_is_proposed_and_drifts_no_more() {
    let folder = scratch::folder(CRATE);
    let mut files = krate_of(CRATE, DOCUMENTS.iter().map(|it| source(it, None)));
    let path = "tests/drift.rs".to_owned();
    files.push(GeneratedFile { path, text: read("tests/programs/drift.rs") });
    scratch::write(&folder, &files);
    let server = Server::start([Turn::By(answer)]);
    let scratch = tempfile::tempdir().expect("it can be made");
    let root = scratch.path();
    run(&folder, &server, &root.join("first"), None);
    let project = Project::of_generator(root.to_owned());
    let contracts = root.join("contracts");
    fs::create_dir(&contracts).expect("it can be made");
    for name in DOCUMENTS {
        let specs = project.spec(name, "openapi.yaml");
        fs::create_dir_all(specs.parent().expect("it has one")).expect("it can be made");
        fs::write(specs, read(&format!("tests/fixtures/drift/{name}.yaml"))).expect("it is new");
        let file = root.join(format!("first/{name}.json"));
        learn::run(&learn::Args::write(file), &project).expect("the file is one");
        let written = fs::read_to_string(project.spec(name, "overlay.yaml")).expect("it is there");
        let expected = read(&format!("tests/fixtures/drift/{name}.overlay.yaml"));
        assert!(written == expected, "{name} has other corrections:\n{written}");
        let corrected = krate_of(CRATE, std::iter::once(source(name, Some(&written))));
        let contract = corrected.iter().find(|it| it.path.ends_with("contract.json"));
        let contract = contract.expect("the client has one");
        fs::write(contracts.join(format!("{name}.json")), &contract.text).expect("it is new");
    }
    run(&folder, &server, &root.join("second"), Some(&contracts));
    for name in DOCUMENTS {
        let silent = fs::read_to_string(root.join(format!("second/{name}.json")));
        let silent = silent.expect("it was written");
        assert_eq!(silent.matches("\"responses\":").count(), 6, "{name}: {silent}");
        assert!(!silent.contains("differences"), "{name}: {silent}");
    }
}

fn source(name: &str, overlay: Option<&str>) -> Source {
    Source {
        vendor: name.to_owned(),
        document: file(&format!("tests/fixtures/drift/{name}.yaml")).expect("it is there"),
        overlay: overlay.map(|it| text("overlay.yaml", it)),
        client: Some(text("client.yaml", "drift: true\n")),
        ..Source::default()
    }
}

/// Runs the program; it is built once.
fn run(krate: &Path, server: &Server, files: &Path, contracts: Option<&Path>) {
    fs::create_dir(files).expect("it can be made");
    let features = "nullable,null_type,rustls,drift";
    let words = ["test", "--tests", "--no-default-features", "--features", features];
    let (url, files) = (server.url(), files.display().to_string());
    let contracts = contracts.map(|it| it.display().to_string());
    let mut variables = vec![("DRIFT_URL", &*url), ("DRIFT_FOLDER", &*files)];
    variables.extend(contracts.as_deref().map(|it| ("DRIFT_CONTRACTS", it)));
    let run = scratch::cargo(krate, &words, &variables);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("ok. 2 passed"), "not all of it was run:\n{said}");
}

/// The server, which differs where a path says so.
fn answer(head: &str) -> String {
    let mut words = head.split(' ');
    let body = match (words.next(), words.next()) {
        (Some("GET"), Some("/pets/drifts")) => {
            r#"{"id": "1", "state": "lost", "nickname": null, "owner": null, "chip": 7, "weight": 4.5,
                "notes": [{"level": "low"}, {"level": "high"}], "home": {"city": "Bonn", "rooms": 2},
                "toys": [{"name": "ball"}, {"name": null}]}"#
        }
        (Some("GET"), Some("/pets/fits")) => r#"{"id": "2", "age": 3, "state": "old"}"#,
        (Some("GET"), Some("/pets")) => r#"{"items": [{"id": "1", "age": 3, "state": "lost"}]}"#,
        (Some("DELETE"), Some("/pets/drifts")) => {
            return response(403, &[], r#"{"message": "It has an owner."}"#);
        }
        (Some("DELETE"), _) => return response(204, &[], ""),
        (_, Some("/dogs/drifts")) => r#"{"legs": 4, "barks": true, "breed": "Pug"}"#,
        (_, Some("/events")) => {
            r#"{"events": [{"type": "born", "at": "now"}, {"type": "lost", "where": "Bonn"}]}"#
        }
        _ => return response(500, &[], ""),
    };
    response(200, &[], body)
}
