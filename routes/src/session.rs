//! The console's session cookie: one per tenant, so that one browser can be logged in to several.

use http::{HeaderMap, HeaderValue};
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::slug::Slug;

use crate::port::header;

/// The `__Host-` prefix binds the cookie to this host, to `Secure` and to `Path=/` (RFC 6265bis section 4.1.3.2).
fn name(tenant: &Slug) -> String {
    format!("__Host-tegata-{tenant}")
}

/// The session that the browser presents for `tenant`. A cookie that appears twice counts as absent.
pub(crate) fn session(headers: &HeaderMap, tenant: &Slug) -> Option<PlainSessionToken> {
    let name = name(tenant);
    let cookies = header(headers, "cookie")?;
    let mut values = cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(found, _)| *found == name)
        .map(|(_, value)| value);
    let value = values.next()?;
    values.next().is_none().then(|| PlainSessionToken::parse(value))?
}

/// Sets a session cookie that lasts until the browser is closed. It is `Lax` because a link in a mail may lead to a
/// page that needs it.
pub(crate) fn begun(tenant: &Slug, token: &PlainSessionToken) -> Option<HeaderValue> {
    let cookie = format!(
        "{}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
        name(tenant),
        token.expose()
    );
    HeaderValue::from_str(&cookie).ok()
}

/// Clears the session cookie.
pub(crate) fn ended(tenant: &Slug) -> Option<HeaderValue> {
    let cookie = format!("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", name(tenant));
    HeaderValue::from_str(&cookie).ok()
}

#[cfg(test)]
mod tests {
    use super::{begun, session};
    use http::HeaderMap;
    use tegata_domain::random::CountingRandom;
    use tegata_domain::secret::PlainSessionToken;
    use tegata_domain::slug::Slug;

    #[test]
    fn a_session_is_its_tenants() {
        let (aozora, minato) = (Slug::parse("aozora").unwrap(), Slug::parse("minato").unwrap());
        let token = PlainSessionToken::generate(&CountingRandom::new(1));
        let cookie = begun(&aozora, &token).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let shown = |cookies: String| {
            let mut headers = HeaderMap::new();
            headers.insert("cookie", cookies.parse().unwrap());
            headers
        };
        let headers = shown(format!("other=1; {pair}"));
        assert_eq!(session(&headers, &aozora), Some(token));
        assert_eq!(session(&headers, &minato), None);
        assert_eq!(session(&shown(format!("{pair}; {pair}")), &aozora), None);
    }
}
