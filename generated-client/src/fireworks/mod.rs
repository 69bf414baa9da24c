//! The client of the Gateway REST API.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/client.rs: `cargo xtask regen`.

use client_runtime::{ClientParam, SecurityScheme, Service};

mod codec;
pub mod types;
pub mod resources;

client_runtime::client!(SERVICE);

impl Client {
    /// Calls to datasets.
    pub fn datasets(&self) -> resources::datasets::Datasets {
        resources::datasets::Datasets::new(&self.core)
    }
}

impl ClientBuilder {
    /// Bearer authentication using your Fireworks API key. Format: Bearer \<API_KEY>
    ///
    /// Otherwise it comes from the environment: `FIREWORKS_API_KEY`.
    pub fn api_key(self, api_key: &str) -> Self {
        Self(self.0.credential("BearerAuth", api_key))
    }

    /// Sets `account_id` for all calls.
    ///
    /// Otherwise it comes from the environment: `FIREWORKS_ACCOUNT_ID`.
    pub fn account_id(self, account_id: &str) -> Self {
        Self(self.0.param("account_id", account_id))
    }
}

static SERVICE: Service = Service {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    base_url_variable: Some("FIREWORKS_BASE_URL"),
    schemes: &[
        SecurityScheme::bearer("BearerAuth")
            .variable("FIREWORKS_API_KEY")
            .setter("api_key"),
    ],
    params: &[ClientParam::new("account_id").variable("FIREWORKS_ACCOUNT_ID")],
    sentinels: &["[DONE]"],
    end_events: &["message_stop"],
    ignored_events: &["ping"],
    ..Service::new("fireworks", "https://api.fireworks.ai")
};
