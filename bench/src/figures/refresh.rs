//! Refreshing with rotation, compared with Hono and a JavaScript object that stores the same rows.

use std::{collections::VecDeque, mem, rc::Rc};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tegata_domain::{jwk::sha256_b64, secret::PlainRefreshToken};

use crate::{
    clock::unix_now,
    compare::{Groups, Pace, Side, compare},
    edge::{Edge, refreshing, text},
    figures::registration::admit,
    http1::{Connection, Reply, request},
    load::{CONNECTIONS, Source, run},
    peer::Peer,
    proofs::{Algorithm, PcKey},
    report::{Row, Target},
    signing::{private_jwk, random_text},
};

const TENANT: &str = "hayate";
const DEVICES_PER_CONNECTION: usize = 4;
const DEVICES: usize = CONNECTIONS * DEVICES_PER_CONNECTION;

/// The refresh tokens of one connection's devices, each usable once.
type Held = Vec<VecDeque<(usize, String)>>;

/// One connection's chains: each reply has the token for that device's next request.
struct Chain {
    host: String,
    /// Device and refresh token, longest unused first; returned when the round is over.
    tokens: VecDeque<(usize, String)>,
    home: Rc<std::cell::RefCell<Held>>,
    number: usize,
    left: usize,
    /// Proofs made before the round, by device.
    proofs: Option<Vec<Vec<String>>>,
}

impl Source for Chain {
    fn next(&mut self) -> Option<Rc<[u8]>> {
        self.left = self.left.checked_sub(1)?;
        let (device, token) = self.tokens.front()?;
        let proof = match &mut self.proofs {
            Some(proofs) => Some(proofs.get_mut(device % DEVICES_PER_CONNECTION)?.pop()?),
            None => None,
        };
        Some(refreshing(&self.host, TENANT, token, proof.as_deref()).into())
    }

    fn answered(&mut self, reply: &Reply) -> Result<()> {
        if let Some((device, _)) = self.tokens.pop_front() {
            self.tokens.push_back((device, text(reply, "refresh_token")?));
        }
        Ok(())
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        if let Some(home) = self.home.borrow_mut().get_mut(self.number) {
            *home = mem::take(&mut self.tokens);
        }
    }
}

fn dealt(tokens: Vec<String>) -> Rc<std::cell::RefCell<Held>> {
    let mut held = vec![VecDeque::new(); CONNECTIONS];
    for (device, token) in tokens.into_iter().enumerate() {
        held[device / DEVICES_PER_CONNECTION].push_back((device, token));
    }
    Rc::new(held.into())
}

/// Refreshing without keys.
pub async fn bearer(pace: Pace) -> Result<Vec<Row>> {
    measure(pace, "refresh, bearer", Vec::new()).await
}

/// Refreshing with a proof each time.
pub async fn dpop(pace: Pace) -> Result<Vec<Row>> {
    let keys = (0..DEVICES)
        .map(|_| PcKey::generate(Algorithm::EdDsa))
        .collect::<Result<_>>()?;
    measure(pace, "refresh, DPoP (EdDSA)", keys).await
}

async fn measure(pace: Pace, figure: &str, keys: Vec<PcKey>) -> Result<Vec<Row>> {
    let edge = Edge::start()?;
    edge.create_tenant(TENANT, &json!({"activation": "approval_only"}))?;
    let ours = dealt(admit(&edge, TENANT, DEVICES, &keys).await?);
    let key = private_jwk(&edge.signers()?.token);
    let settings = [("EDGE_URL", edge.url()), ("SIGNING_KEY", key)];
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let peer = Peer::start("refresh", &edge.scratch("refresh"), &[], &settings)?;
    let theirs = dealt(seed(&peer, &keys).await?);
    let url = format!("{}/t/{TENANT}/oauth/token", edge.url());
    let groups = Groups {
        ours: edge.group(),
        peer: peer.group(),
    };
    // Proofs for one round of one side; each side accepts a proof once.
    let prove = |total: usize| -> Result<(usize, Vec<Vec<String>>)> {
        let each = total / DEVICES + 2;
        let prove = |key: &PcKey| {
            (0..each)
                .map(|_| key.proof("POST", &url, None))
                .collect::<Result<Vec<_>>>()
        };
        Ok((total, keys.iter().map(prove).collect::<Result<_>>()?))
    };
    let compared = compare(
        pace,
        groups,
        prove,
        async |side, (total, proofs): &(usize, Vec<Vec<String>>)| {
            let (port, held) = match side {
                Side::Ours => (edge.port(), &ours),
                Side::Peer => (peer.port(), &theirs),
            };
            let chain = |number: usize| Chain {
                host: edge.host(),
                tokens: mem::take(&mut held.borrow_mut()[number]),
                home: Rc::clone(held),
                number,
                left: total / CONNECTIONS,
                proofs: proofs.chunks(DEVICES_PER_CONNECTION).nth(number).map(<[_]>::to_vec),
            };
            run(port, (0..CONNECTIONS).map(chain).collect()).await
        },
    )
    .await?;
    Ok(vec![
        Row::beside(figure, "/s", &compared).with_target(Target::RatioAtLeast(0.85)),
    ])
}

/// Gives the peer as many devices as the edge has, in the same form. Returns their refresh tokens.
async fn seed(peer: &Peer, keys: &[PcKey]) -> Result<Vec<String>> {
    let now = unix_now().0;
    let mut tokens = Vec::new();
    let mut records = Vec::new();
    for number in 0..DEVICES {
        let id = random_text::<16>()?;
        let token = format!("{}{id}{}", PlainRefreshToken::PREFIX, random_text::<32>()?);
        let jkt: Value = keys
            .get(number)
            .map(|key| key.thumbprint().as_str().into())
            .unwrap_or_default();
        records.push(json!({
            "id": id, "approval": random_text::<16>()?, "client_id": "viewer", "scope": "view",
            "applicant": {
                "name": "山田 太郎", "email": format!("taro{number}@hayate.example"), "organization": "ハヤテ精機",
                "device_name": format!("検査室PC {number}"), "locale": "en", "jkt": jkt,
            },
            "approved_at": now, "activated_at": now, "expires_at": null, "revoked_at": null,
            "refresh": {"current": sha256_b64(&token), "previous": null, "rotated_at": now, "generation": 0},
        }));
        tokens.push(token);
    }
    let body = Value::from(records).to_string();
    let request = request("POST", "peer.example", &format!("/t/{TENANT}/seed"), &[], &body);
    let reply = Connection::open(peer.port()).await?.exchange(&request).await?;
    if reply.status != 204 {
        bail!("the peer returned {} to its seed data", reply.status);
    }
    Ok(tokens)
}
