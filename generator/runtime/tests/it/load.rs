//! Many calls at once.

use crate::server::{Server, get, ok};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_calls_in_flight_all_succeed() {
    let server = Server::start(vec![ok("1").pause(100)]).await;
    let core =
        server.builder().timeout(Duration::from_secs(20)).connect_timeout(None).build().unwrap();
    let calls: Vec<_> = (0..2000)
        .map(|_| {
            tokio::spawn({
                let core = core.clone();
                async move { get(&core).await.map(drop) }
            })
        })
        .collect();
    for it in calls {
        it.await.unwrap().unwrap();
    }
    assert_eq!(server.requests(), 2000);
}
