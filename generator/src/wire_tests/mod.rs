//! Tests beside the client: what each call puts on the wire, what it makes of each declared answer,
//! and whether each type comes back as it went in.

mod auth;
mod body;
mod call;
mod channel;
mod expected;
mod fits;
mod main;
mod parts;
mod pattern;
mod response;
mod sample;
mod scalar;
mod server;
mod test;
#[cfg(test)]
mod tests;
mod tree;
mod types;
mod value;

use crate::emit::EmitCx;
use crate::emit::files::{self as client_files, Code};
use crate::ir::Hints;
use crate::output::RuntimeSource;
use proc_macro2::{Ident, Span};
use sample::Samples;

/// A file of tests, by its path in the crate.
pub(crate) struct TestFile {
    pub(crate) path: String,
    pub(crate) code: Code,
}

/// A module of tests.
struct TestModule {
    name: Ident,
    /// It needs the feature of sockets.
    only_sockets: bool,
}

/// The files of the test `wire`.
pub(crate) fn files(cx: EmitCx<'_>, krate: &str, hints: &Hints) -> Vec<TestFile> {
    let samples = Samples::new(cx, hints);
    let mut made = Vec::new();
    let mut modules = Vec::new();
    for id in cx.api.resources.ids() {
        let Some((code, has_calls)) = test::resource(&samples, krate, id) else { continue };
        let name = &cx.names.resource(id).file;
        modules.push(TestModule { name: ident(name), only_sockets: !has_calls });
        made.push(file(name, code));
    }
    let calls = modules.len();
    let mut of_types = Vec::new();
    for group in client_files::groups(cx) {
        let name = client_files::file(cx, group.home);
        let about = main::about_types(cx, group.home);
        let Some(code) = types::group(&samples, krate, about, &group.residents) else {
            continue;
        };
        made.push(file(&format!("types/{name}"), code));
        of_types.push(ident(&name));
    }
    if !of_types.is_empty() {
        made.push(file("types/mod", main::modules(&mut of_types)));
        modules.push(TestModule { name: ident("types"), only_sockets: false });
    }
    made.push(file("main", main::main(cx, krate, calls, modules)));
    made
}

/// The manifest's entries for the test.
pub(crate) fn manifest(cx: EmitCx<'_>, runtime: &RuntimeSource) -> String {
    let module = cx.names.module.text();
    let runtime = runtime.key();
    format!(
        "\n# The client's tests of what goes over the wire.\n[dev-dependencies.client-runtime]\n{runtime}\n\
         default-features = false\nfeatures = [\"testing\"]\n\n[[test]]\nname = \"wire\"\n\
         required-features = [{module:?}]\n"
    )
}

fn file(name: &str, code: Code) -> TestFile {
    TestFile { path: format!("tests/wire/{name}.rs"), code }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
