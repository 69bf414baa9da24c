//! Calls to fine tunes.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/resource.rs: `cargo xtask regen`.

use crate::cartesia::types;
use client_runtime as runtime;

/// Calls to fine tunes, from [`Client::fine_tunes`](crate::cartesia::Client::fine_tunes).
#[derive(Clone, Debug)]
pub struct FineTunes {
    core: runtime::Core,
}

impl FineTunes {
    pub(crate) fn new(core: &runtime::Core) -> Self {
        Self { core: core.clone() }
    }

    /// Paginated list of all fine-tunes for the authenticated user
    ///
    /// `GET /fine-tunes/`
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use generated_client::client_runtime as runtime;
    /// # use generated_client::cartesia::Client;
    /// # async fn example(client: Client) -> runtime::Result<()> {
    /// let mut items = client.fine_tunes().list().items();
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

runtime::operation!(List for FineTunes::list -> pages types::PaginatedFineTunes);

impl List {
    /// The number of fine-tunes to return per page, ranging between 1 and 100.
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }

    /// A cursor to use in pagination. `starting_after` is a fine-tune ID that defines your
    /// place in the list. For example, if you make a /fine-tunes request and receive 20
    /// objects, ending with `fine_tune_abc123`, your subsequent call can include
    /// `starting_after=fine_tune_abc123` to fetch the next page of the list.
    pub fn starting_after(self, starting_after: &str) -> Self {
        Self(self.0.query("starting_after", &starting_after))
    }

    /// A cursor to use in pagination. `ending_before` is a fine-tune ID that defines your place
    /// in the list. For example, if you make a /fine-tunes request and receive 20 objects,
    /// starting with `fine_tune_abc123`, your subsequent call can include
    /// `ending_before=fine_tune_abc123` to fetch the previous page of the list.
    pub fn ending_before(self, ending_before: &str) -> Self {
        Self(self.0.query("ending_before", &ending_before))
    }
}

impl runtime::Paged for List {
    type Page = types::PaginatedFineTunes;
    type Item = types::FineTune;

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
    ..runtime::Operation::new("fineTunes_list", runtime::Method::Get, "/fine-tunes/")
};
