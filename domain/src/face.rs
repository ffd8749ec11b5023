//! A provider's face (B16): how mails, pages and the console present it to its customers. The provider sets it; each
//! customer keeps a copy, because its mails are composed in its own object.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::audit::change::{Told, changes};
use crate::email::EmailAddress;
use crate::error::FieldError;
use crate::jwk::sha256_b64;
use crate::text::{OrganizationName, bounded};
use crate::wire::b64;

/// Maximum number of contact lines.
const MOST_LINES: usize = 5;
/// Maximum size of a logo in bytes.
pub const LARGEST_LOGO: usize = 48 * 1024;
/// Maximum width and height of a logo in pixels.
const LARGEST_SIDE: u32 = 1200;
/// Contrast that text needs with its background (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// The background in the light and in the dark scheme that an accent stands out from least: `--panel` of
/// `styles/tokens.css`.
const PAPER: [Rgb; 2] = [Rgb(0xf0, 0xf2, 0xf5), Rgb(0x21, 0x29, 0x32)];
/// Text on an accent colour: the lighter and the darker choice.
const ON_ACCENT: [Rgb; 2] = [Rgb(0xff, 0xff, 0xff), Rgb(0x0b, 0x10, 0x16)];

/// One line that says how to reach the desk, such as a telephone number with its hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
#[serde(try_from = "String")]
pub struct ContactLine(String);

impl ContactLine {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ContactLine {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        bounded("contact", &text, 120).map(Self)
    }
}

/// The contact lines of a face, at most five.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(max_items = 5))]
#[serde(try_from = "Vec<String>")]
pub struct ContactLines(Vec<ContactLine>);

impl TryFrom<Vec<String>> for ContactLines {
    type Error = FieldError;
    fn try_from(lines: Vec<String>) -> Result<Self, Self::Error> {
        // Counted before any is looked at: normalising each of half a million would take the object's time.
        if lines.len() > MOST_LINES {
            return Err(FieldError::new("contact", "must have at most five lines"));
        }
        lines
            .into_iter()
            .map(ContactLine::try_from)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl From<ContactLines> for Vec<ContactLine> {
    fn from(lines: ContactLines) -> Self {
        lines.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Rgb {
    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour `steps` of 32 of the way to `other`.
    fn towards(self, other: Self, steps: u32) -> Self {
        let mix = |from: u8, to: u8| {
            let sum = u32::from(from)
                .saturating_mul(32_u32.saturating_sub(steps))
                .saturating_add(u32::from(to).saturating_mul(steps));
            u8::try_from(sum.checked_div(32).unwrap_or_default()).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The colour, as near to this one as can be read on `background`.
    fn readable_on(self, background: Self) -> Self {
        let far = if background.luminance() > 0.5 {
            Self(0, 0, 0)
        } else {
            Self(255, 255, 255)
        };
        (0..=32)
            .map(|steps| self.towards(far, steps))
            .find(|colour| colour.contrast(background) >= READABLE)
            .unwrap_or(far)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// An accent colour: `#rrggbb`. Any colour is accepted; where it would be unreadable, a darker or lighter one is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^#[0-9a-f]{6}$"))]
#[serde(try_from = "String", into = "String")]
pub struct Accent(Rgb);

impl TryFrom<String> for Accent {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let channel = |at: usize| u8::from_str_radix(text.get(at..at.saturating_add(2))?, 16).ok();
        let lower = text
            .bytes()
            .all(|byte| matches!(byte, b'#' | b'0'..=b'9' | b'a'..=b'f'));
        let colour = || Some(Rgb(channel(1)?, channel(3)?, channel(5)?));
        colour()
            .filter(|_| text.len() == 7 && text.starts_with('#') && lower)
            .map(Self)
            .ok_or_else(|| FieldError::new("accent", "must be a colour such as #0b5394"))
    }
}

impl From<Accent> for String {
    fn from(accent: Accent) -> Self {
        accent.0.to_string()
    }
}

/// An accent colour as one scheme shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shades {
    /// The accent, readable on the scheme's background.
    pub accent: String,
    /// Text on the accent.
    pub on_accent: String,
}

impl Accent {
    /// The colour in the light and in the dark scheme.
    #[must_use]
    pub fn shades(&self) -> [Shades; 2] {
        PAPER.map(|paper| {
            let accent = self.0.readable_on(paper);
            let [light, dark] = ON_ACCENT;
            let on_accent = if accent.contrast(light) >= accent.contrast(dark) {
                light
            } else {
                dark
            };
            Shades {
                accent: accent.to_string(),
                on_accent: on_accent.to_string(),
            }
        })
    }
}

/// A logo: a PNG image in base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = "byte", max_length = 65536))]
#[serde(try_from = "String")]
pub struct Logo(String);

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({} characters)", self.0.len())
    }
}

impl TryFrom<String> for Logo {
    type Error = FieldError;

    /// Accepts a PNG image of up to 48 KiB and 1,200 pixels a side. Other formats are refused: some of them can carry
    /// scripts, and mail programs do not show all of them.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let refuse = |detail| Err(FieldError::new("logo", detail));
        if text.len() > LARGEST_LOGO.div_ceil(3).saturating_mul(4) {
            return refuse("must be at most 48 KiB");
        }
        let Some(bytes) = b64::decode_standard(&text) else {
            return refuse("must be base64");
        };
        let side = |at: usize| {
            let bytes = bytes.get(at..at.saturating_add(4))?.try_into().ok()?;
            Some(u32::from_be_bytes(bytes))
        };
        let png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR");
        match (png, side(16), side(20)) {
            (true, Some(1..=LARGEST_SIDE), Some(1..=LARGEST_SIDE)) => Ok(Self(text)),
            (true, ..) => refuse("must be at most 1,200 pixels wide and high"),
            _ => refuse("must be a PNG image"),
        }
    }
}

impl Logo {
    /// The image in base64.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The image.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        b64::decode_standard(&self.0).unwrap_or_default()
    }

    /// Identifies this image among others.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_b64(&self.0).chars().take(16).collect()
    }
}

/// How a provider presents itself, apart from the image of its logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Face {
    /// Version, incremented by each change; a change names the version it is based on.
    pub version: i64,
    /// Name of the provider or its service.
    pub name: OrganizationName,
    /// How to reach the desk, at most five lines.
    pub contact: Vec<ContactLine>,
    /// Accent colour of pages, mails and the console.
    pub accent: Option<Accent>,
    /// Name of the sender in mails; the address is the deployment's.
    pub sender: Option<OrganizationName>,
    /// Address that replies to mails go to.
    pub reply_to: Option<EmailAddress>,
    /// Identifies the logo, if there is one.
    pub logo: Option<String>,
}

impl Face {
    /// The face of a provider called `name` that has not set any.
    #[must_use]
    pub const fn plain(name: OrganizationName) -> Self {
        Self {
            version: 0,
            name,
            contact: Vec::new(),
            accent: None,
            sender: None,
            reply_to: None,
            logo: None,
        }
    }

    /// The differences in `after` as the audit log records them (`audit::change`).
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        let members = |face: &Self| match serde_json::to_value(face) {
            Ok(Value::Object(mut members)) => {
                members.remove("version");
                members
            }
            _ => Map::new(),
        };
        changes(&members(self), &members(after), Told::Now)
    }
}

/// The part of a face that pages need, as the directory publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFace {
    /// Increases with each change; browsers fetch stylesheet and logo again when it does.
    pub version: i64,
    /// Name of the provider or its service.
    pub name: OrganizationName,
    /// How to reach the desk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<ContactLine>,
    /// Accent colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<Accent>,
    /// Identifies the logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}

impl PublishedFace {
    /// The stylesheet with which this face colours a page.
    #[must_use]
    pub fn stylesheet(&self) -> String {
        let Some([light, dark]) = self.accent.as_ref().map(Accent::shades) else {
            return String::new();
        };
        let rule = |shades: &Shades| {
            let Shades { accent, on_accent } = shades;
            format!(":root{{--accent:{accent};--accent-contrast:{on_accent}}}")
        };
        let (light, dark) = (rule(&light), rule(&dark));
        format!("{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n")
    }
}

impl From<Face> for PublishedFace {
    fn from(face: Face) -> Self {
        Self {
            version: face.version,
            name: face.name,
            contact: face.contact,
            accent: face.accent,
            logo: face.logo,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Accent, Face, Logo, PublishedFace, READABLE, Rgb};
    use crate::wire::b64;

    fn png(width: u32, height: u32, size: usize) -> String {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
        bytes.resize(size, 0);
        b64::encode_standard(bytes)
    }

    #[test]
    fn a_logo_is_a_png_image_of_bounded_size() {
        assert!(Logo::try_from(png(200, 60, 5_000)).is_ok());
        for (bad, why) in [
            (png(200, 60, 49_153), "48 KiB"),
            (png(1201, 60, 100), "1,200 pixels"),
            (png(0, 60, 100), "1,200 pixels"),
            (b64::encode_standard("<svg onload=alert(1)>"), "PNG"),
            (b64::encode_standard("GIF89a"), "PNG"),
            ("not base64 !".to_owned(), "base64"),
        ] {
            let refused = Logo::try_from(bad).unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn only_a_colour_is_a_colour() {
        assert!(Accent::try_from("#0b5394".to_owned()).is_ok());
        for bad in [
            "", "#fff", "0b5394", "#0B5394", "#0b539g", "#0b53944", "red", "#+12345", "#00;}*{",
        ] {
            assert!(Accent::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_stylesheet_sets_colours_and_nothing_else() {
        let face: Face = serde_json::from_value(json!({
            "version": 1, "name": "北サポート", "contact": ["</style>"], "accent": "#ffe600", "sender": null,
            "reply_to": null, "logo": null,
        }))
        .unwrap();
        let css = PublishedFace::from(face.clone()).stylesheet();
        assert!(css.starts_with(":root{--accent:#") && !css.contains("style"), "{css}");
        assert_eq!(PublishedFace::from(Face::plain(face.name)).stylesheet(), "");
    }

    #[test]
    fn every_accent_can_be_read() {
        let rgb = |text: &str| Accent::try_from(text.to_owned()).unwrap().0;
        let steps = || (0..=u8::MAX).step_by(15);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            for (shades, paper) in Accent(Rgb(red, green, blue)).shades().iter().zip(super::PAPER) {
                let (accent, on_accent) = (rgb(&shades.accent), rgb(&shades.on_accent));
                assert!(accent.contrast(paper) >= READABLE, "{red} {green} {blue}");
                assert!(accent.contrast(on_accent) >= READABLE, "{red} {green} {blue}");
            }
        }
    }
}
