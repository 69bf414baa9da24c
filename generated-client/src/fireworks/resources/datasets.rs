//! Calls to datasets.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/resource.rs: `cargo xtask regen`.

use crate::fireworks::types;
use client_runtime as runtime;

/// Calls to datasets, from [`Client::datasets`](crate::fireworks::Client::datasets).
#[derive(Clone, Debug)]
pub struct Datasets {
    core: runtime::Core,
}

impl Datasets {
    pub(crate) fn new(core: &runtime::Core) -> Self {
        Self { core: core.clone() }
    }

    /// List Datasets
    ///
    /// `GET /v1/accounts/{account_id}/datasets`
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use generated_client::client_runtime as runtime;
    /// # use generated_client::fireworks::Client;
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
}

runtime::operation!(List for Datasets::list -> pages types::ListDatasetsResponse);

impl List {
    /// The Account Id
    ///
    /// Overrides the client's value for this call.
    pub fn account_id(self, account_id: &str) -> Self {
        Self(self.0.path("account_id", &account_id))
    }

    /// The maximum number of datasets to return. The maximum page_size is 200, values above 200
    /// will be coerced to 200. If unspecified, the default is 50.
    pub fn page_size(self, page_size: i32) -> Self {
        Self(self.0.query("pageSize", &page_size))
    }

    /// A page token, received from a previous ListDatasets call. Provide this to retrieve the
    /// subsequent page. When paginating, all other parameters provided to ListDatasets must
    /// match the call that provided the page token.
    pub fn page_token(self, page_token: &str) -> Self {
        Self(self.0.query("pageToken", &page_token))
    }

    /// Only model satisfying the provided filter (if specified) will be returned. See
    /// <https://google.aip.dev/160> for the filter grammar.
    pub fn filter(self, filter: &str) -> Self {
        Self(self.0.query("filter", &filter))
    }

    /// A comma-separated list of fields to order by. e.g. "foo,bar" The default sort order is
    /// ascending. To specify a descending order for a field, append a " desc" suffix. e.g. "foo
    /// desc,bar" Subfields are specified with a "." character. e.g. "foo.bar" If not specified,
    /// the default order is by "name".
    pub fn order_by(self, order_by: &str) -> Self {
        Self(self.0.query("orderBy", &order_by))
    }

    /// The fields to be returned in the response. If empty or "\*", all fields will be
    /// returned.
    pub fn read_mask(self, read_mask: &str) -> Self {
        Self(self.0.query("readMask", &read_mask))
    }
}

impl runtime::Paged for List {
    type Page = types::ListDatasetsResponse;
    type Item = types::Dataset;

    fn items(page: Self::Page) -> Vec<Self::Item> {
        page.datasets.unwrap_or_default()
    }

    fn peek(page: &Self::Page) -> &[Self::Item] {
        page.datasets.as_deref().unwrap_or_default()
    }

    fn next(page: &Self::Page) -> runtime::NextPage {
        runtime::NextPage::token(&page.next_page_token)
    }
}

static LIST: runtime::Operation = runtime::Operation {
    security: &[&["BearerAuth"]],
    client_params: &["account_id"],
    paging: Some(runtime::Paging::token("pageToken")),
    ..runtime::Operation::new(
        "Gateway_ListDatasets",
        runtime::Method::Get,
        "/v1/accounts/{account_id}/datasets",
    )
};
