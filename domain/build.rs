//! Takes the names of codes (states, roles, actions) out of the console's texts. Exports use them, and the worker does
//! not have to carry the rest of that file.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// How the keys of names begin, besides those of states.
const NAMES: [&str; 5] = [
    "console-action-",
    "console-actor-kind-",
    "console-mail-kind-",
    "console-outcome-",
    "console-role-",
];

/// Whether this line begins a name. `console-role-hint-…` explains a role.
fn begins_name(line: &str) -> bool {
    let key = line.split(' ').next().unwrap_or_default();
    let is_state = key.starts_with("console-") && key.contains("-state-");
    (is_state || NAMES.iter().any(|name| key.starts_with(name))) && !key.starts_with("console-role-hint-")
}

/// The names among `texts`. A text begins with its key in the first column; what continues it is indented.
fn names(texts: &str) -> String {
    let mut names = String::new();
    let mut is_name = false;
    for line in texts.lines().filter(|line| !line.is_empty()) {
        if !line.starts_with(' ') {
            is_name = begins_name(line);
        }
        if is_name {
            names.push_str(line);
            names.push('\n');
        }
    }
    names
}

fn main() -> Result<(), Box<dyn Error>> {
    let (package, out) = (env::var("CARGO_MANIFEST_DIR")?, env::var("OUT_DIR")?);
    for language in ["ja", "en", "da"] {
        let source = Path::new(&package).join(format!("../locales/{language}/console.ftl"));
        println!("cargo::rerun-if-changed={}", source.display());
        let texts = fs::read_to_string(&source).map_err(|error| format!("{}: {error}", source.display()))?;
        fs::write(Path::new(&out).join(format!("names-{language}.ftl")), names(&texts))?;
    }
    Ok(())
}
