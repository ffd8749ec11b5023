//! Forms (`application/x-www-form-urlencoded`), each read whole and only once.

use std::collections::HashMap;

use http::HeaderMap;
use tegata_domain::error::FieldError;

use crate::port::header;

/// Maximum number of fields in a form.
const MOST_FIELDS: usize = 32;

/// The fields of a form. A repeated field makes the form invalid (RFC 6749 section 3.2).
#[derive(Debug)]
pub(crate) struct Form(HashMap<String, String>);

impl Form {
    /// Parses a request's body as a form.
    pub(crate) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Self, FieldError> {
        let content_type = header(headers, "content-type").unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(FieldError::new(
                "content-type",
                "must be application/x-www-form-urlencoded",
            ));
        }
        if std::str::from_utf8(body).is_err() {
            return Err(FieldError::new("body", "must be UTF-8"));
        }
        let mut fields = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            if value.contains('\u{fffd}') || name.contains('\u{fffd}') {
                return Err(FieldError::new("body", "must be UTF-8"));
            }
            if fields.len() >= MOST_FIELDS {
                return Err(FieldError::new("body", "has too many fields"));
            }
            if fields.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                return Err(FieldError::new(&name, "must be given only once"));
            }
        }
        Ok(Self(fields))
    }

    /// The value of a field; an empty value counts as absent (RFC 6749 section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// All fields, to show a form again.
    pub(crate) fn values(&self) -> HashMap<String, String> {
        self.0.clone()
    }

    /// The value of a field that must be present.
    pub(crate) fn required(&self, name: &str) -> Result<&str, FieldError> {
        self.get(name).ok_or_else(|| FieldError::new(name, "is required"))
    }
}

#[cfg(test)]
mod tests {
    use super::Form;
    use http::HeaderMap;

    fn parse(body: &[u8]) -> Result<Form, tegata_domain::error::FieldError> {
        let mut headers = HeaderMap::new();
        headers.insert(
            "content-type",
            "application/x-www-form-urlencoded; charset=UTF-8".parse().unwrap(),
        );
        Form::parse(&headers, body)
    }

    #[test]
    fn fields_are_decoded() {
        let form = parse("name=%E5%B1%B1%E7%94%B0+%E5%A4%AA%E9%83%8E&empty=".as_bytes()).unwrap();
        assert_eq!(form.get("name"), Some("山田 太郎"));
        assert_eq!(form.get("empty"), None);
        assert!(form.required("absent").is_err());
    }

    #[test]
    fn what_is_no_form_is_refused() {
        assert!(parse(b"a=1&a=2").is_err());
        assert!(parse(b"a=%ff").is_err());
        assert!(parse(&[b'a', b'=', 0xff]).is_err());
        assert!(parse((0..40).map(|n| format!("f{n}=1&")).collect::<String>().as_bytes()).is_err());
        assert!(Form::parse(&HeaderMap::new(), b"a=1").is_err());
    }
}
