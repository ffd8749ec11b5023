//! The console's cookie: one for each tenant, so that one browser can be in several.

use http::{HeaderMap, HeaderValue};
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::slug::Slug;

use crate::port::header;

/// The prefix binds the cookie to this host, to `Secure` and to `Path=/` (RFC 6265bis section 4.1.3.2).
fn name(tenant: &Slug) -> String {
    format!("__Host-tegata-{tenant}")
}

/// The session that the browser shows for `tenant`. A name that stands twice is taken as none.
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

/// Gives the browser a session, until it is closed. `Lax`: a link in a mail leads to a page that asks for it.
pub(crate) fn begun(tenant: &Slug, token: &PlainSessionToken) -> Option<HeaderValue> {
    let cookie = format!(
        "{}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
        name(tenant),
        token.expose()
    );
    HeaderValue::from_str(&cookie).ok()
}

/// Takes the session from the browser.
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
