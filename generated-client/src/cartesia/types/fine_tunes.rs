//! Types of fine tunes.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/structs.rs, enums.rs and unions.rs: `cargo xtask regen`.

use client_runtime::UnknownValue;

/// Paginated list of fine-tunes
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaginatedFineTunes {
    /// List of fine-tune objects
    pub data: Vec<FineTune>,
    /// Whether there are more fine-tunes available
    pub has_more: bool,
}

/// Information about a fine-tune
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FineTune {
    /// Unique identifier for the fine-tune
    pub id: String,
    /// Name of the fine-tune
    pub name: String,
    /// Description of the fine-tune
    pub description: String,
    /// Language code of the fine-tune
    pub language: String,
    /// Base model identifier to fine-tune from
    pub model_id: String,
    /// ID of the dataset used for fine-tuning
    pub dataset: String,
    /// Current status of the fine-tune
    pub status: FineTuneStatus,
}

/// Status of a fine-tune
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FineTuneStatus {
    Created,
    Training,
    Completed,
    Failed,
    /// A value that this version of the client does not know.
    Unknown(UnknownValue),
}
