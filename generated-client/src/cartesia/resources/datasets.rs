//! Calls to datasets.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/resource.rs: `cargo xtask regen`.

use crate::cartesia::types;
use client_runtime as runtime;

pub mod files;

/// Calls to datasets, from [`Client::datasets`](crate::cartesia::Client::datasets).
///
/// Below it:
///
/// - [`files`](files::Files): `list`
#[derive(Clone, Debug)]
pub struct Datasets {
    core: runtime::Core,
}

impl Datasets {
    pub(crate) fn new(core: &runtime::Core) -> Self {
        Self { core: core.clone() }
    }

    /// Calls to files.
    pub fn files(&self) -> files::Files {
        files::Files::new(&self.core)
    }

    /// Paginated list of datasets
    ///
    /// `GET /datasets/`
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use generated_client::client_runtime as runtime;
    /// # use generated_client::cartesia::Client;
    /// # async fn example(client: Client) -> runtime::Result<()> {
    /// let mut items = client.datasets().list().items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> List {
        List(self.core.call(&LIST))
    }

    /// Retrieve a specific dataset by ID
    ///
    /// `GET /datasets/{id}`
    ///
    /// - `id`: ID of the dataset to retrieve
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use generated_client::client_runtime as runtime;
    /// # use generated_client::cartesia::Client;
    /// # async fn example(client: Client) -> runtime::Result<()> {
    /// let response = client.datasets().get("id").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: &str) -> Get {
        Get(self.core.call(&GET).path("id", &id))
    }
}

runtime::operation!(List for Datasets::list -> pages types::PaginatedDatasets);

impl List {
    /// The number of Datasets to return per page, ranging between 1 and 100.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }

    /// A cursor to use in pagination. `starting_after` is a Dataset ID that defines your place
    /// in the list. For example, if you make a /datasets request and receive 20 objects, ending
    /// with `dataset_abc123`, your subsequent call can include `starting_after=dataset_abc123`
    /// to fetch the next page of the list.
    pub fn starting_after(self, starting_after: &str) -> Self {
        Self(self.0.query("starting_after", &starting_after))
    }

    /// A cursor to use in pagination. `ending_before` is a Dataset ID that defines your place
    /// in the list. For example, if you make a /datasets request and receive 20 objects,
    /// starting with `dataset_abc123`, your subsequent call can include
    /// `ending_before=dataset_abc123` to fetch the previous page of the list.
    pub fn ending_before(self, ending_before: &str) -> Self {
        Self(self.0.query("ending_before", &ending_before))
    }
}

impl runtime::Paged for List {
    type Page = types::PaginatedDatasets;
    type Item = types::Dataset;

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

runtime::operation!(Get for Datasets::get -> json types::Dataset);

static LIST: runtime::Operation = runtime::Operation {
    security: &[&["APIKeyAuth"]],
    fixed_headers: &["Cartesia-Version"],
    paging: Some(runtime::Paging::cursor("starting_after").backwards("ending_before")),
    ..runtime::Operation::new("datasets_list", runtime::Method::Get, "/datasets/")
};

static GET: runtime::Operation = runtime::Operation {
    security: &[&["APIKeyAuth"]],
    fixed_headers: &["Cartesia-Version"],
    ..runtime::Operation::new("datasets_get", runtime::Method::Get, "/datasets/{id}")
};
