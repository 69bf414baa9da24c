//! Types of datasets.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/structs.rs, enums.rs and unions.rs: `cargo xtask regen`.

use client_runtime::{Json, Timestamp, UnknownValue};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ListDatasetsResponse {
    pub datasets: Option<Vec<Dataset>>,
    /// A token, which can be sent as `page_token` to retrieve the next page. If this field is
    /// omitted, there are no subsequent pages.
    pub next_page_token: Option<String>,
    /// The total number of datasets
    pub total_size: Option<i32>,
}

/// Next ID: 24
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dataset {
    pub name: Option<String>,
    pub display_name: Option<String>,
    pub create_time: Option<Timestamp>,
    /// Default: `STATE_UNSPECIFIED`.
    pub state: Option<DatasetState>,
    pub status: Option<Status>,
    pub example_count: i64,
    pub user_uploaded: Option<UserUploaded>,
    pub evaluation_result: Option<EvaluationResult>,
    pub transformed: Option<Transformed>,
    pub splitted: Option<Splitted>,
    pub eval_protocol: Option<EvalProtocol>,
    /// The external URI of the dataset. e.g. `gs://foo/bar/baz.jsonl`
    pub external_url: Option<String>,
    /// Default: `FORMAT_UNSPECIFIED`.
    pub format: Option<DatasetFormat>,
    /// The email address of the user who initiated this fine-tuning job.
    pub created_by: Option<String>,
    /// The update time for the dataset.
    pub update_time: Option<Timestamp>,
    /// The resource name of the job that created this dataset (e.g., batch inference job). Used
    /// for lineage tracking to understand dataset provenance.
    pub source_job_name: Option<String>,
    /// The estimated number of tokens in the dataset.
    pub estimated_token_count: Option<i64>,
    /// An estimate of the average number of turns per sample in the dataset.
    pub average_turn_count: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatasetState {
    StateUnspecified,
    Uploading,
    Ready,
    /// A value that this version of the client does not know.
    Unknown(UnknownValue),
}

/// Mimics \[<https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto>\]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// The status code.
    ///
    /// Default: `OK`.
    pub code: Option<Code>,
    /// A developer-facing error message in English.
    pub message: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UserUploaded {
    /// Properties beyond the named ones.
    pub additional_properties: BTreeMap<String, Json>,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EvaluationResult {
    pub evaluation_job_id: String,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Transformed {
    pub source_dataset_id: String,
    pub filter: Option<String>,
    /// Default: `FORMAT_UNSPECIFIED`.
    pub original_format: Option<DatasetFormat>,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Splitted {
    pub source_dataset_id: String,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EvalProtocol {
    /// Properties beyond the named ones.
    pub additional_properties: BTreeMap<String, Json>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatasetFormat {
    FormatUnspecified,
    Chat,
    Completion,
    Rl,
    /// A value that this version of the client does not know.
    Unknown(UnknownValue),
}

/// - OK: Not an error; returned on success.
///
/// HTTP Mapping: 200 OK
///
/// - CANCELLED: The operation was cancelled, typically by the caller.
///
/// HTTP Mapping: 499 Client Closed Request
///
/// - UNKNOWN: Unknown error. For example, this error may be returned when a `Status` value
///   received from another address space belongs to an error space that is not known in this
///   address space. Also errors raised by APIs that do not return enough error information may
///   be converted to this error.
///
/// HTTP Mapping: 500 Internal Server Error
///
/// - INVALID_ARGUMENT: The client specified an invalid argument. Note that this differs from
///   `FAILED_PRECONDITION`. `INVALID_ARGUMENT` indicates arguments that are problematic
///   regardless of the state of the system (e.g., a malformed file name).
///
/// HTTP Mapping: 400 Bad Request
///
/// - DEADLINE_EXCEEDED: The deadline expired before the operation could complete. For
///   operations that change the state of the system, this error may be returned even if the
///   operation has completed successfully. For example, a successful response from a server
///   could have been delayed long enough for the deadline to expire.
///
/// HTTP Mapping: 504 Gateway Timeout
///
/// - NOT_FOUND: Some requested entity (e.g., file or directory) was not found.
///
/// Note to server developers: if a request is denied for an entire class of users, such as
/// gradual feature rollout or undocumented allowlist, `NOT_FOUND` may be used. If a request is
/// denied for some users within a class of users, such as user-based access control,
/// `PERMISSION_DENIED` must be used.
///
/// HTTP Mapping: 404 Not Found
///
/// - ALREADY_EXISTS: The entity that a client attempted to create (e.g., file or directory)
///   already exists.
///
/// HTTP Mapping: 409 Conflict
///
/// - PERMISSION_DENIED: The caller does not have permission to execute the specified operation.
///   `PERMISSION_DENIED` must not be used for rejections caused by exhausting some resource
///   (use `RESOURCE_EXHAUSTED` instead for those errors). `PERMISSION_DENIED` must not be used
///   if the caller can not be identified (use `UNAUTHENTICATED` instead for those errors). This
///   error code does not imply the request is valid or the requested entity exists or satisfies
///   other pre-conditions.
///
/// HTTP Mapping: 403 Forbidden
///
/// - UNAUTHENTICATED: The request does not have valid authentication credentials for the
///   operation.
///
/// HTTP Mapping: 401 Unauthorized
///
/// - RESOURCE_EXHAUSTED: Some resource has been exhausted, perhaps a per-user quota, or perhaps
///   the entire file system is out of space.
///
/// HTTP Mapping: 429 Too Many Requests
///
/// - FAILED_PRECONDITION: The operation was rejected because the system is not in a state
///   required for the operation's execution. For example, the directory to be deleted is
///   non-empty, an rmdir operation is applied to a non-directory, etc.
///
/// Service implementors can use the following guidelines to decide between
/// `FAILED_PRECONDITION`, `ABORTED`, and `UNAVAILABLE`: (a) Use `UNAVAILABLE` if the client can
/// retry just the failing call. (b) Use `ABORTED` if the client should retry at a higher level.
/// For example, when a client-specified test-and-set fails, indicating the client should
/// restart a read-modify-write sequence. (c) Use `FAILED_PRECONDITION` if the client should not
/// retry until the system state has been explicitly fixed. For example, if an "rmdir" fails
/// because the directory is non-empty, `FAILED_PRECONDITION` should be returned since the
/// client should not retry unless the files are deleted from the directory.
///
/// HTTP Mapping: 400 Bad Request
///
/// - ABORTED: The operation was aborted, typically due to a concurrency issue such as a
///   sequencer check failure or transaction abort.
///
/// See the guidelines above for deciding between `FAILED_PRECONDITION`, `ABORTED`, and
/// `UNAVAILABLE`.
///
/// HTTP Mapping: 409 Conflict
///
/// - OUT_OF_RANGE: The operation was attempted past the valid range. E.g., seeking or reading
///   past end-of-file.
///
/// Unlike `INVALID_ARGUMENT`, this error indicates a problem that may be fixed if the system
/// state changes. For example, a 32-bit file system will generate `INVALID_ARGUMENT` if asked
/// to read at an offset that is not in the range \[0,2^32-1\], but it will generate
/// `OUT_OF_RANGE` if asked to read from an offset past the current file size.
///
/// There is a fair bit of overlap between `FAILED_PRECONDITION` and `OUT_OF_RANGE`. We
/// recommend using `OUT_OF_RANGE` (the more specific error) when it applies so that callers who
/// are iterating through a space can easily look for an `OUT_OF_RANGE` error to detect when
/// they are done.
///
/// HTTP Mapping: 400 Bad Request
///
/// - UNIMPLEMENTED: The operation is not implemented or is not supported/enabled in this
///   service.
///
/// HTTP Mapping: 501 Not Implemented
///
/// - INTERNAL: Internal errors. This means that some invariants expected by the underlying
///   system have been broken. This error code is reserved for serious errors.
///
/// HTTP Mapping: 500 Internal Server Error
///
/// - UNAVAILABLE: The service is currently unavailable. This is most likely a transient
///   condition, which can be corrected by retrying with a backoff. Note that it is not always
///   safe to retry non-idempotent operations.
///
/// See the guidelines above for deciding between `FAILED_PRECONDITION`, `ABORTED`, and
/// `UNAVAILABLE`.
///
/// HTTP Mapping: 503 Service Unavailable
///
/// - DATA_LOSS: Unrecoverable data loss or corruption.
///
/// HTTP Mapping: 500 Internal Server Error
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    Ok,
    Cancelled,
    /// `UNKNOWN`
    UnknownValue,
    InvalidArgument,
    DeadlineExceeded,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    Unauthenticated,
    ResourceExhausted,
    FailedPrecondition,
    Aborted,
    OutOfRange,
    Unimplemented,
    Internal,
    Unavailable,
    DataLoss,
    /// A value that this version of the client does not know.
    Unknown(UnknownValue),
}
