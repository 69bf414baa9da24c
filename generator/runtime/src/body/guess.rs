//! Media types of files, where a document leaves several open.

/// The usual types of endings (IANA, "Media Types").
const ENDINGS: &[(&str, &str)] = &[
    ("aac", "audio/aac"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("html", "text/html"),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// The one of some media types (names and ranges, with commas between them) that a file's name speaks for.
pub(crate) fn by_name(name: &str, allowed: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let known = ENDINGS.iter().find(|it| it.0 == ending)?.1;
    fits(known, allowed).then_some(known)
}

/// Returns whether a media type is in a list of types and ranges.
pub(crate) fn fits(mime: &str, allowed: &str) -> bool {
    let essence = |it: &str| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mime = essence(mime);
    allowed.split(',').map(essence).any(|it| match it.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => mime.starts_with(start),
        None => mime == it,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_speaks_for_a_type_that_is_allowed() {
        assert_eq!(by_name("a.b.PNG", "image/*"), Some("image/png"));
        assert_eq!(by_name("a.jpg", "image/png, image/jpeg"), Some("image/jpeg"));
        assert_eq!(by_name("a.pdf", "image/*"), None);
        assert_eq!(by_name("png", "image/*"), None);
        assert!(fits("Image/PNG; q=1", "text/plain,image/*"));
        assert!(fits("a/b", "*/*"));
        assert!(!fits("audio/x", "image/*"));
    }
}
