//! Access tokens: JWTs as defined by RFC 9068, bound to a key by `cnf.jkt` (RFC 9449 section 6).

use serde::{Deserialize, Serialize};

use crate::jwk::Thumbprint;
use crate::jws::{Compact, LEEWAY};
use crate::time::UnixSeconds;

/// The JWS type of an access token.
pub const TYP: &str = "at+jwt";
/// The JWS type of the identity token that the gate sends to the data origin.
pub const IDENTITY_TYP: &str = "tegata-identity+jwt";
/// Lifetime of an access token, in seconds.
pub const LIFE: i64 = 600;

/// The scope of an access token. A token carries exactly one scope and each scope has its own audience, so no token is
/// valid for two resources. Only [`Scope::View`] is issued so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The gate: the tenant's data.
    View,
    /// The control socket of an agent.
    Agent,
    /// The licence routes.
    Licence,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::View, Self::Agent, Self::Licence];

    /// The scope's name in the `scope` claim.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Agent => "agent",
            Self::Licence => "licence",
        }
    }

    /// The part of the `aud` claim that follows the issuer.
    const fn audience_path(self) -> &'static str {
        match self {
            Self::View => "/gate",
            Self::Agent => "/agent",
            Self::Licence => "/licence",
        }
    }

    /// The audience of a tenant's access tokens with this scope.
    #[must_use]
    pub fn audience(self, issuer: &str) -> String {
        format!("{issuer}{}", self.audience_path())
    }
}

/// The confirmation claim (RFC 7800).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Thumbprint of the key that must sign the DPoP proof.
    pub jkt: Thumbprint,
}

/// The claims of an access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// The device's id.
    pub sub: String,
    /// The audience of the token's scope; for the gate `{edge}/t/{tenant}/gate`.
    pub aud: String,
    /// The client that requested the token.
    pub client_id: String,
    /// The name of the token's only [`Scope`].
    pub scope: String,
    /// Time of issue.
    pub iat: UnixSeconds,
    /// Expiry time.
    pub exp: UnixSeconds,
    /// The token's id.
    pub jti: String,
    /// The key the token is bound to, if the device registered one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cnf: Option<Confirmation>,
    /// The user's name.
    pub name: String,
    /// The user's mail address.
    pub email: String,
}

/// The issuer of a tenant's tokens.
#[must_use]
pub fn issuer(edge_url: &str, slug: &str) -> String {
    format!("{edge_url}/t/{slug}")
}

impl AccessClaims {
    /// The token's scope, if the claims name exactly one existing scope together with its audience at `issuer`.
    fn scope_at(&self, issuer: &str) -> Option<Scope> {
        let scope = Scope::ALL.into_iter().find(|scope| scope.name() == self.scope)?;
        (self.aud.strip_prefix(issuer) == Some(scope.audience_path())).then_some(scope)
    }

    /// Whether these are the claims of a valid access token of `issuer` at `now`, whatever its scope.
    #[must_use]
    pub fn is_live(&self, issuer: &str, now: UnixSeconds) -> bool {
        self.iss == issuer && self.scope_at(issuer).is_some() && now < self.exp && self.iat <= now.plus(LEEWAY)
    }

    /// Whether these are the claims of a valid access token of `issuer` with the scope `scope`.
    #[must_use]
    pub fn permits(&self, scope: Scope, issuer: &str, now: UnixSeconds) -> bool {
        self.scope_at(issuer) == Some(scope) && self.is_live(issuer, now)
    }

    /// Parses a token that is valid at `now` into its JWS, whose signature the caller must still verify, and its
    /// claims.
    #[must_use]
    pub fn parse(token: &str, now: UnixSeconds) -> Option<(Compact<'_>, Self)> {
        let compact = Compact::token(token, TYP, now).ok()?;
        let claims = compact.payload()?;
        Some((compact, claims))
    }
}

/// The claims of the identity header: the user behind a request that passed the gate.
#[derive(Debug, Serialize, Deserialize)]
pub struct IdentityClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// The data origin the token is intended for.
    pub aud: String,
    /// The device's id.
    pub sub: String,
    /// The id of the access token it was derived from.
    pub jti: String,
    /// The user's name.
    pub name: String,
    /// The user's mail address.
    pub email: String,
    /// Time of issue.
    pub iat: UnixSeconds,
    /// Expiry time, which is that of the access token.
    pub exp: UnixSeconds,
}

#[cfg(test)]
mod tests {
    use super::{AccessClaims, Scope, TYP};
    use crate::jws::signing::KeyPair;
    use crate::time::UnixSeconds;

    fn claims() -> AccessClaims {
        AccessClaims {
            iss: "https://edge.example.com/t/aozora".to_owned(),
            sub: "device".to_owned(),
            aud: "https://edge.example.com/t/aozora/gate".to_owned(),
            client_id: "viewer".to_owned(),
            scope: "view".to_owned(),
            iat: UnixSeconds(1000),
            exp: UnixSeconds(1600),
            jti: "t".to_owned(),
            cnf: None,
            name: "山田 太郎".to_owned(),
            email: "taro@aozora.example".to_owned(),
        }
    }

    #[test]
    fn lives_for_its_issuer_and_time() {
        let claims = claims();
        assert!(claims.is_live("https://edge.example.com/t/aozora", UnixSeconds(1599)));
        assert!(!claims.is_live("https://edge.example.com/t/aozora", UnixSeconds(1600)));
        assert!(!claims.is_live("https://edge.example.com/t/aozora", UnixSeconds(994)));
        assert!(!claims.is_live("https://edge.example.com/t/aozor", UnixSeconds(1100)));
        assert!(!claims.is_live("https://edge.example.com/t/kita", UnixSeconds(1100)));
    }

    #[test]
    fn opens_what_its_one_scope_is_for() {
        const ISSUER: &str = "https://edge.example.com/t/aozora";
        let of = |scope: &str, aud: &str| AccessClaims {
            scope: scope.to_owned(),
            aud: format!("{ISSUER}{aud}"),
            ..claims()
        };
        let opened = |claims: &AccessClaims| -> Vec<Scope> {
            let opens = |scope: &Scope| claims.permits(*scope, ISSUER, UnixSeconds(1100));
            Scope::ALL.into_iter().filter(opens).collect()
        };
        for scope in Scope::ALL {
            let aud = scope.audience("");
            assert_eq!(opened(&of(scope.name(), &aud)), [scope]);
        }
        for (scope, aud) in [
            ("agent", "/gate"),
            ("view", "/agent"),
            ("view agent", "/gate"),
            ("agent view", "/gate"),
            ("", "/gate"),
            ("VIEW", "/gate"),
            ("view ", "/gate"),
            ("view", ""),
            ("view", "/gate/"),
            ("view", "/gates"),
        ] {
            let claims = of(scope, aud);
            assert!(opened(&claims).is_empty(), "{scope:?} {aud}");
            assert!(!claims.is_live(ISSUER, UnixSeconds(1100)), "{scope:?} {aud}");
        }
        assert!(
            !claims().permits(Scope::View, ISSUER, UnixSeconds(1600)),
            "it has expired"
        );
        assert!(!claims().permits(Scope::View, "https://edge.example.com/t/kita", UnixSeconds(1100)));
    }

    #[test]
    fn round_trip() {
        let token = KeyPair::from_seed(&[1; 32]).sign("k", TYP, &claims());
        assert_eq!(AccessClaims::parse(&token, UnixSeconds(1000)).unwrap().1, claims());
    }
}
