//! Emits the model of an API as Rust: one file here for each construct that is emitted.

mod aliases;
mod call;
mod client;
mod codec;
mod constructors;
mod enums;
mod example;
pub(crate) mod files;
mod guide;
mod head;
mod ident;
pub(crate) mod krate;
mod multipart;
mod oauth;
mod operation;
mod page;
pub(crate) mod resource;
mod response;
mod response_enum;
mod response_headers;
mod retry;
mod service;
pub(crate) mod socket;
mod steps;
mod structs;
pub(crate) mod text;
pub(crate) mod types;
mod unions;
mod waiting;
mod webhooks;

pub(crate) use files::{Code, FileSection, path, scope, sections, unprinted};
pub(crate) use head::generated;
pub(crate) use krate::{VendorFacts, krate, vendor_facts};

use crate::analysis::Analysis;
use crate::config;
use crate::ir::Api;
use crate::json_schema::JsonSchemas;
use crate::name::Names;
use crate::output::CrateLocation;
use crate::plan::{PlanCx, Plans};

/// The context that every emitter reads.
#[derive(Clone, Copy)]
pub(crate) struct EmitCx<'a> {
    pub(crate) api: &'a Api,
    pub(crate) analysis: &'a Analysis,
    pub(crate) names: &'a Names,
    pub(crate) plans: &'a Plans<'a>,
    pub(crate) client: &'a config::Client,
    /// The location of the crate.
    pub(crate) home: CrateLocation,
    /// The name of the document in the heads of files.
    pub(crate) document: &'a str,
    /// The part of the document that responses are compared with, if the client can do that.
    pub(crate) contract: Option<&'a str>,
    /// The schemas of types for other programs.
    pub(crate) schemas: Option<&'a JsonSchemas>,
    /// The crate that the client is in, as Rust names it.
    pub(crate) krate: Option<&'a str>,
}

impl<'a> EmitCx<'a> {
    /// The context of plans, for items that have no plan yet.
    pub(crate) fn plan(self) -> PlanCx<'a> {
        PlanCx { api: self.api, analysis: self.analysis, names: self.names }
    }
}
