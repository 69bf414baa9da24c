//! The client of the Cartesia API.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/client.rs: `cargo xtask regen`.

use client_runtime::{FixedHeader, SecurityScheme, Service};

mod codec;
pub mod types;
pub mod resources;

client_runtime::client!(SERVICE);

impl Client {
    /// Calls to datasets.
    pub fn datasets(&self) -> resources::datasets::Datasets {
        resources::datasets::Datasets::new(&self.core)
    }

    /// Calls to fine tunes.
    pub fn fine_tunes(&self) -> resources::fine_tunes::FineTunes {
        resources::fine_tunes::FineTunes::new(&self.core)
    }
}

impl ClientBuilder {
    /// Cartesia API key (`sk_car_...`). Get one at
    /// [play.cartesia.ai/keys](https://play.cartesia.ai/keys).
    ///
    /// Otherwise it comes from the environment: `CARTESIA_API_KEY`.
    pub fn api_key(self, api_key: &str) -> Self {
        Self(self.0.credential("APIKeyAuth", api_key))
    }

    /// API version header.
    ///
    /// The header `Cartesia-Version`; `2026-03-01` by default.
    pub fn cartesia_version(self, cartesia_version: &str) -> Self {
        Self(self.0.header("Cartesia-Version", cartesia_version))
    }
}

static SERVICE: Service = Service {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    base_url_variable: Some("CARTESIA_BASE_URL"),
    schemes: &[
        SecurityScheme::bearer("APIKeyAuth")
            .variable("CARTESIA_API_KEY")
            .setter("api_key"),
    ],
    headers: &[FixedHeader::new("Cartesia-Version", "2026-03-01")],
    ..Service::new("cartesia", "https://api.cartesia.ai")
};
