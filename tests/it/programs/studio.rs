//! Eight programs of the kinds that people write, over one client, against a server on loopback.

use crate::scratch;
use crate::server::{Server, Turn, response};
use crate::shapes::krate_of;
use crate::support::{file, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use generator::{GeneratedFile, Source};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

pub(crate) const PROGRAMS: &[&str] =
    &["speech", "transcription", "clone", "chat", "upload", "models", "job", "webhook"];
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#[test]
fn programs_of_the_usual_kinds_are_short_and_run() {
    let programs = build();
    let folder = scratch::folder("studio").join("run");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::write(folder.join("recording.wav"), "RIFF").expect("it can be written");
    fs::write(folder.join("questions.jsonl"), "{\"q\":1}\n").expect("it can be written");
    let run = |name: &str| run(name, &programs, &folder, vec![Turn::By(respond)]);

    let (said, server) = run("speech");
    assert_eq!(said, "[##########] 12 of 12 bytes\n");
    assert_eq!(fs::read(folder.join("speech.wav")).expect("it is written"), b"speak-2 wave");
    let wanted = r#"{"model":"speak-2","transcript":"Good morning.","voice":{"mode":"id","id":"anna"},"output_format":{"container":"wav","encoding":"pcm_s16le","sample_rate":44100},"speed":1.1}"#;
    assert_eq!(server.bodies(), [wanted]);
    assert!(server.heads()[0].contains("authorization: Bearer key-1\r\n"));

    assert_eq!(run("transcription").0, "Hello you\n 0.00–0.50 Hello\n 0.50–0.75 you\n");
    assert_eq!(run("clone").0, "My voice is voice-7\n12 bytes\n");
    assert_eq!(fs::read(folder.join("me.mp3")).expect("it is written"), b"speak-1 wave");

    let (said, server) = run("chat");
    assert_eq!(said, "weather({\"city\":\"Rome\"})\nIt is warm.\n");
    let answered = r#"{"role":"assistant","tool_calls":[{"id":"call-1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},{"role":"tool","content":"24 °C and no cloud","tool_call_id":"call-1"}"#;
    assert!(server.bodies()[1].contains(answered), "{}", server.bodies()[1]);

    assert_eq!(run("upload").0, "ds-1 is ready: true\n");
    let models = "small reads 1000 tokens\nlarge reads 9000 tokens\nhuge reads 99000 tokens\n";
    assert_eq!(run("models").0, models);

    let states = ["PENDING", "RUNNING", "COMPLETED", "PENDING", "FAILED"];
    let (said, server) = self::run("job", &programs, &folder, states.map(job).into());
    assert_eq!(said, "questions: models/1\nempty: Failed\n");
    assert_eq!(server.heads().len(), states.len());
    let refused = "refused: this webhook was accepted before\n\
                   refused: no signature in `webhook-signature` is that of the body\n";
    assert_eq!(webhooks(&programs, &folder), format!("job-1 is Completed\n{refused}"));
}

/// The output of a program, and the server that it spoke with.
fn run(name: &str, programs: &Path, folder: &Path, turns: Vec<Turn>) -> (String, Server) {
    let server = Server::start(turns);
    let output = program(programs, folder, name, &server.url()).output().expect("it was built");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} fails: {errors}");
    (String::from_utf8_lossy(&output.stdout).into_owned(), server)
}

fn job(state: &str) -> Turn {
    let job = format!(r#"{{"name":"jobs/1","state":"{state}","outputModel":"models/1"}}"#);
    Turn::Response(response(200, &[], &job))
}

/// The folder of the programs, once they are built.
fn build() -> PathBuf {
    let of = |name: &str| file(&format!("tests/programs/studio/{name}"));
    let source = Source {
        vendor: "studio".to_owned(),
        document: of("openapi.yaml").expect("it is there"),
        client: of("client.yaml"),
        ..Source::default()
    };
    let mut files = krate_of("studio", std::iter::once(source));
    let manifest = files.iter_mut().find(|it| it.path == "Cargo.toml").expect("a crate has one");
    manifest.text = manifest.text.replace(r#"features = ["rt"]"#, r#"features = ["macros", "rt"]"#);
    for name in PROGRAMS {
        let text = read(&format!("tests/programs/studio/examples/{name}.rs"));
        check_style(name, &text);
        files.push(GeneratedFile { path: format!("examples/{name}.rs"), text });
    }
    let folder = scratch::folder("studio");
    scratch::write(&folder, &files);
    let words = ["build", "--examples", "--features", "webhooks"];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[]));
    scratch::folder("target").join("debug/examples")
}

/// A program is short, and has nothing that only the compiler wants.
fn check_style(name: &str, text: &str) {
    assert!(text.lines().count() <= 60, "{name} has more than 60 lines");
    let body = text.lines().skip_while(|it| !it.starts_with("async fn") && !it.starts_with("fn"));
    for line in body {
        let is_plain = !line.contains("Box::new") && line.matches(".into()").count() < 2;
        assert!(is_plain && !line.contains("types::"), "{name}: {line}");
    }
}

fn program(programs: &Path, folder: &Path, name: &str, url: &str) -> Command {
    let mut command = Command::new(programs.join(name));
    command.current_dir(folder).env_clear();
    command.env("STUDIO_BASE_URL", url).env("STUDIO_API_KEY", "key-1");
    command.env("STUDIO_ACCOUNT_ID", "me").env("STUDIO_WEBHOOK_SECRET", SECRET);
    command
}

/// The output about a webhook, the same again, and one with another signature.
fn webhooks(programs: &Path, folder: &Path) -> String {
    let mut command = program(programs, folder, "webhook", "");
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it was built");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut address = String::new();
    output.read_line(&mut address).expect("it says where it listens");
    let body = r#"{"type":"job.completed","data":{"name":"job-1","state":"COMPLETED"}}"#;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later");
    let seconds = now.as_secs();
    let right = signature(&format!("msg-1.{seconds}.{body}"));
    let statuses = [&*right, &*right, "v1,AAAA"].map(|signature| {
        let mut stream = TcpStream::connect(address.trim()).expect("it listens");
        let length = body.len();
        let head = format!(
            "POST / HTTP/1.1\r\nwebhook-id: msg-1\r\nwebhook-timestamp: {seconds}\r\n\
             webhook-signature: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(head.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer[9..12].to_owned()
    });
    assert_eq!(statuses, ["204", "401", "401"]);
    let mut said = String::new();
    output.read_to_string(&mut said).expect("it ends");
    assert!(child.wait().expect("it ends").success());
    said
}

fn signature(signed: &str) -> String {
    let key = BASE64.decode(SECRET.trim_start_matches("whsec_")).expect("a secret is base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length will do");
    mac.update(signed.as_bytes());
    format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
}

/// The service of the programs.
fn respond(request: &str) -> String {
    let mut words = request.split(' ');
    let target = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let json = |body: &str| response(200, &[], body);
    match target {
        ("POST", "/speech") => {
            let model = if request.contains("speak-2") { "speak-2" } else { "speak-1" };
            typed("audio/wav", &format!("{model} wave"))
        }
        ("POST", "/transcriptions")
            if ["RIFF", "listen-2", "timestamps[]"].iter().all(|it| request.contains(it)) =>
        {
            json(
                r#"{"text":"Hello you","words":[{"word":"Hello","start":0,"end":0.5},{"word":"you","start":0.5,"end":0.75}]}"#,
            )
        }
        ("POST", "/voices/clone") => json(r#"{"id":"voice-7","name":"My voice"}"#),
        ("POST", "/chat/completions") if request.contains(r#""role":"tool""#) => {
            chunks(&[r#"{"content":"It is "}"#, r#"{"content":"warm."}"#])
        }
        ("POST", "/chat/completions") => chunks(&[
            r#"{"tool_calls":[{"index":0,"id":"call-1","function":{"name":"weather","arguments":""}}]}"#,
            r#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"#,
            r#"{"tool_calls":[{"index":0,"function":{"arguments":"\"Rome\"}"}}]}"#,
        ]),
        ("POST", "/accounts/me/datasets") => {
            json(r#"{"name":"accounts/me/datasets/ds-1","state":"UPLOADING"}"#)
        }
        ("POST", "/accounts/me/datasets/ds-1:upload") if request.contains(r#"{"q":1}"#) => {
            json(r#"{"name":"accounts/me/datasets/ds-1","state":"READY"}"#)
        }
        ("GET", "/accounts/me/models?filter=kind%3DBASE&pageSize=2") => json(
            r#"{"models":[{"name":"small","contextLength":1000},{"name":"large","contextLength":9000}],"nextPageToken":"p2"}"#,
        ),
        ("GET", "/accounts/me/models?filter=kind%3DBASE&pageSize=2&pageToken=p2") => {
            json(r#"{"models":[{"name":"huge","contextLength":99000}]}"#)
        }
        _ => response(400, &[], "{}"),
    }
}

fn typed(mime: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 X\r\ncontent-type: {mime}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Events of a chat, each with a delta.
fn chunks(deltas: &[&str]) -> String {
    let events = deltas.iter().map(|it| format!("data: {{\"choices\":[{{\"delta\":{it}}}]}}\n\n"));
    typed("text/event-stream", &events.chain(["data: [DONE]\n\n".to_owned()]).collect::<String>())
}
