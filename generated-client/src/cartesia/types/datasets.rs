//! Types of datasets.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/structs.rs, enums.rs and unions.rs: `cargo xtask regen`.

/// Paginated list of datasets
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaginatedDatasets {
    /// List of dataset objects
    pub data: Vec<Dataset>,
    /// Whether there are more datasets available
    pub has_more: bool,
}

/// A collection of files used for fine-tuning models
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dataset {
    /// Unique identifier for the dataset
    pub id: String,
    /// Name of the dataset
    pub name: String,
    /// Timestamp when the dataset was created
    pub created_at: String,
    /// Optional description of the dataset
    pub description: String,
}
