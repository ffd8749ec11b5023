//! Files between two participants, as docs/session-protocol.md ("Files") has it: who offers and who receives, as sockets of
//! ours. The receiver checks size and hash, as every receiver has to.

use anyhow::{Context, Result, bail};
use ring::digest::{self, SHA256};
use serde_json::{Value, json};
use tegata_domain::session::frame::{Act, Header, Kind, MOST_CREDIT};

use crate::{
    party::{Event, Paid, Party, Paying, address},
    signing::random_text,
};

/// A file to send.
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// One of this many bytes, of which no two pages are alike.
    pub fn made(name: &str, size: usize) -> Self {
        let bytes = (0..size).map(|at| (at ^ (at >> 9) ^ (at >> 17)) as u8).collect();
        Self {
            name: name.to_owned(),
            bytes,
        }
    }

    /// Offers it to everybody. Returns the offer's id.
    pub async fn offer(&self, party: &mut Party) -> Result<String> {
        let id = random_text::<16>()?;
        let offer = json!({
            "type": "offer", "id": id, "name": self.name, "size": self.bytes.len(), "sha256": hex(digest::digest(&SHA256, &self.bytes)),
        });
        party.say(&offer).await?;
        Ok(id)
    }

    /// Sends it to the next who opens a stream for it, and returns once they say how it ended.
    pub async fn give(&self, party: &mut Party, id: &str) -> Result<()> {
        let (to, stream) = loop {
            match party.next().await? {
                Event::Frame(header, _) if header.act == Act::Open && header.kind == Kind::File => {
                    break (header.from, header.stream);
                }
                Event::Frame(..) => {}
                Event::Said(said) => party.heard.push_back(said),
            }
        };
        let (_, asked) = party.frame(stream).await?;
        let asked: Value = serde_json::from_slice(&asked)?;
        if asked["offer"] != id {
            bail!("another file is asked for: {asked}");
        }
        let from = asked["from"].as_u64().and_then(|from| usize::try_from(from).ok());
        let rest = self.bytes.get(from.unwrap_or_default()..).context("beyond the end")?;
        let mut paid = Paid::new(Kind::File, to, stream);
        paid.send(party, rest).await?;
        party.send(Header::new(Act::Close, Kind::File, to, stream), &[]).await?;
        let ended = party
            .hears(|said| said["type"] == "received" && said["id"] == id)
            .await?;
        if ended["outcome"] != "done" {
            bail!("the file was not received: {ended}");
        }
        Ok(())
    }
}

fn hex(hash: digest::Digest) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Receives what is offered, once, and says so. `least` is the credit that it pays ahead. Returns the bytes that came.
pub async fn receive(party: &mut Party, offered: &Value, least: u64) -> Result<u64> {
    let by = address(&offered["by"]).context("nobody offers it")?;
    let stream = party.open(Kind::File, by).await?;
    let wanted = json!({"offer": offered["id"], "from": 0}).to_string();
    party
        .send(Header::new(Act::Data, Kind::File, by, stream), wanted.as_bytes())
        .await?;
    let mut paying = Paying::new(Kind::File, by, stream, least.min(MOST_CREDIT));
    let (mut hash, mut got) = (digest::Context::new(&SHA256), 0);
    loop {
        let (header, payload) = party.frame(stream).await?;
        match header.act {
            Act::Data => {
                hash.update(&payload);
                got += u64::from(header.length);
                paying.read(party, &header).await?;
            }
            Act::Close => break,
            Act::Open | Act::Credit => {}
        }
    }
    party.send(Header::new(Act::Close, Kind::File, by, stream), &[]).await?;
    if offered["sha256"] != hex(hash.finish()) || offered["size"] != got {
        bail!("{got} bytes came, and they are not those that were offered: {offered}");
    }
    party
        .say(&json!({"type": "received", "id": offered["id"], "outcome": "done"}))
        .await?;
    Ok(got)
}

/// The next offer of a file with this name, by somebody else.
pub async fn offered(party: &mut Party, name: &str) -> Result<Value> {
    let you = party.you;
    let about = |said: &Value| said["type"] == "offered" && said["name"] == name && said["by"] != you;
    party.hears(about).await
}
