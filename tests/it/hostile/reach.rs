//! Documents that point at files and hosts: what is made of them needs neither, and asks for neither.

use crate::support::text;
use generator::diag::ReportStyle;
use generator::{CrateSpec, RuntimeSource, Source};
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The word that each file and each response would bring in, were it read.
const WORD: &str = "Smuggled";

/// A document that has been put into a folder beside all that it points at.
struct Trap {
    folder: PathBuf,
    host: TcpListener,
    document: String,
}

fn trap(name: &str) -> Trap {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reach").join(name);
    fs::create_dir_all(&folder).expect("it is writable");
    let other = format!(
        "openapi: 3.0.3\ninfo: {{title: {WORD}, version: '1'}}\npaths: {{}}\n\
         components: {{schemas: {{{WORD}: {{type: object, description: {WORD}}}}}}}\n"
    );
    fs::write(folder.join("other.yaml"), other).expect("it is writable");
    let host = TcpListener::bind("127.0.0.1:0").expect("this machine has a port");
    host.set_nonblocking(true).expect("sockets can be asked without waiting");
    let document = document(&folder, host.local_addr().expect("it is bound").port());
    fs::write(folder.join("openapi.yaml"), &document).expect("it is writable");
    Trap { folder, host, document }
}

/// Every way to point outside, in every place that takes a reference or an address.
fn document(folder: &Path, port: u16) -> String {
    let here = folder.display();
    let ways = [
        "other.yaml".to_owned(),
        "./other.yaml".to_owned(),
        "../reach/other.yaml".to_owned(),
        format!("{here}/other.yaml"),
        format!("file://{here}/other.yaml"),
        format!("http://127.0.0.1:{port}/other.yaml"),
        format!("//127.0.0.1:{port}/other.yaml"),
    ];
    let mut paths = String::new();
    let mut schemas = String::new();
    for (index, way) in ways.iter().enumerate() {
        let schema = format!("{way}#/components/schemas/{WORD}");
        let _ = writeln!(schemas, "    S{index}: {{$ref: '{schema}'}}");
        let _ = writeln!(
            paths,
            "  /whole{index}: {{$ref: '{way}#/paths/~1x'}}\n  /things{index}:\n    get:\n      \
             externalDocs: {{url: '{way}'}}\n      servers: [{{url: '{way}'}}]\n      \
             parameters: [{{$ref: '{way}#/x'}}, {{name: q, in: query, schema: {{$ref: '{schema}'}}}}]\n      \
             responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '{schema}'}}, \
             example: {{externalValue: '{way}'}}}}}}}}}}"
        );
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: Reach, version: '1'}}\n\
         servers: [{{url: 'http://127.0.0.1:{port}/v1'}}]\npaths:\n  /plain:\n    get:\n      \
         responses: {{'204': {{description: none}}}}\n{paths}components:\n  schemas:\n{schemas}"
    )
}

/// All that is made of a document, and all that is said of it.
fn outcome(document: &str) -> String {
    let document = text("openapi.yaml", document);
    let source = Source { vendor: "reach".to_owned(), document, ..Source::default() };
    let run = generator::generate(&source);
    let mut all = run.report.render(ReportStyle::Plain);
    let output = run.output.expect("what points outside is left out, and the rest is made");
    let spec = CrateSpec::alone("reach", RuntimeSource::Path("runtime".to_owned()));
    let tests = generator::wire_tests(&spec, &source).expect("a client can be tested");
    let around = generator::assemble(&spec, std::slice::from_ref(&output));
    for file in around.into_iter().chain(output.files).chain(tests.files) {
        let _ = writeln!(all, "{}\n{}", file.path, file.text);
    }
    all
}

#[test]
fn what_a_document_points_at_is_neither_read_nor_asked_for() {
    let trap = trap("beside");
    let made = outcome(&trap.document);
    assert!(made.contains("external-ref") && made.contains("/plain"), "{made}");
    let smuggled = format!("/// {WORD}");
    assert!(!made.contains(&smuggled) && !made.contains(&format!("struct {WORD}")), "{made}");
    let asked = trap.host.accept().map(|(_, from)| from);
    assert_eq!(asked.map_err(|it| it.kind()), Err(ErrorKind::WouldBlock), "it was asked for");
}

/// In the process of its own that the test below starts: after this, nothing can be opened.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "is run by `nothing_needs_to_be_opened`"]
fn with_nothing_left_to_open() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let Some(folder) = env::var_os("REACH") else { return };
    let folder = PathBuf::from(folder);
    let document = fs::read_to_string(folder.join("openapi.yaml")).expect("it was written");
    let expected = fs::read_to_string(folder.join("expected")).expect("it was written");
    setrlimit(Resource::Nofile, Rlimit { current: Some(0), maximum: Some(0) })
        .expect("a limit can be lowered");
    fs::File::open(folder.join("openapi.yaml")).expect_err("no file can be opened");
    TcpListener::bind("127.0.0.1:0").expect_err("no socket can be made");
    assert!(outcome(&document) == expected, "it is another client");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_needs_to_be_opened() {
    let trap = trap("limited");
    let expected = outcome(&trap.document);
    fs::write(trap.folder.join("expected"), expected).expect("it is writable");
    let program = env::current_exe().expect("this is a program");
    let run = std::process::Command::new(program)
        .args(["--ignored", "--exact", "hostile::reach::with_nothing_left_to_open"])
        .env("REACH", &trap.folder)
        .output()
        .expect("this program can be run");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}
