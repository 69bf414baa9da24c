//! Pages in, a document out: what is folded, what is refused, and what is written.

use super::{Args, run};
use crate::project::Project;
use anyhow::Result;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use tempfile::TempDir;

/// A project without a vendor, and a folder for pages.
struct VendorProject {
    folder: TempDir,
    project: Project,
}

impl VendorProject {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Project::of_generator(folder.path().join("project"));
        fs::create_dir_all(project.root.join("specs")).expect("the test may write there");
        Self { folder, project }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the test may write there");
        fs::write(&path, text).expect("the test may write there");
        path
    }

    /// A page with a block.
    fn page(&self, name: &str, block: &str) -> PathBuf {
        self.file(name, &format!("# {name}\n\n```yaml GET {name}\n{block}```\n"))
    }

    fn vendor(&self, files: &[PathBuf], change: impl Fn(&mut Args)) -> Result<ExitCode> {
        let mut args = Args::of_file("acme", PathBuf::new());
        args.files = files.to_vec();
        (args.drops, args.is_new) = (false, false);
        change(&mut args);
        run(&args, &self.project)
    }

    fn written(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.project.spec("acme", file)).ok()
    }

    fn document(&self, files: &[PathBuf]) -> String {
        self.vendor(files, |_| {}).expect("they agree");
        self.written("openapi.yaml").expect("the file was written before")
    }

    fn refusal(&self, files: &[PathBuf]) -> String {
        let error = self.vendor(files, |_| {}).expect_err("they disagree");
        assert_eq!(self.written("openapi.yaml"), None);
        format!("{error:#}")
    }
}

/// A document with one operation and one schema.
fn block(path: &str, schema: &str) -> String {
    format!(
        "openapi: 3.0.1\ninfo:\n  title: Acme\n  version: 1.10\ntags:\n  - name: {schema}\npaths:\n  {path}:\n    \
         get:\n      description: >-\n        Folded\n        text.\n\n        Two.\ncomponents:\n  schemas:\n    \
         {schema}:\n      type: object  # kept\n  parameters:\n    Version:\n      example: '1.10'\n\n"
    )
}

#[test]
fn pages_are_merged_line_by_line() {
    let desk = VendorProject::new();
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &block("/b", "B"))];
    let get = "    get:\n      description: >-\n        Folded\n        text.\n\n        Two.\n";
    let expected = format!(
        "openapi: 3.0.1\ninfo:\n  title: Acme\n  version: 1.10\ntags:\n  - name: A\n  - name: B\npaths:\n  /a:\n{get}  \
         /b:\n{get}components:\n  schemas:\n    A:\n      type: object  # kept\n    B:\n      type: object  # kept\n  \
         parameters:\n    Version:\n      example: '1.10'\n"
    );
    assert_eq!(desk.document(&pages), expected);
}

#[test]
fn operations_of_one_path_come_together() {
    let desk = VendorProject::new();
    let post = block("/a", "A").replace("    get:", "    post:");
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &post)];
    let text = desk.document(&pages);
    assert!(
        text.matches("  /a:\n").count() == 1
            && text.contains("    get:")
            && text.contains("    post:"),
        "{text}"
    );
}

#[test]
fn one_document_is_taken_as_it_stands() {
    let desk = VendorProject::new();
    let text = "\u{feff}{ \"openapi\":\"3.0.0\",\r\n \"paths\": {} }";
    assert_eq!(desk.document(&[desk.file("whole.json", text)]), text);
}

#[test]
fn one_page_is_its_block() {
    let desk = VendorProject::new();
    assert_eq!(
        desk.document(&[desk.page("a.md", &block("/a", "A"))]).trim_end(),
        block("/a", "A").trim_end()
    );
}

#[test]
fn a_folder_counts_as_its_files() {
    let desk = VendorProject::new();
    desk.page("pages/b.md", &block("/b", "B"));
    desk.page("pages/a.txt", &block("/a", "A"));
    desk.file("pages/picture.png", "x");
    let text = desk.document(&[desk.folder.path().join("pages")]);
    assert!(text.find("/a:") < text.find("/b:"), "{text}");
}

#[test]
fn documents_of_other_styles_are_written_anew() {
    let desk = VendorProject::new();
    let json = r#"{"openapi": "3.0.1", "info": {"title": "Acme", "version": 1.10}, "paths": {"/z": {"get": {"x": [1, 2.5, null, true, "200"]}}}}"#;
    let files = [desk.page("a.md", &block("/a", "A")), desk.file("z.json", json)];
    let text = desk.document(&files);
    assert!(
        text.contains("/z:\n") && text.contains("- '200'\n") && text.contains("- 2.5\n"),
        "{text}"
    );
}

#[test]
fn pages_of_different_indentation_come_together() {
    let desk = VendorProject::new();
    let narrow = block("/b", "B");
    let wide = narrow.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        format!("{}{line}\n", " ".repeat(indent))
    });
    let wide = desk.page("b.md", &wide.collect::<String>());
    let text = desk.document(&[desk.page("a.md", &block("/a", "A")), wide]);
    assert!(text.contains("\n  /a:\n") && text.contains("\n  /b:\n"), "{text}");
}

#[test]
fn blank_lines_that_mean_something_stay() {
    let desk = VendorProject::new();
    let keep = |it: &str| it.trim_end().to_owned() + "\n      description: |+\n        x\n\n\n";
    let pages =
        [desk.page("a.md", &keep(&block("/a", "A"))), desk.page("b.md", &keep(&block("/b", "B")))];
    assert!(desk.document(&pages[..1]).ends_with("x\n\n\n"));
    let text = desk.document(&pages);
    assert!(text.contains("description: |+\n        x\n\n\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_device_is_refused_before_it_is_read() {
    let refusal = VendorProject::new().refusal(&[PathBuf::from("/dev/zero")]);
    assert!(refusal.contains("a device or a pipe"), "{refusal}");
}

#[test]
fn files_without_a_document_are_refused() {
    let desk = VendorProject::new();
    let text = desk.refusal(&[desk.file("a.md", "# Nothing\n"), desk.file("b.yaml", "a: 1\n")]);
    assert!(
        text.contains("a.md has no fenced block") && text.contains("b.yaml is no OpenAPI"),
        "{text}"
    );
    desk.file("none/a.png", "x");
    let text = desk.refusal(&[desk.folder.path().join("none")]);
    assert!(text.contains("has no page and no document"), "{text}");
}

#[test]
fn what_differs_is_shown_with_both_places() {
    let desk = VendorProject::new();
    let other = block("/b", "A").replace("object", "string");
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &other)];
    let text = desk.refusal(&pages);
    assert!(text.contains("`components.schemas.A.type` is not the same"), "{text}");
    assert!(text.contains("a.md:21: \"object\"") && text.contains("b.md:21: \"string\""), "{text}");
}

#[test]
fn what_only_one_component_has_is_shown() {
    let desk = VendorProject::new();
    let other = block("/b", "A").replace("object  # kept", "object\n      title: A");
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &other)];
    let text = desk.refusal(&pages);
    assert!(text.contains("`components.schemas.A.title` is in one source and not"), "{text}");
    assert!(text.contains("a.md:20: not here") && text.contains("b.md:22"), "{text}");
}

#[test]
fn what_speaks_for_all_must_be_everywhere() {
    for (key, more) in
        [("servers", "servers: []\n"), ("info.version", "info: {title: Acme, version: 2}\n")]
    {
        let desk = VendorProject::new();
        let other = block("/b", "B").replace("info:\n  title: Acme\n  version: 1.10\n", "");
        let info =
            if more.starts_with("info") { "" } else { "info:\n  title: Acme\n  version: 1.10\n" };
        let pages = [
            desk.page("a.md", &block("/a", "A")),
            desk.page("b.md", &format!("{info}{more}{other}")),
        ];
        let text = desk.refusal(&pages);
        assert!(text.contains(&format!("`{key}` is")), "{key}: {text}");
    }
}

#[test]
fn parameters_of_a_path_must_be_on_every_page_of_it() {
    let desk = VendorProject::new();
    let post = block("/a", "A").replace("    get:", "    parameters: []\n    post:");
    let text = desk.refusal(&[desk.page("a.md", &block("/a", "A")), desk.page("b.md", &post)]);
    assert!(text.contains("`paths./a.parameters` is in one source and not"), "{text}");
}

#[test]
fn the_lock_says_where_parts_came_from_and_nothing_about_this_machine() {
    let desk = VendorProject::new();
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &block("/b", "B"))];
    desk.document(&pages);
    let lock = desk.written("sources.lock").expect("the file was written before");
    for part in [
        "openapi.yaml: ",
        "- file: a.md\n  title: a.md\n  operation: GET a.md\n",
        "version: '1.1'\n",
    ] {
        assert!(lock.contains(part), "{part:?} in {lock}");
    }
    assert!(!lock.contains(&*desk.folder.path().to_string_lossy()), "{lock}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = VendorProject::new();
    desk.vendor(&[desk.page("a.md", &block("/a", "A"))], |it| it.dry_run = true)
        .expect("it is fine");
    assert!(!desk.project.root.join("specs/acme").exists());
}

#[test]
fn a_new_vendor_gets_a_client_yaml_that_says_what_resources_are_and_keeps_its_own() {
    let desk = VendorProject::new();
    let page = [desk.page("a.md", &block("/a", "A"))];
    desk.document(&page);
    let text = desk.written("client.yaml").expect("the file was written before");
    let said: Vec<_> = text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
    assert_eq!(said, ["resources:", "  from: paths"], "{text}");
    fs::write(desk.project.spec("acme", "client.yaml"), "module: mine\n")
        .expect("the test may write there");
    desk.document(&page);
    assert_eq!(desk.written("client.yaml").as_deref(), Some("module: mine\n"));
}

#[test]
fn pages_are_added_to_what_is_there() {
    let desk = VendorProject::new();
    desk.document(&[desk.page("a.md", &block("/a", "A"))]);
    desk.vendor(&[desk.page("b.md", &block("/b", "B"))], |it| it.add = true).expect("they agree");
    let text = desk.written("openapi.yaml").expect("the file was written before");
    assert!(text.contains("/a:") && text.contains("/b:"), "{text}");
    let lock = desk.written("sources.lock").expect("the file was written before");
    assert!(lock.contains("file: a.md") && lock.contains("file: b.md"), "{lock}");
}

#[test]
fn what_is_there_gives_way_only_when_told() {
    let desk = VendorProject::new();
    desk.document(&[desk.page("a.md", &block("/a", "A"))]);
    let newer =
        [desk.page("a.md", &block("/a", "A").replace("object", "string").replace("1.10\n", "2\n"))];
    desk.vendor(&newer, |it| it.add = true).expect_err("they differ");
    desk.vendor(&newer, |it| (it.add, it.replace) = (true, true)).expect("the new one counts");
    let text = desk.written("openapi.yaml").expect("the file was written before");
    assert!(text.contains("type: string") && text.contains("version: 2\n"), "{text}");
    let lock = desk.written("sources.lock").expect("the file was written before");
    assert_eq!(lock.matches("file: a.md").count(), 1, "{lock}");
}

#[test]
fn an_edited_document_is_not_added_to() {
    let desk = VendorProject::new();
    desk.document(&[desk.page("a.md", &block("/a", "A"))]);
    fs::write(desk.project.spec("acme", "openapi.yaml"), block("/x", "X"))
        .expect("the test may write there");
    let error = desk.vendor(&[desk.page("b.md", &block("/b", "B"))], |it| it.add = true);
    let error = error.expect_err("it was edited").to_string();
    assert!(
        error.contains("overlay.yaml") && error.contains("cargo xtask vendor acme FILE"),
        "{error}"
    );
}

#[test]
fn a_broken_page_is_shown_where_it_is_broken() {
    let desk = VendorProject::new();
    let text = desk.refusal(&[desk.page("a.md", "openapi: 3.0.1\ninfo: [\n")]);
    assert!(text.contains("a.md:5:") || text.contains("a.md:6:"), "{text}");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let desk = VendorProject::new();
    let page = [desk.page("a.md", &block("/a", "A"))];
    for name in ["../x", "Acme", "", "a-b", "1a"] {
        desk.vendor(&page, |it| name.clone_into(&mut it.vendor)).expect_err(name);
    }
}

#[test]
fn a_vendor_to_add_to_that_is_not_there_is_guessed_at() {
    let desk = VendorProject::new();
    let page = desk.page("a.md", &block("/a", "A"));
    desk.document(std::slice::from_ref(&page));
    let mut args = Args::of_file("acne", page);
    args.add = true;
    let error = run(&args, &desk.project).expect_err("it is not there").to_string();
    assert!(error.contains("did you mean `acme`?"), "{error}");
}

#[test]
fn operations_are_dropped_only_when_told() {
    let desk = VendorProject::new();
    let pages = [desk.page("a.md", &block("/a", "A")), desk.page("b.md", &block("/b", "B"))];
    let before = desk.document(&pages);
    let error = desk.vendor(&pages[..1], |_| {}).expect_err("`/b` would go").to_string();
    assert!(error.contains("would lose 1 operation") && error.contains("- GET /b\n"), "{error}");
    assert!(error.contains("--add") && error.contains("--drop"), "{error}");
    assert_eq!(desk.written("openapi.yaml").as_deref(), Some(&*before));
    desk.vendor(&pages[..1], |it| it.dry_run = true).expect("it writes nothing");
    desk.vendor(&pages[..1], |it| it.drops = true).expect("it was told");
    assert!(!desk.written("openapi.yaml").expect("the file was written before").contains("/b:"));
}

#[test]
fn a_misspelt_vendor_is_new_only_when_told() {
    let desk = VendorProject::new();
    let page = desk.page("a.md", &block("/a", "A"));
    desk.document(std::slice::from_ref(&page));
    let mut args = Args::of_file("acne", page);
    args.is_new = false;
    let error = run(&args, &desk.project).expect_err("it is much like `acme`").to_string();
    assert!(error.contains("did you mean `acme`?") && error.contains("--new"), "{error}");
    assert!(!desk.project.root.join("specs/acne").exists());
    args.is_new = true;
    run(&args, &desk.project).expect("it was told");
    assert!(desk.project.root.join("specs/acne/openapi.yaml").exists());
}

#[test]
fn all_differences_of_a_component_are_shown_and_those_of_words_last() {
    let desk = VendorProject::new();
    let schema = "object  # kept\n      description: D\n      required: [a]\n      properties: {description: {type: string}}";
    let first = block("/a", "A").replace("object  # kept", schema);
    let second = block("/b", "A").replace("object  # kept", schema);
    let second = second
        .replace("description: D", "description: E")
        .replace("[a]", "[b]")
        .replace("{description: {type: string}}", "{}");
    let text = desk.refusal(&[desk.page("a.md", &first), desk.page("b.md", &second)]);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part:?} in {text}"));
    let property = at("`components.schemas.A.properties.description` is in one");
    let words = at("`components.schemas.A.description` is not the same");
    assert!(at("`components.schemas.A.required.0` is not the same") < words && property < words);
}

#[test]
fn words_alone_are_no_conflict_and_the_last_ones_count() {
    let desk = VendorProject::new();
    let schema = "object\n      description: D\n      properties: {a: {type: string, example: T}}";
    let first = block("/a", "A").replace("object  # kept", schema);
    let second = first.replace("/a:", "/b:").replace("description: D", "description: E");
    let second = second.replace(", example: T", "");
    let text = desk.document(&[desk.page("a.md", &first), desk.page("b.md", &second)]);
    assert!(text.contains("description: E") && !text.contains("example: T"), "{text}");
    assert!(text.contains("/a:") && text.contains("/b:"), "{text}");
}

/// A page of a channel: its operation, and the schema of its message.
fn channel(path: &str, id: &str, schema: &str) -> String {
    format!(
        "id: {path}\ntitle: {path}\nservers: [{{id: main, protocol: wss, host: talk.example}}]\naddress: {path}\n\
         operations:\n  - id: {id}\n    type: send\n    messages:\n      - id: {id}Message\n        jsonPayloadSchema: \
         {{type: object, properties: {{word: {{type: string, x-parser-schema-id: <anonymous-schema-1>}}}}, \
         x-parser-schema-id: {schema}}}\nsendOperations: []\nreceiveOperations: []\nsecuritySchemes: []\n"
    )
}

#[test]
fn pages_of_channels_are_one_asyncapi_document_beside_the_other() {
    let desk = VendorProject::new();
    let pages = [
        desk.page("a.md", &block("/a", "A")),
        desk.page("hear.md", &channel("/hear", "hear", "Word")),
        desk.page("speak.md", &channel("/speak", "speak", "Word")),
    ];
    desk.vendor(&pages, |_| {}).expect("they agree");
    let openapi = desk.written("openapi.yaml").expect("it was written");
    assert_eq!(openapi, block("/a", "A").trim_end().to_owned() + "\n");
    let word = "type: object\n      properties:\n        word:\n          type: string\n";
    let of = |path: &str, id: &str| {
        format!(
            "  {path}:\n    address: {path}\n    title: {path}\n    messages:\n      {id}Message:\n        payload:\n          \
             $ref: '#/components/schemas/Word'\n    parameters: {{}}\n    bindings: {{}}\n"
        )
    };
    let operation = |path: &str, id: &str| {
        format!(
            "  {id}:\n    channel:\n      $ref: '#/channels/~1{path}'\n    messages:\n    - $ref: \
             '#/channels/~1{path}/messages/{id}Message'\n    action: send\n"
        )
    };
    let expected = format!(
        "asyncapi: 3.0.0\ninfo:\n  title: Sockets\n  version: ''\nservers:\n  main:\n    protocol: wss\n    \
         host: talk.example\n    security: []\nchannels:\n{}{}operations:\n{}{}components:\n  schemas:\n    Word:\n      \
         {word}  securitySchemes: {{}}\n",
        of("/hear", "hear"),
        of("/speak", "speak"),
        operation("hear", "hear"),
        operation("speak", "speak"),
    );
    assert_eq!(desk.written("asyncapi.yaml").expect("it was written"), expected);
}

#[test]
fn documents_of_one_kind_leave_those_of_the_other_alone() {
    let desk = VendorProject::new();
    let first = desk.page("a.md", &block("/a", "A"));
    desk.document(std::slice::from_ref(&first));
    let openapi = desk.written("openapi.yaml");
    let hear = desk.page("hear.md", &channel("/hear", "hear", "Word"));
    desk.vendor(std::slice::from_ref(&hear), |_| {}).expect("it is the first of its kind");
    assert_eq!(desk.written("openapi.yaml"), openapi);
    let lock = desk.written("sources.lock").expect("it was written");
    for part in ["openapi.yaml: ", "asyncapi.yaml: ", "file: a.md", "file: hear.md"] {
        assert!(lock.contains(part), "{part} is not in\n{lock}");
    }
    let speak = desk.page("speak.md", &channel("/speak", "speak", "Word"));
    let error = desk.vendor(std::slice::from_ref(&speak), |_| {}).expect_err("one would be lost");
    assert!(format!("{error:#}").contains("would lose 1 channel"), "{error:#}");
    desk.vendor(std::slice::from_ref(&speak), |it| it.add = true).expect("they agree");
    let asyncapi = desk.written("asyncapi.yaml").expect("it was written");
    assert!(asyncapi.contains("  /hear:\n") && asyncapi.contains("  /speak:\n"), "{asyncapi}");
    let lock = desk.written("sources.lock").expect("it was written");
    assert_eq!(lock.matches("  asyncapi: ").count(), 2, "{lock}");
    let other = desk.page("speak.md", &channel("/speak", "speak", "Word").replace("word", "text"));
    let error = desk.vendor(&[hear, other], |_| {}).expect_err("they disagree");
    assert!(format!("{error:#}").contains("components.schemas.Word"), "{error:#}");
}

#[test]
fn a_document_of_sockets_is_trusted_as_it_was_taken_only() {
    let desk = VendorProject::new();
    let pages = [
        desk.page("a.md", &block("/a", "A")),
        desk.page("hear.md", &channel("/hear", "hear", "Word")),
    ];
    desk.vendor(&pages, |_| {}).expect("they agree");
    let check = || {
        let source = desk.project.source("acme").expect("it is there");
        super::Lock::of(&desk.project, "acme").expect("it is there").check(
            &desk.project,
            "acme",
            &source,
        )
    };
    check().expect("nothing has changed");
    let place = desk.project.spec("acme", "asyncapi.yaml");
    let text = fs::read_to_string(&place).expect("it was written");
    fs::write(&place, text.replace("Sockets", "Others")).expect("the test may write there");
    let error = check().expect_err("it was edited").to_string();
    assert!(error.contains("asyncapi.yaml is not what `vendor` wrote"), "{error}");
    fs::remove_file(&place).expect("the test may");
    let error = check().expect_err("it is gone").to_string();
    assert!(error.contains("asyncapi.yaml is missing"), "{error}");
}

#[test]
fn a_document_in_several_files_is_taken_as_one() {
    let desk = VendorProject::new();
    let head = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n";
    let root = format!("{head}paths:\n  /pets: {{$ref: paths/pets.yaml}}\n");
    let root = desk.file("api/acme.yaml", &root);
    let schema = "schema: {$ref: ../schemas/pet.json}";
    let item = format!(
        "get: {{operationId: listPets, responses: {{'200': {{description: All., content: {{a/b: {{{schema}}}}}}}}}}}"
    );
    desk.file("api/paths/pets.yaml", &item);
    desk.file("api/schemas/pet.json", r#"{"type": "object"}"#);
    let text = desk.document(std::slice::from_ref(&root));
    let expected = "openapi: 3.0.3\ninfo:\n  title: Acme\n  version: '1'\npaths:\n  /pets:\n    get:\n      \
                    operationId: listPets\n      responses:\n        '200':\n          description: All.\n          \
                    content:\n            a/b:\n              schema:\n                \
                    $ref: '#/components/schemas/pet'\ncomponents:\n  schemas:\n    pet:\n      type: object\n";
    assert_eq!(text, expected);
    let lock = desk.written("sources.lock").expect("it was written");
    let parts = "parts:\n- at: '#/components/schemas/pet'\n  from: schemas/pet.json\n- at: '#/paths/~1pets'\n  \
                 from: paths/pets.yaml\n";
    assert!(lock.ends_with(parts), "{lock}");
    let own = crate::hash::sha256(&fs::read(&root).expect("it is there"));
    assert!(
        lock.contains(&format!(
            "file: acme.yaml\n  openapi: 3.0.3\n  version: '1'\n  sha256: {own}\n"
        )),
        "{lock}"
    );
    desk.vendor(std::slice::from_ref(&root), |_| {}).expect("nothing has changed");
    assert_eq!(desk.written("sources.lock"), Some(lock));
    let whole = desk.file("whole.yaml", &text);
    desk.vendor(&[whole], |_| {}).expect("it says the same");
    let lock = desk.written("sources.lock").expect("it was written");
    assert!(!lock.contains("parts"), "{lock}");
}

#[cfg(unix)]
#[test]
fn what_is_not_below_a_documents_folder_is_not_taken() {
    let desk = VendorProject::new();
    desk.file("secret.yaml", "type: string\ndescription: secret\n");
    let link = desk.folder.path().join("api/link.yaml");
    desk.file("api/own.yaml", "type: string\n");
    std::os::unix::fs::symlink("../secret.yaml", link).expect("the test may write there");
    let schemas =
        ["link.yaml", "../secret.yaml", "%2e%2e/secret.yaml", "..\\secret.yaml", "own.yaml"];
    let schemas =
        schemas.iter().enumerate().map(|(it, to)| format!("    S{it}: {{$ref: '{to}'}}\n"));
    let schemas = schemas.collect::<Vec<_>>().concat();
    let root = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let text = desk.document(&[desk.file("api/acme.yaml", &root)]);
    assert!(!text.contains("description: secret"), "{text}");
    assert!(
        text.contains("S0:\n      $ref: link.yaml\n") && text.contains("S4:\n      type: string\n"),
        "{text}"
    );
}
