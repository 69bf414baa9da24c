//! The call as generated code describes it.

use crate::shape::{File, Page};
use client_runtime::{
    FixedHeader, Method, NextPage, Operation, Paged, Paging, SecurityScheme, Service,
};

client_runtime::client!(SERVICE);

static SERVICE: Service = Service::new("bench", "https://api.example.com")
    .user_agent("bench/1.0")
    .schemes(&[SecurityScheme::bearer("key")])
    .headers(&[FixedHeader::new("bench-version", "2026-03-01")]);

static LIST_FILES: Operation = Operation::new("listFiles", Method::Get, "/datasets/{id}/files")
    .security(&[&["key"]])
    .fixed_headers(&["bench-version"])
    .paging(Paging::cursor("starting_after"));

/// A client with all defaults.
pub(crate) fn client(base: &str) -> Client {
    let builder = ClientBuilder(Client::builder().0.credential("key", "key"));
    builder.base_url(base).build().expect("all is set")
}

pub(crate) async fn call(client: &Client) -> usize {
    let page = client.list_files("ds_1").limit(20).send().await.expect("the server responds");
    page.data.len()
}

impl Client {
    fn list_files(&self, id: &str) -> ListFiles {
        ListFiles(self.core.call(&LIST_FILES).path("id", &id))
    }
}

client_runtime::operation!(ListFiles for Client::list_files -> pages Page);

impl ListFiles {
    fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }
}

impl Paged for ListFiles {
    type Page = Page;
    type Item = File;

    fn items(page: Page) -> Vec<File> {
        page.data
    }

    fn peek(page: &Page) -> &[File] {
        &page.data
    }

    fn next(page: &Page) -> NextPage {
        NextPage::if_more(&page.has_more)
    }

    fn id(item: &File) -> Option<String> {
        Some(item.id.clone())
    }
}
