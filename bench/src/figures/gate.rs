//! The gate in front of a fast data origin, compared with the same gate in Hono and jose.

use std::{rc::Rc, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tegata_domain::{
    access_token::IDENTITY_TYP,
    jws::{Compact, public_key},
    keyring::SigningKey,
};
use tokio::time::sleep;

use crate::{
    clock::unix_now,
    compare::{Groups, Pace, Side, compare},
    edge::{Edge, gate_path, gated},
    http1::{Connection, request},
    load::{Prepared, run},
    origin::Origin,
    peer::Peer,
    proofs::{Algorithm, PcKey},
    report::{Row, Target},
    signing::{access_token, private_jwk},
};

const TENANT: &str = "hayate";
/// Devices in the measurements that reuse the same tokens.
const DEVICES: usize = 64;
/// How many times faster the origin must be than the gates in front of it.
const ORIGIN_HEADROOM: f64 = 3.0;

type Requests = Rc<[Rc<[u8]>]>;

/// Both gates, ready for requests.
struct Gates {
    edge: Edge,
    peer: Peer,
    origin: Origin,
    signer: SigningKey,
}

impl Gates {
    async fn open() -> Result<Self> {
        let origin = Origin::start().await?;
        let mut edge = Edge::start()?;
        edge.create_tenant(
            TENANT,
            &json!({"activation": "approval_only", "data_origin": origin.url()}),
        )?;
        let signer = edge.signers()?.token;
        let settings = [("EDGE_URL", edge.url()), ("SIGNING_KEY", private_jwk(&signer))];
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let peer = Peer::start(
            "gate",
            &edge.scratch("gate"),
            &["directory", "keys", "revocations"],
            &settings,
        )?;
        let key = format!("tenant/{TENANT}");
        let entry = json!({
            "slug": TENANT, "kind": "tenant", "name": "ハヤテ精機株式会社", "state": "active", "data_origin": origin.url(),
        });
        peer.put("directory", &key, &entry.to_string()).await?;
        peer.put("revocations", &key, &json!({"devices": []}).to_string())
            .await?;
        peer.put("keys", "jwks", &edge.public_keys()?).await?;
        edge.restart()?;
        let gates = Self {
            edge,
            peer,
            origin,
            signer,
        };
        gates.check().await?;
        Ok(gates)
    }

    fn port(&self, side: Side) -> u16 {
        match side {
            Side::Ours => self.edge.port(),
            Side::Peer => self.peer.port(),
        }
    }

    fn groups(&self) -> Groups {
        Groups {
            ours: self.edge.group(),
            peer: self.peer.group(),
        }
    }

    fn token(&self, key: Option<&PcKey>) -> Result<String> {
        access_token(&self.signer, &self.edge.url(), TENANT, key.map(PcKey::thumbprint))
    }

    /// Checks that both forward a request with a good token and sign the identity, and that both reject a bad token.
    async fn check(&self) -> Result<()> {
        let token = self.token(None)?;
        let good = gated(&self.edge.host(), TENANT, "Bearer", &token, None);
        let bad = gated(&self.edge.host(), TENANT, "Bearer", &format!("{token}A"), None);
        for side in [Side::Ours, Side::Peer] {
            let mut answer = 0;
            // The copy of the directory may not have arrived yet.
            for _ in 0..100 {
                answer = Connection::open(self.port(side)).await?.exchange(&good).await?.status;
                if answer == 200 {
                    break;
                }
                sleep(Duration::from_millis(100)).await;
            }
            if answer != 200 {
                bail!("{side:?} returns {answer} for a good token");
            }
            let identity = self.origin.last_identity();
            let compact =
                Compact::token(&identity, IDENTITY_TYP, unix_now()).context("the identity header is missing")?;
            let claims: Value = compact.payload().context("the identity has no claims")?;
            if !compact.verify(&public_key(&self.signer.seed)) || claims["aud"] != json!(self.origin.url()) {
                bail!("{side:?} does not sign the identity");
            }
            let answer = Connection::open(self.port(side)).await?.exchange(&bad).await?.status;
            if answer != 401 {
                bail!("{side:?} returns {answer} for a bad token");
            }
        }
        Ok(())
    }

    async fn send(&self, side: Side, requests: &Requests, total: usize) -> Result<crate::load::Round> {
        run(self.port(side), Prepared::spread(requests, total)).await
    }

    /// The rate of the origin without a gate: the measurement is meaningless unless the origin is much faster.
    async fn origin_rate(&self, pace: Pace) -> Result<f64> {
        let one: Rc<[u8]> = request("GET", "origin.example", "/", &[("Tegata-Identity", "none")], "").into();
        let requests: Requests = [one].into();
        let total = (20_000.0 * pace.round.as_secs_f64()) as usize;
        Ok(run(self.origin.port(), Prepared::spread(&requests, total))
            .await?
            .rate())
    }
}

fn requests(count: usize, make: impl FnMut(usize) -> Result<Vec<u8>>) -> Result<Requests> {
    (0..count).map(make).map(|made| made.map(Rc::from)).collect()
}

/// Tokens bound to no key: the same few again and again, and each one new.
pub async fn bearer(pace: Pace) -> Result<Vec<Row>> {
    let gates = Gates::open().await?;
    let host = gates.edge.host();
    let again = requests(DEVICES, |_| {
        Ok(gated(&host, TENANT, "Bearer", &gates.token(None)?, None))
    })?;
    let few = compare(pace, gates.groups(), Ok, async |side, total| {
        gates.send(side, &again, *total).await
    })
    .await?;
    let origin = gates.origin_rate(pace).await?;
    if origin < few.ours().max(few.peer()) * ORIGIN_HEADROOM {
        bail!("the data origin handles only {origin:.0} requests per second");
    }
    let distinct = |total| requests(total, |_| Ok(gated(&host, TENANT, "Bearer", &gates.token(None)?, None)));
    let many = compare(pace, gates.groups(), distinct, async |side, requests: &Requests| {
        gates.send(side, requests, requests.len()).await
    })
    .await?;
    let target = Target::RatioAtLeast(1.0);
    Ok(vec![
        Row::beside("gate, bearer, tokens seen before", "/s", &few).with_target(target),
        Row::beside("gate, bearer, each token new", "/s", &many).with_target(target),
        Row::of("the data origin alone", "/s", origin),
    ])
}

/// The gate beside a worker that forwards and checks nothing: which share of what the platform can do is reached.
pub async fn bound(pace: Pace) -> Result<Row> {
    let gates = Gates::open().await?;
    let host = gates.edge.host();
    let directory = gates.edge.scratch("forward");
    let forward = Peer::start("forward", &directory, &[], &[("ORIGIN", &gates.origin.url())])?;
    let again = requests(DEVICES, |_| {
        Ok(gated(&host, TENANT, "Bearer", &gates.token(None)?, None))
    })?;
    let groups = Groups {
        ours: gates.edge.group(),
        peer: forward.group(),
    };
    let compared = compare(pace, groups, Ok, async |side, total| {
        let port = match side {
            Side::Ours => gates.edge.port(),
            Side::Peer => forward.port(),
        };
        run(port, Prepared::spread(&again, *total)).await
    })
    .await?;
    Ok(Row::beside(
        "gate, bearer, tokens seen before, beside forwarding unchecked",
        "/s",
        &compared,
    ))
}

/// Tokens bound to a key, with a fresh proof for each request.
pub async fn dpop(pace: Pace) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (algorithm, name) in [(Algorithm::EdDsa, "EdDSA"), (Algorithm::Es256, "ES256")] {
        // Fresh processes, so that the proofs of one row do not fill the memory of the next.
        let gates = Gates::open().await?;
        let url = format!("{}{}", gates.edge.url(), gate_path(TENANT));
        let mut devices = Vec::new();
        for _ in 0..DEVICES {
            let key = PcKey::generate(algorithm)?;
            devices.push((gates.token(Some(&key))?, key));
        }
        let host = gates.edge.host();
        let prove = |total| {
            requests(total, |number| {
                let (token, key) = &devices[number % DEVICES];
                let proof = key.proof("GET", &url, Some(token))?;
                Ok(gated(&host, TENANT, "DPoP", token, Some(&proof)))
            })
        };
        let compared = compare(pace, gates.groups(), prove, async |side, requests: &Requests| {
            gates.send(side, requests, requests.len()).await
        })
        .await?;
        let row = Row::beside(format!("gate, DPoP ({name})"), "/s", &compared);
        rows.push(row.with_target(Target::RatioAtLeast(0.95)));
    }
    Ok(rows)
}
