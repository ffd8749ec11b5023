//! `tegata-openapi PROGRAM [ARGUMENT...]`: writes the files generated from the API description. PROGRAM is
//! openapi-typescript.

use anyhow::Result;
use tegata_openapi::{document, files};

fn main() -> Result<()> {
    let generator: Vec<String> = std::env::args().skip(1).collect();
    files::write_all(&document(), &generator)
}
