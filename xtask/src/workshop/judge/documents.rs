//! The documents that are judged, and what stands beside them.

use crate::workshop::corpus;
use crate::workshop::corpus::documents::{CorpusDocument, documents};
use anyhow::{Context, Result, bail};
use generator::{Source, Text};
use openapi_clients::commands::generate;
use openapi_clients::project::{Project, optional};
use openapi_clients::{generated_dir, input};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The documents of all paths. Each is named by its folder and its file, and has a crate of its own.
pub(super) fn all(
    paths: &[PathBuf],
    list: Option<&Path>,
    workspace: &Project,
    folder: &Path,
) -> Result<Vec<CorpusDocument>> {
    let mut all = Vec::new();
    for path in paths {
        let path =
            fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))?;
        if path.is_dir() {
            let found = documents(&path, None, list, &workspace.root.join(corpus::LIST))?;
            for it in found {
                let path = corrected(it.path, None, folder)?;
                all.push(CorpusDocument { path, ..it });
            }
        } else {
            all.push(one(path, folder)?);
        }
    }
    all.retain(|it| !it.refused);
    let mut taken = BTreeSet::new();
    for it in &mut all {
        let parent = it.path.parent().and_then(Path::file_name).unwrap_or_default();
        it.name = format!("{}/{}", parent.to_string_lossy(), it.name);
        let krate = format!("{}-{}", generate::crate_name(Path::new(parent)), it.krate);
        it.krate.clone_from(&krate);
        let mut number = 2;
        while !taken.insert(it.krate.clone()) {
            it.krate = format!("{krate}-{number}");
            number += 1;
        }
    }
    if all.is_empty() {
        bail!("there is no document to judge");
    }
    Ok(all)
}

/// A single document. A vendor's has its files beside it, and is taken as its overlay corrects it.
fn one(path: PathBuf, folder: &Path) -> Result<CorpusDocument> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = |name: &str| Some(path.with_file_name(name)).filter(|it| it.exists());
    let vendor = path.file_stem().is_some_and(|it| it == "openapi");
    let own = Some(path.with_extension("client.yaml")).filter(|it| it.exists());
    let client = own.or_else(|| if vendor { beside("client.yaml") } else { None });
    let overlay = if vendor { beside("overlay.yaml") } else { None };
    let krate = format!("spec-{}", generate::crate_name(&path));
    let path = corrected(path, overlay.as_deref(), folder)?;
    let asyncapi = Some(path.with_extension("asyncapi.yaml")).filter(|it| it.exists());
    Ok(CorpusDocument { name, path, client, asyncapi, overlay: None, krate, refused: false })
}

/// A document as it is, or as an overlay or its other files make it, written in a folder of the same name.
fn corrected(path: PathBuf, overlay: Option<&Path>, folder: &Path) -> Result<PathBuf> {
    let name = path.display().to_string();
    let document = Text { bytes: input::read(&path, &name)?, name };
    let files = Some(input::files_around(&path));
    let source = Source { document, files, ..Source::default() };
    let is_whole = || matches!(generator::bundle(&source), Ok(None) | Err(_));
    let overlay = match overlay {
        Some(it) => optional(it, &it.display().to_string())?,
        None if is_whole() => return Ok(path),
        None => None,
    };
    let Ok(tree) = generator::corrected(&Source { overlay, ..source }) else {
        bail!("{} cannot be corrected: `regen` says why", path.display());
    };
    let vendor = path.parent().and_then(Path::file_name).unwrap_or_default();
    let folder = folder.join("corrected").join(vendor);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let place = folder.join(format!("{name}.json"));
    generated_dir::atomically(&place, tree.to_json().to_string().as_bytes())?;
    Ok(place)
}
