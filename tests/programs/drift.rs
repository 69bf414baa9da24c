//! Calls a server that differs from its document, and saves what was noted: `DRIFT_URL`, and `DRIFT_FOLDER` for the
//! files. Where `DRIFT_CONTRACTS` is set, the corrected contracts are in that folder.

use client_runtime::{Drift, RawResponse, ResponseFuture};
use std::env::var;
use std::path::Path;

/// The record of a client.
fn record(name: &str) -> Drift {
    match var("DRIFT_CONTRACTS") {
        Ok(folder) => {
            let text = std::fs::read_to_string(Path::new(&folder).join(format!("{name}.json")));
            Drift::of_contract(&text.expect("the test has written it")).expect("it is one")
        }
        Err(_) => Drift::new(),
    }
}

fn status(call: ResponseFuture<RawResponse>) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let response = runtime.expect("a runtime").block_on(async { call.await });
    response.expect("the server responds").status().as_u16()
}

macro_rules! calls {
    ($module:ident) => {
        #[test]
        fn $module() {
            let name = stringify!($module);
            let (url, drift) = (var("DRIFT_URL").expect("a server"), record(name));
            let client = drift::$module::Client::builder().base_url(&url).drift(&drift).build();
            let client = client.expect("a client");
            for id in ["drifts", "drifts", "fits"] {
                assert_eq!(status(client.pets().get(id).send_raw()), 200);
            }
            assert_eq!(status(client.pets().list().send_raw()), 200);
            assert_eq!(status(client.pets().delete("drifts").send_raw()), 403);
            assert_eq!(status(client.pets().delete("fits").send_raw()), 204);
            assert_eq!(status(client.dogs().get("drifts").send_raw()), 200);
            assert_eq!(status(client.events().list().send_raw()), 200);
            let folder = var("DRIFT_FOLDER").expect("a folder");
            drift.save(Path::new(&folder).join(format!("{name}.json"))).expect("it can be written");
        }
    };
}

calls!(nullable);
calls!(null_type);
