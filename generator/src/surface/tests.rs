//! Lines of what macros define, of what must be set, and of traits from two files.

use super::{Surface, SurfaceScope};

fn lines(files: &[(SurfaceScope, &str)]) -> Vec<String> {
    let mut surface = Surface::default();
    for (scope, text) in files {
        let file: syn::File = syn::parse_str(text).expect("the text is Rust");
        surface.add(scope, &file.items);
    }
    surface.text("acme").lines().map(str::to_owned).collect()
}

#[test]
fn a_call_has_what_its_macros_define() {
    let text = r"
        runtime::operation!(Find for Things::find -> json BTreeMap<String, (i64,)> as Codec, state types::State);
        runtime::terminals!(Find { events types::Piece as Codec, text_lines, bytes });
        runtime::operation!(List for Things::list -> pages types::Page);
        impl runtime::Paged for List { type Page = types::Page; type Item = types::Thing; }
        runtime::channel!(Talk for Things::talk -> send Sent, receive Vec<types::Word>);
        #[derive(Clone)] #[non_exhaustive] pub enum Sent { Json(types::Word) }
    ";
    assert_eq!(
        lines(&[(SurfaceScope::Resource("resources::things".to_owned()), text)]),
        [
            "acme::resources::things::Find::send(self) -> BTreeMap<String, (i64,)>",
            "acme::resources::things::Find::send_bytes(self) -> Download",
            "acme::resources::things::Find::send_events(self) -> Events<types::Piece>",
            "acme::resources::things::Find::send_lines(self) -> Events<String>",
            "acme::resources::things::Find::wait_until(self, types::State) -> BTreeMap<String, (i64,)>",
            "acme::resources::things::List::items(self) -> Items<types::Thing>",
            "acme::resources::things::List::pages(self) -> Pages<types::Page>",
            "acme::resources::things::List::send(self) -> Page<types::Page>",
            "acme::resources::things::Sent has non_exhaustive, Clone",
            "acme::resources::things::Sent::Json(types::Word)",
            "acme::resources::things::Talk::connect(self) -> Socket<Sent, Vec<types::Word>>",
            "acme::resources::things::enum Sent",
            "acme::resources::things::struct Find",
            "acme::resources::things::struct List",
            "acme::resources::things::struct Talk",
        ]
    );
}

#[test]
fn a_union_is_made_from_its_payloads() {
    let text = r"
        #[derive(Clone)] pub enum Input { Text(String), Counts(BTreeMap<String, i64>), Object(Box<Thing>) }
        payloads!(Input { Text(String | &str), Counts(BTreeMap<String, i64>), Object(Box<Thing>), });
    ";
    let all = lines(&[(SurfaceScope::Types, text)]);
    assert_eq!(
        all[0],
        "acme::types::Input has Clone, From<&str>, From<BTreeMap<String,i64>>, From<String>, From<Thing>"
    );
}

#[test]
fn setters_that_an_operation_asks_for_are_required() {
    let text = r#"
        impl Things { pub fn find(&self) -> Find { Find(self.core.call(&FIND)) } }
        impl Find {
            pub fn word(self, word: &str) -> Self { Self(self.0.query("word", &word)) }
            pub fn kind(self, kind: &str) -> Self { Self(self.0.header_as("X-Kind", &kind, runtime::Style::SIMPLE)) }
            pub fn size(self, size: i64) -> Self { Self(self.0.query("size", &size)) }
        }
        static FIND: runtime::Operation = runtime::Operation {
            fixed_headers: &["size"], required: &["word"], required_headers: &["X-Kind"],
            ..runtime::Operation::new("find", runtime::Method::Get, "/things")
        };
    "#;
    let all = lines(&[(SurfaceScope::Resource("resources::things".to_owned()), text)]);
    let required: Vec<_> = all.iter().filter(|it| it.ends_with(" is required")).collect();
    assert_eq!(
        required,
        [
            "acme::resources::things::Find::kind is required",
            "acme::resources::things::Find::word is required"
        ]
    );
}

#[test]
fn traits_come_from_a_definition_and_from_its_codec() {
    let types = "#[derive(Clone, PartialEq)] #[non_exhaustive] pub struct Thing { pub id: i64 }
        impl Default for Thing { fn default() -> Self { Self::new() } }
        pub struct ThingBuilder { id: Option<i64> }
        impl ThingBuilder {
            pub fn id(self, id: i64) -> Self { self }
            pub fn build(self) -> Result<Thing, client_runtime::Error> { todo!() }
        }";
    let codec = "client_runtime::records!(Thing);
        impl codec::Record for Thing {}
        impl client_runtime::IntoMultipart for Thing {}";
    assert_eq!(
        lines(&[(SurfaceScope::Types, types), (SurfaceScope::Codec, codec)]),
        [
            "acme::types::Thing has non_exhaustive, Clone, Default, PartialEq, Serialize, Deserialize, IntoMultipart",
            "acme::types::Thing.id: i64",
            "acme::types::ThingBuilder::build(self) -> Result<Thing, Error>",
            "acme::types::ThingBuilder::id is required",
            "acme::types::ThingBuilder::id(self, i64) -> Self",
            "acme::types::struct Thing",
            "acme::types::struct ThingBuilder",
        ]
    );
}

#[test]
fn a_response_enum_has_no_traits_of_values() {
    let codec = "client_runtime::response_enum!(Found { Yes = 200 });";
    assert_eq!(lines(&[(SurfaceScope::Codec, codec)]), [""; 0]);
}

#[test]
fn a_client_reads_the_variables_that_its_static_names() {
    let text = r#"
        client_runtime::client!(SERVICE);
        impl Client { pub fn things(&self) -> resources::things::Things { todo!() } }
        static SERVICE: Service = Service {
            base_url_variable: Some("ACME_URL"),
            schemes: &[SecurityScheme::basic("key").variables("ACME_USER", "ACME_PASSWORD").setter("key")],
            params: &[ClientParam::new("team").variable("ACME_TEAM"), ClientParam::new("floor")],
            ..Service::new("acme", "https://acme.example")
        };
    "#;
    let all = lines(&[(SurfaceScope::Client, text)]);
    let reads: Vec<_> =
        all.iter().filter_map(|it| it.split_once(" reads ")).map(|it| it.1).collect();
    assert_eq!(reads, ["ACME_PASSWORD", "ACME_TEAM", "ACME_URL", "ACME_USER"]);
    assert!(all.contains(&"acme::Client::things(&self) -> resources::things::Things".to_owned()));
}
