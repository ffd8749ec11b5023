//! Doing nothing: `GET /healthz`, compared with a JavaScript worker that returns "ok".

use std::rc::Rc;

use anyhow::Result;

use crate::{
    compare::{Groups, Pace, Side, compare},
    edge::Edge,
    http1::request,
    load::{Prepared, run},
    peer::Peer,
    report::{Row, Target},
};

/// Requests per second of both.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let edge = Edge::start()?;
    let peer = Peer::start("ok", &edge.scratch("ok"), &[], &[])?;
    let (ours, theirs) = (edge.port(), peer.port());
    let groups = Groups {
        ours: edge.group(),
        peer: peer.group(),
    };
    let one: Rc<[u8]> = request("GET", &edge.host(), "/healthz", &[], "").into();
    let requests: Rc<[Rc<[u8]>]> = [one].into();
    let comparison = compare(pace, groups, Ok, async |side, total| {
        let port = if side == Side::Ours { ours } else { theirs };
        run(port, Prepared::spread(&requests, *total)).await
    });
    let row = Row::beside("doing nothing (`GET /healthz`)", "/s", &comparison.await?);
    Ok(vec![row.with_target(Target::RatioAtLeast(0.55))])
}
