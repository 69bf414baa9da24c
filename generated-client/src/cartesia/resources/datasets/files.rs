//! Calls to datasets files.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/resource.rs: `cargo xtask regen`.

use crate::cartesia::types;
use client_runtime as runtime;

/// Calls to datasets files, from [`Datasets::files`](super::Datasets::files).
#[derive(Clone, Debug)]
pub struct Files {
    core: runtime::Core,
}

impl Files {
    pub(crate) fn new(core: &runtime::Core) -> Self {
        Self { core: core.clone() }
    }

    /// Paginated list of files in a dataset
    ///
    /// `GET /datasets/{id}/files`
    ///
    /// - `id`: ID of the dataset to list files from
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use generated_client::client_runtime as runtime;
    /// # use generated_client::cartesia::Client;
    /// # async fn example(client: Client) -> runtime::Result<()> {
    /// let mut items = client.datasets().files().list("id").items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self, id: &str) -> List {
        List(self.core.call(&LIST).path("id", &id))
    }
}

runtime::operation!(List for Files::list -> pages types::PaginatedDatasetFiles);

impl List {
    /// The number of files to return per page, ranging between 1 and 100.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }

    /// A cursor to use in pagination. `starting_after` is a file ID that defines your place in
    /// the list. For example, if you make a dataset files request and receive 20 objects,
    /// ending with `file_abc123`, your subsequent call can include `starting_after=file_abc123`
    /// to fetch the next page of the list.
    pub fn starting_after(self, starting_after: &str) -> Self {
        Self(self.0.query("starting_after", &starting_after))
    }

    /// A cursor to use in pagination. `ending_before` is a file ID that defines your place in
    /// the list. For example, if you make a dataset files request and receive 20 objects,
    /// starting with `file_abc123`, your subsequent call can include
    /// `ending_before=file_abc123` to fetch the previous page of the list.
    pub fn ending_before(self, ending_before: &str) -> Self {
        Self(self.0.query("ending_before", &ending_before))
    }
}

impl runtime::Paged for List {
    type Page = types::PaginatedDatasetFiles;
    type Item = types::DatasetFile;

    fn items(page: Self::Page) -> Vec<Self::Item> {
        page.data
    }

    fn peek(page: &Self::Page) -> &[Self::Item] {
        &page.data
    }

    fn next(page: &Self::Page) -> runtime::NextPage {
        runtime::NextPage::if_more(&page.has_more)
    }

    fn id(item: &Self::Item) -> Option<String> {
        runtime::cursor(&item.id)
    }
}

static LIST: runtime::Operation = runtime::Operation {
    security: &[&["APIKeyAuth"]],
    fixed_headers: &["Cartesia-Version"],
    paging: Some(runtime::Paging::cursor("starting_after").backwards("ending_before")),
    ..runtime::Operation::new(
        "datasets_listFiles",
        runtime::Method::Get,
        "/datasets/{id}/files",
    )
};
