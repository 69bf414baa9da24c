//! Codecs of the types of datasets.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/codec.rs: `cargo xtask regen`.

use crate::fireworks::types::{
    Code, Dataset, DatasetFormat, DatasetState, EvalProtocol, EvaluationResult,
    ListDatasetsResponse, Splitted, Status, Transformed, UserUploaded,
};
use client_runtime::{codec, records, text_enum};
use std::collections::BTreeMap;

records!(ListDatasetsResponse);

impl codec::Record for ListDatasetsResponse {
    const NAME: &'static str = "ListDatasetsResponse";
    const FIELDS: &'static [&'static str] = &["datasets", "nextPageToken", "totalSize"];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut datasets = None;
        let mut next_page_token = None;
        let mut total_size = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.optional(&mut datasets),
                1 => object.optional(&mut next_page_token),
                _ => object.optional(&mut total_size),
            }
        }
        Some(Self {
            datasets,
            next_page_token,
            total_size,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.optional("datasets", &self.datasets);
        object.optional("nextPageToken", &self.next_page_token);
        object.optional("totalSize", &self.total_size);
    }
}

records!(Dataset);

impl codec::Record for Dataset {
    const NAME: &'static str = "Dataset";
    const FIELDS: &'static [&'static str] = &[
        "name",
        "displayName",
        "createTime",
        "state",
        "status",
        "exampleCount",
        "userUploaded",
        "evaluationResult",
        "transformed",
        "splitted",
        "evalProtocol",
        "externalUrl",
        "format",
        "createdBy",
        "updateTime",
        "sourceJobName",
        "estimatedTokenCount",
        "averageTurnCount",
    ];
    const REQUIRED: &'static [usize] = &[5];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut name = None;
        let mut display_name = None;
        let mut create_time = None;
        let mut state = None;
        let mut status = None;
        let mut example_count = None;
        let mut user_uploaded = None;
        let mut evaluation_result = None;
        let mut transformed = None;
        let mut splitted = None;
        let mut eval_protocol = None;
        let mut external_url = None;
        let mut format = None;
        let mut created_by = None;
        let mut update_time = None;
        let mut source_job_name = None;
        let mut estimated_token_count = None;
        let mut average_turn_count = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.optional(&mut name),
                1 => object.optional(&mut display_name),
                2 => object.optional(&mut create_time),
                3 => object.optional(&mut state),
                4 => object.optional(&mut status),
                5 => object.value_as::<codec::Int64String, _>(&mut example_count),
                6 => object.optional(&mut user_uploaded),
                7 => object.optional(&mut evaluation_result),
                8 => object.optional(&mut transformed),
                9 => object.optional(&mut splitted),
                10 => object.optional(&mut eval_protocol),
                11 => object.optional(&mut external_url),
                12 => object.optional(&mut format),
                13 => object.optional(&mut created_by),
                14 => object.optional(&mut update_time),
                15 => object.optional(&mut source_job_name),
                16 => {
                    object
                        .optional_as::<codec::Int64String, _>(&mut estimated_token_count)
                }
                _ => object.optional(&mut average_turn_count),
            }
        }
        let Some(example_count) = example_count else {
            return object.incomplete();
        };
        Some(Self {
            name,
            display_name,
            create_time,
            state,
            status,
            example_count,
            user_uploaded,
            evaluation_result,
            transformed,
            splitted,
            eval_protocol,
            external_url,
            format,
            created_by,
            update_time,
            source_job_name,
            estimated_token_count,
            average_turn_count,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.optional("name", &self.name);
        object.optional("displayName", &self.display_name);
        object.optional("createTime", &self.create_time);
        object.optional("state", &self.state);
        object.optional("status", &self.status);
        object.field_as::<codec::Int64String, _>("exampleCount", &self.example_count);
        object.optional("userUploaded", &self.user_uploaded);
        object.optional("evaluationResult", &self.evaluation_result);
        object.optional("transformed", &self.transformed);
        object.optional("splitted", &self.splitted);
        object.optional("evalProtocol", &self.eval_protocol);
        object.optional("externalUrl", &self.external_url);
        object.optional("format", &self.format);
        object.optional("createdBy", &self.created_by);
        object.optional("updateTime", &self.update_time);
        object.optional("sourceJobName", &self.source_job_name);
        object
            .optional_as::<
                codec::Int64String,
                _,
            >("estimatedTokenCount", &self.estimated_token_count);
        object.optional("averageTurnCount", &self.average_turn_count);
    }
}

text_enum!(DatasetState {
    StateUnspecified = "STATE_UNSPECIFIED",
    Uploading = "UPLOADING",
    Ready = "READY",
});

records!(Status);

impl codec::Record for Status {
    const NAME: &'static str = "Status";
    const FIELDS: &'static [&'static str] = &["code", "message"];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut code = None;
        let mut message = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.optional(&mut code),
                _ => object.optional(&mut message),
            }
        }
        Some(Self { code, message })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.optional("code", &self.code);
        object.optional("message", &self.message);
    }
}

records!(UserUploaded);

impl codec::Record for UserUploaded {
    const NAME: &'static str = "UserUploaded";
    const FIELDS: &'static [&'static str] = &[];
    const OPEN: bool = true;

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut additional_properties = BTreeMap::new();
        while object.next().is_some() {
            object.additional_properties(&mut additional_properties);
        }
        Some(Self { additional_properties })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.additional_properties(&self.additional_properties);
    }
}

records!(EvaluationResult);

impl codec::Record for EvaluationResult {
    const NAME: &'static str = "EvaluationResult";
    const FIELDS: &'static [&'static str] = &["evaluationJobId"];
    const REQUIRED: &'static [usize] = &[0];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut evaluation_job_id = None;
        while object.next().is_some() {
            object.value(&mut evaluation_job_id);
        }
        let Some(evaluation_job_id) = evaluation_job_id else {
            return object.incomplete();
        };
        Some(Self { evaluation_job_id })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("evaluationJobId", &self.evaluation_job_id);
    }
}

records!(Transformed);

impl codec::Record for Transformed {
    const NAME: &'static str = "Transformed";
    const FIELDS: &'static [&'static str] = &[
        "sourceDatasetId",
        "filter",
        "originalFormat",
    ];
    const REQUIRED: &'static [usize] = &[0];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut source_dataset_id = None;
        let mut filter = None;
        let mut original_format = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut source_dataset_id),
                1 => object.optional(&mut filter),
                _ => object.optional(&mut original_format),
            }
        }
        let Some(source_dataset_id) = source_dataset_id else {
            return object.incomplete();
        };
        Some(Self {
            source_dataset_id,
            filter,
            original_format,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("sourceDatasetId", &self.source_dataset_id);
        object.optional("filter", &self.filter);
        object.optional("originalFormat", &self.original_format);
    }
}

records!(Splitted);

impl codec::Record for Splitted {
    const NAME: &'static str = "Splitted";
    const FIELDS: &'static [&'static str] = &["sourceDatasetId"];
    const REQUIRED: &'static [usize] = &[0];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut source_dataset_id = None;
        while object.next().is_some() {
            object.value(&mut source_dataset_id);
        }
        let Some(source_dataset_id) = source_dataset_id else {
            return object.incomplete();
        };
        Some(Self { source_dataset_id })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("sourceDatasetId", &self.source_dataset_id);
    }
}

records!(EvalProtocol);

impl codec::Record for EvalProtocol {
    const NAME: &'static str = "EvalProtocol";
    const FIELDS: &'static [&'static str] = &[];
    const OPEN: bool = true;

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut additional_properties = BTreeMap::new();
        while object.next().is_some() {
            object.additional_properties(&mut additional_properties);
        }
        Some(Self { additional_properties })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.additional_properties(&self.additional_properties);
    }
}

text_enum!(DatasetFormat {
    FormatUnspecified = "FORMAT_UNSPECIFIED",
    Chat = "CHAT",
    Completion = "COMPLETION",
    Rl = "RL",
});

text_enum!(Code {
    Ok = "OK",
    Cancelled = "CANCELLED",
    UnknownValue = "UNKNOWN",
    InvalidArgument = "INVALID_ARGUMENT",
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    NotFound = "NOT_FOUND",
    AlreadyExists = "ALREADY_EXISTS",
    PermissionDenied = "PERMISSION_DENIED",
    Unauthenticated = "UNAUTHENTICATED",
    ResourceExhausted = "RESOURCE_EXHAUSTED",
    FailedPrecondition = "FAILED_PRECONDITION",
    Aborted = "ABORTED",
    OutOfRange = "OUT_OF_RANGE",
    Unimplemented = "UNIMPLEMENTED",
    Internal = "INTERNAL",
    Unavailable = "UNAVAILABLE",
    DataLoss = "DATA_LOSS",
});
