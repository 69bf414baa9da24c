//! A recorder that is stricter than any server: method, path and every query name must be spelled as in the document.

use super::{NO_DATASETS, cartesia, fireworks, ok, server};
use crate::support::vendor;
use generated_client::client_runtime::testing::RecordedRequest;
use generator::Node;

/// An operation of a vendored document.
struct Operation {
    method: String,
    path: String,
    query: Vec<String>,
    headers: Vec<String>,
}

/// The names of the query parameters of a request, if a document declares an operation for it that
/// has all of them; else why not.
pub(crate) fn check(vendor_name: &str, request: &RecordedRequest) -> Result<Vec<String>, String> {
    let path = request.uri.path();
    let method = request.method.as_str();
    let all = operations(vendor_name);
    let fits = |it: &&Operation| it.method == method && path_fits(&it.path, path);
    let found = all.iter().find(fits).ok_or(format!("there is no {method} {path}"))?;
    let query = request.uri.query().unwrap_or_default();
    let names = query.split('&').filter(|it| !it.is_empty());
    let names: Vec<_> =
        names.map(|it| it.split('=').next().unwrap_or_default().to_owned()).collect();
    if let Some(unknown) = names.iter().find(|it| !found.query.contains(it)) {
        return Err(format!("{method} {path} has no query parameter `{unknown}`"));
    }
    match found.headers.iter().find(|it| request.header(it).is_none()) {
        Some(missing) => Err(format!("{method} {path} lacks the header `{missing}`")),
        None => Ok(names),
    }
}

fn operations(vendor_name: &str) -> Vec<Operation> {
    let document = generator::read(&vendor(vendor_name).document).expect("it is well-formed");
    let mut found = Vec::new();
    for (path, item) in document.get("paths").and_then(Node::as_map).into_iter().flatten() {
        for (method, operation) in item.as_map().into_iter().flatten() {
            let parameters =
                operation.get("parameters").and_then(Node::as_list).unwrap_or_default();
            let parameters: Vec<_> = parameters.iter().map(|it| resolved(&document, it)).collect();
            let named = |place: &str, required: bool| {
                let all = parameters.iter().filter(|it| it.text("in") == Some(place));
                let all = all.filter(|it| !required || it.flag("required"));
                all.filter_map(|it| it.text("name")).map(str::to_owned).collect()
            };
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                query: named("query", false),
                headers: named("header", true),
            });
        }
    }
    found
}

fn resolved<'n>(document: &'n Node, node: &'n Node) -> &'n Node {
    let target = node.text("$ref").map(generator::diag::SpecPtr::parse);
    target.map_or(node, |it| document.at(&it).expect("the document's references are fine"))
}

/// True if a path fills a template: as many segments, and the literals to the letter.
fn path_fits(template: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    let fits = |(wanted, given): (&&str, &&str)| {
        if wanted.starts_with('{') { !given.is_empty() } else { wanted == given }
    };
    wanted.len() == given.len() && wanted.iter().zip(&given).all(fits)
}

#[tokio::test]
async fn all_five_operations_are_spelled_as_in_their_documents() {
    let one = server([ok(NO_DATASETS)]);
    let client = cartesia(&one);
    let (datasets, tunes) = (client.datasets(), client.fine_tunes());
    datasets.list().limit(5).starting_after("a").ending_before("b").send().await.expect("a page");
    datasets
        .files()
        .list("ds_1")
        .limit(5)
        .starting_after("a")
        .ending_before("b")
        .send()
        .await
        .expect("a page");
    tunes.list().limit(5).starting_after("a").ending_before("b").send().await.expect("a page");
    datasets.get("ds_1").send_raw().await.expect("an answer");
    let requests = one.requests();
    assert_eq!(requests.len(), 4);
    let checked: Vec<_> = requests.iter().map(|it| check("cartesia", it)).collect();
    let paged = || Ok(["limit", "starting_after", "ending_before"].map(str::to_owned).to_vec());
    assert_eq!(checked, [paged(), paged(), paged(), Ok(Vec::new())]);

    let other = server([ok("{}")]);
    let list = fireworks(&other).datasets().list().page_size(5).page_token("t");
    list.filter("f").order_by("o").read_mask("r").send().await.expect("a page");
    let names = ["pageSize", "pageToken", "filter", "orderBy", "readMask"].map(str::to_owned);
    assert_eq!(check("fireworks", &other.requests()[0]), Ok(names.to_vec()));
}

#[tokio::test]
async fn the_recorder_objects_to_another_name_path_or_missing_header() {
    let script = server([ok(NO_DATASETS)]);
    let client = cartesia(&script);
    client.datasets().list().with_query("Limit", &5).send().await.expect("a page");
    let sends = client.request(generated_client::client_runtime::Method::Get, "/datasets");
    sends.send_raw().await.expect("an answer");
    let requests = script.requests();
    assert_eq!(
        check("cartesia", &requests[0]),
        Err("GET /datasets/ has no query parameter `Limit`".to_owned())
    );
    assert_eq!(check("cartesia", &requests[1]), Err("there is no GET /datasets".to_owned()));
    let mut bare = requests[0].clone();
    bare.uri = "https://api.cartesia.ai/datasets/".parse().expect("it is a URL");
    bare.headers.clear();
    assert_eq!(
        check("cartesia", &bare),
        Err("GET /datasets/ lacks the header `Cartesia-Version`".to_owned())
    );
}
