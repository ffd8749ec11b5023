//! The shades in which an accent colour is shown. The console's preview is held to the same file
//! (`console/tests/face.test.mjs`).

use serde::Deserialize;
use tegata_domain::face::{Accent, Shades};

const VECTORS: &str = include_str!("vectors/accent.json");

/// For each scheme the accent and the text on it.
#[derive(Deserialize)]
struct Vector {
    accent: Accent,
    light: (String, String),
    dark: (String, String),
}

#[test]
fn an_accent_is_shown_in_the_shades_of_the_vectors() {
    let vectors: Vec<Vector> = serde_json::from_str(VECTORS).unwrap();
    for Vector { accent, light, dark } in vectors {
        let shown = accent.shades().map(|Shades { accent, on_accent }| (accent, on_accent));
        assert_eq!(shown, [light, dark], "{}", String::from(accent));
    }
}
