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
        let bytes = fs::read(entry?.path())?;
        let document = fuzz::document::document(&mut Unstructured::new(&bytes))?.to_string();
        // Named after what it holds: the same bytes give the same name.
        let name = document
            .bytes()
            .fold(0_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        fs::write(Path::new(&to).join(format!("{name:016x}.json")), document)?;
    }
    Ok(())
}
