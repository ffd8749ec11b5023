//! The library's own device flow, as another program would use it, without a data directory.

use crate::support::fake_edge::FakeEdge;
use tegata_client::Error;
use tegata_client::device_flow::DeviceFlow;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::key::ViewerKey;
use tegata_client::metadata::Metadata;
use tegata_client::registration::{Locale, RegistrationRequest, RegistrationState};
use tegata_client::tokens::TokenEndpoint;
use tegata_client::transport::Transport;
use tegata_domain::registration::CLIENT_VIEWER;

#[tokio::test]
async fn a_program_registers_waits_and_is_granted_tokens_or_told_why_not() {
    for (state, granted) in [("activated", true), ("refused", false)] {
        let edge = FakeEdge::start().await;
        edge.now().state = state;
        let (transport, key) = (Transport::new().unwrap(), ViewerKey::generate().unwrap());
        let (url, tenant) = (EdgeUrl::parse(&edge.url).unwrap(), parse_tenant("aozora").unwrap());
        let metadata = Metadata::discover(&transport, &url, &tenant).await.unwrap();
        let flow = DeviceFlow {
            endpoint: TokenEndpoint {
                transport: &transport,
                metadata: &metadata,
                key: &key,
                client_id: CLIENT_VIEWER,
            },
        };
        let request = RegistrationRequest::new("Åse Ærø", "ase@aozora.example", "Ørsted", "pc", Locale::Da).unwrap();
        let started = flow.register(&request).await.unwrap();
        match flow.wait(&started).await {
            Ok(tokens) => assert!(granted && tokens.refresh_token.expose() == "tg_rt_0"),
            Err(Error::Ended {
                state: RegistrationState::Refused,
                ..
            }) => assert!(!granted),
            Err(error) => panic!("{error}"),
        }
    }
}
