//! Writes the documents that rows of bytes stand for, such as those which `structured` keeps, so that
//! `cargo xtask corpus` can compile their clients: `documents FROM TO`.

use libfuzzer_sys::arbitrary::Unstructured;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args_os().skip(1);
    let (Some(from), Some(to)) = (words.next(), words.next()) else {
        return Err("usage: documents FROM TO".into());
    };
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        let input = entry?.path();
        let document = fuzz::document::document(&mut Unstructured::new(&fs::read(&input)?))?;
        let name = Path::new(input.file_name().unwrap_or_default()).with_extension("json");
        fs::write(Path::new(&to).join(name), document.to_string())?;
    }
    Ok(())
}
