//! The gate (K5): forwards to the tenant's data origin with a live, unrevoked, bound token, and with nothing else.
//!
//! This is the hot path. It asks no object: keys, directory and revocations are copies with a bounded age, and the
//! signature of a token is checked once a minute in each isolate. What was decided for a bearer token the platform may
//! repeat while all of these are good ([`Forward::reusable_until`]): `src/platform/gate.js`.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tegata_domain::access_token::{AccessClaims, IdentityClaims, Scope, issuer};
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::dpop::{DpopError, GATE_WINDOW, Proof};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::DeviceId;
use tegata_domain::jwk::{ProofKey, PublicUse};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantState;

use crate::gate_memory::{Shown, Verified};
use crate::gate_path::climbs;
use crate::port::{Edge, Failure, Forward, Opaque, OriginTrouble, Unavailable, header as value};
use crate::problem::Problem;
use crate::upgrade;

/// Largest body that is forwarded, in bytes.
pub const MAX_BODY: u64 = 100 * 1024 * 1024;

/// Why the gate, or the control socket of an agent, stays shut.
pub(crate) enum Shut {
    /// No credentials.
    NoToken,
    /// The token is not one, not live, or revoked (RFC 6750 section 3.1).
    BadToken(&'static str),
    /// The proof is missing, wrong, or was used before (RFC 9449 section 7.1).
    BadProof(&'static str),
    /// Something else, told as a problem.
    Problem(Problem),
}

impl From<Unavailable> for Shut {
    fn from(_: Unavailable) -> Self {
        Self::Problem(Failure::Unavailable.into())
    }
}

impl From<DpopError> for Shut {
    fn from(error: DpopError) -> Self {
        Self::BadProof(match error {
            DpopError::Malformed => "the DPoP proof is malformed",
            DpopError::Algorithm => "the DPoP proof must use ES256 or EdDSA",
            DpopError::OtherRequest => "the DPoP proof is for another request",
            DpopError::Time => "the DPoP proof is not from now; check the clock",
            DpopError::OtherToken => "the DPoP proof is for another access token",
            DpopError::Signature => "the signature of the DPoP proof is wrong",
        })
    }
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        let (challenge, problem) = match self {
            Self::Problem(problem) => return problem.into_response(),
            Self::NoToken => {
                let challenge = r#"DPoP algs="ES256 EdDSA", Bearer realm="tegata""#.to_owned();
                (challenge, Problem::unauthorized("send an access token of this tenant"))
            }
            Self::BadToken(why) => {
                let challenge = format!(
                    r#"DPoP algs="ES256 EdDSA", error="invalid_token", error_description="{why}", Bearer error="invalid_token""#
                );
                (challenge, Problem::unauthorized(why))
            }
            Self::BadProof(why) => {
                let challenge =
                    format!(r#"DPoP algs="ES256 EdDSA", error="invalid_dpop_proof", error_description="{why}""#);
                (challenge, Problem::unauthorized(why))
            }
        };
        let mut response = problem.into_response();
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// Checks a token's signature, time and, where the caller names one, scope; the signature from memory where it was checked
/// before.
pub(crate) async fn verified(
    edge: &dyn Edge,
    slug: &Slug,
    token: &str,
    scope: Option<Scope>,
) -> Result<Option<Arc<Verified>>, Unavailable> {
    let issuer = issuer(&edge.settings().edge_url, slug.as_str());
    let known = match edge.gate_memory().token(token, edge.now()) {
        Some(known) => known,
        None => {
            let Some((compact, claims)) = AccessClaims::parse(token, edge.now()) else {
                return Ok(None);
            };
            if !claims.is_live(&issuer, edge.now()) {
                return Ok(None);
            }
            let keys = edge.public_keys(Some(compact.kid.clone())).await?;
            let Some(jwk) = keys.find(&compact.kid, PublicUse::Token) else {
                return Ok(None);
            };
            let key = ProofKey::Ed25519 { x: jwk.x.clone() };
            if !edge.verify(&key, compact.signing_input, &compact.signature).await {
                return Ok(None);
            }
            edge.gate_memory().remember_token(token, claims, edge.now())
        }
    };
    let opens = match scope {
        Some(scope) => known.claims.permits(scope, &issuer, edge.now()),
        None => known.claims.is_live(&issuer, edge.now()),
    };
    Ok(opens.then_some(known))
}

/// The device and claims of a live access token of any scope, for the endpoints that take one as a parameter: they tell
/// or end a token, and open nothing.
pub(crate) async fn live_device(
    edge: &dyn Edge,
    slug: &Slug,
    token: &str,
) -> Result<Option<(DeviceId, Box<AccessClaims>)>, Unavailable> {
    let verified = verified(edge, slug, token, None).await?;
    Ok(verified.and_then(|verified| {
        Some((
            DeviceId::parse(&verified.claims.sub)?,
            Box::new(verified.claims.clone()),
        ))
    }))
}

/// The caller behind the request, with proof of the key where the token is bound to one.
async fn caller(
    edge: &dyn Edge,
    slug: &Slug,
    method: &str,
    path: &str,
    headers: &HeaderMap,
) -> Result<Arc<Verified>, Shut> {
    let (scheme, token) = value(headers, "authorization")
        .and_then(|value| value.split_once(' '))
        .ok_or(Shut::NoToken)?;
    let bound_scheme = scheme.eq_ignore_ascii_case("DPoP");
    if !bound_scheme && !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Shut::NoToken);
    }
    let verified = verified(edge, slug, token, Some(Scope::View))
        .await?
        .ok_or(Shut::BadToken("the access token is not valid here, or has expired"))?;
    match (&verified.claims.cnf, bound_scheme) {
        (None, false) => {}
        (None, true) => return Err(Shut::BadToken("the access token is bound to no key; send it as Bearer")),
        (Some(_), false) => {
            return Err(Shut::BadProof(
                "the access token is bound to a key; send it as DPoP, with a proof",
            ));
        }
        (Some(confirmation), true) => {
            let text = value(headers, "dpop").ok_or(Shut::BadProof("the DPoP proof is missing"))?;
            let proof = Proof::parse(text)?;
            let url = format!("{}{path}", edge.settings().edge_url);
            proof.check(method, &url, edge.now(), GATE_WINDOW, Some(verified.hash(token)))?;
            if !verified.is_bound_to(&proof.key, &confirmation.jkt) {
                return Err(Shut::BadProof("the DPoP proof was made with another key"));
            }
            if !edge.verify(&proof.key, proof.signing_input, &proof.signature).await {
                return Err(DpopError::Signature.into());
            }
            let jti_hash = proof.jti_hash(&confirmation.jkt);
            match edge
                .gate_memory()
                .show_proof(confirmation.jkt.as_str(), &jti_hash, edge.now())
            {
                Shown::New => {}
                Shown::Replayed => return Err(Shut::BadProof("the DPoP proof was used before")),
                Shown::Full => {
                    return Err(Shut::Problem(
                        Failure::Refused(Refusal::TooMany {
                            retry_after: GATE_WINDOW,
                        })
                        .into(),
                    ));
                }
            }
        }
    }
    Ok(verified)
}

/// The signed identity header of `verified` for its tenant's data origin.
async fn identity(edge: &dyn Edge, verified: &Verified, origin: &str) -> Result<Arc<str>, Unavailable> {
    if let Some(jwt) = verified.identity_for(origin) {
        return Ok(jwt);
    }
    let claims = &verified.claims;
    let claims = IdentityClaims {
        iss: claims.iss.clone(),
        aud: origin.to_owned(),
        sub: claims.sub.clone(),
        jti: claims.jti.clone(),
        name: claims.name.clone(),
        email: claims.email.clone(),
        iat: edge.now(),
        exp: claims.exp,
    };
    let jwt: Arc<str> = edge.sign_identity(claims).await?.into();
    verified.remember_identity(origin, Arc::clone(&jwt));
    Ok(jwt)
}

/// The tenant's data origin, unless the tenant is suspended, has none, or has revoked the device.
async fn origin(edge: &dyn Edge, slug: &Slug, device: &str) -> Result<(Arc<DirectoryEntry>, String), Shut> {
    let entry = edge
        .directory(slug)
        .await?
        .ok_or(Shut::BadToken("the access token is not valid here, or has expired"))?;
    if entry.state == TenantState::Suspended {
        return Err(Shut::Problem(Failure::Refused(Refusal::Suspended).into()));
    }
    if edge.revocations(slug).await?.holds(device) {
        return Err(Shut::BadToken("the device was revoked"));
    }
    let detail = "the tenant has no data origin that may be forwarded to here; its operator sets one";
    let missing = || {
        Shut::Problem(Problem::new(
            StatusCode::BAD_GATEWAY,
            "no-data-origin",
            "Nothing to forward to",
            detail,
        ))
    };
    let origin = entry.data_origin.clone().ok_or_else(missing)?;
    Ok((entry, origin))
}

/// What the gate answers when the data origin gave no answer.
#[must_use]
pub fn origin_trouble(trouble: OriginTrouble) -> Response {
    problem_of(trouble).into_response()
}

fn problem_of(trouble: OriginTrouble) -> Problem {
    let (status, code, title, detail) = match trouble {
        OriginTrouble::Unreachable => (
            StatusCode::BAD_GATEWAY,
            "origin-unreachable",
            "The data origin does not answer",
            "try again later",
        ),
        OriginTrouble::TimedOut => (
            StatusCode::GATEWAY_TIMEOUT,
            "origin-timeout",
            "The data origin did not answer in time",
            "try again later",
        ),
        OriginTrouble::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is too large",
            "the gate takes up to 100 MiB",
        ),
    };
    Problem::new(status, code, title, detail)
}

/// Forwards, or answers in this order:
///
/// 1. 401 without a live, unrevoked token of this tenant, with proof where it is bound.
/// 2. 403 for a suspended tenant.
/// 3. 502 without a data origin, or with one of an earlier version that would be refused today.
/// 4. 413 for a body over 100 MiB.
/// 5. 400 for a path that leaves the data origin's base path in some reading.
/// 6. 502 or 504 when the data origin does not answer.
pub(crate) async fn pass(
    State(edge): State<Arc<dyn Edge>>,
    Path((slug, _)): Path<(String, String)>,
    request: Request,
) -> Response {
    let passed = match Slug::parse(&slug) {
        Ok(slug) => pass_or_shut(&*edge, &slug, request).await,
        Err(_) => Err(Shut::NoToken),
    };
    passed.unwrap_or_else(Shut::into_response)
}

/// The tenant at whose gate `request` arrives, if it can be let through without the router, which would cost as much as all
/// that is decided here. `None` leaves the request to the router.
#[must_use]
pub fn straight_to(request: &Request) -> Option<Slug> {
    let (slug, _) = request.uri().path().strip_prefix("/t/")?.split_once("/gate/")?;
    upgrade::refused(request.headers())
        .is_none()
        .then(|| Slug::parse(slug).ok())?
}

/// [`pass`] for a request that [`straight_to`] has found a tenant for.
pub async fn straight(edge: &dyn Edge, slug: Slug, request: Request) -> Response {
    pass_or_shut(edge, &slug, request)
        .await
        .unwrap_or_else(Shut::into_response)
}

/// [`pass`] for the gate's own path, which the wildcard does not match.
pub(crate) async fn pass_root(state: State<Arc<dyn Edge>>, Path(slug): Path<String>, request: Request) -> Response {
    pass(state, Path((slug, String::new())), request).await
}

async fn pass_or_shut(edge: &dyn Edge, slug: &Slug, request: Request) -> Result<Response, Shut> {
    let uri = request.uri();
    let verified = caller(edge, slug, request.method().as_str(), uri.path(), request.headers()).await?;
    let (_, origin) = origin(edge, slug, &verified.claims.sub).await?;
    let length = value(request.headers(), "content-length").and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > MAX_BODY) {
        return Err(Shut::Problem(problem_of(OriginTrouble::TooLarge)));
    }
    let original = request.extensions().get::<Opaque>().cloned().ok_or(Unavailable)?;
    let prefix = format!("/t/{slug}/gate");
    let rest = uri.path().strip_prefix(prefix.as_str()).ok_or(Unavailable)?;
    if climbs(rest) {
        let refused = FieldError::new(
            "path",
            "must not hold . or .. as a part, in any spelling, nor control characters",
        );
        return Err(Shut::Problem(Problem::invalid(refused)));
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let edge_url = edge.settings().edge_url.as_str();
    let (scheme, host) = edge_url.split_once("://").ok_or(Unavailable)?;
    let identity = identity(edge, &verified, &origin).await?;
    let good_until = verified.good_until().min(edge.copies_good_until(slug));
    let forward = Forward {
        url: format!("{origin}{rest}{query}"),
        method: request.method().clone(),
        added: vec![
            ("tegata-tenant", slug.to_string()),
            ("tegata-device", verified.claims.sub.clone()),
            ("tegata-identity", identity.to_string()),
            ("x-forwarded-proto", scheme.to_owned()),
            ("x-forwarded-host", host.to_owned()),
            ("x-forwarded-prefix", prefix.clone()),
        ],
        outer: format!("{edge_url}{prefix}"),
        inner: origin,
        // Kept for a token that comes again, not for each that comes once.
        reusable_until: (verified.claims.cnf.is_none() && verified.seen_again()).then_some(good_until),
        original,
    };
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(edge.forward(forward));
    Ok(response)
}
