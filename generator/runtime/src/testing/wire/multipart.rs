//! Multipart bodies, taken apart.

use crate::testing::RecordedRequest;

/// A part that was sent.
pub(super) struct SentPart {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) mime: Option<String>,
    pub(super) content: String,
}

/// The parts of a body; none if it is no multipart form.
pub(super) fn parts(sent: &RecordedRequest) -> Option<Vec<SentPart>> {
    let boundary = sent.header("content-type")?.split_once("boundary=")?.1.trim_matches('"');
    let body = sent.text();
    let delimiter = format!("--{boundary}");
    if body.trim_end() == format!("{delimiter}--") {
        return Some(Vec::new());
    }
    let inner = body.strip_prefix(&delimiter)?;
    let (inner, after) = inner.rsplit_once(&format!("{delimiter}--"))?;
    if !after.trim().is_empty() {
        return None;
    }
    inner.split(&delimiter).map(part).collect()
}

/// One part: headers, an empty line, the content and a line end.
fn part(text: &str) -> Option<SentPart> {
    let text = text.strip_prefix("\r\n")?.strip_suffix("\r\n")?;
    let (head, content) = text.split_once("\r\n\r\n")?;
    let header = |wanted: &str| {
        let mut lines = head.split("\r\n").filter_map(|it| it.split_once(':'));
        lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|it| it.1.trim())
    };
    let disposition = header("content-disposition")?;
    let attribute = |wanted: &str| {
        let rest = disposition.split_once(&format!("; {wanted}=\""))?.1;
        let value = rest.split('"').next()?;
        Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
    };
    Some(SentPart {
        name: attribute("name")?,
        file_name: attribute("filename"),
        mime: header("content-type").map(str::to_owned),
        content: content.to_owned(),
    })
}
