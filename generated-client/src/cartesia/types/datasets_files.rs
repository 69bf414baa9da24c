//! Types of datasets files.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/structs.rs, enums.rs and unions.rs: `cargo xtask regen`.

/// Paginated list of files in a dataset
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaginatedDatasetFiles {
    /// List of file objects
    pub data: Vec<DatasetFile>,
    /// Whether there are more files available
    pub has_more: bool,
}

/// File stored in a dataset
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DatasetFile {
    /// Unique identifier for the file
    pub id: String,
    /// Original filename
    pub filename: String,
    /// Timestamp when the file was created
    pub created_at: String,
    /// Size of the file in bytes
    pub size: i64,
}
