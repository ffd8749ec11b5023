//! The TLS in front of an edge on this machine, with an authority that only a test trusts. Each connection carries one
//! request, as an agent's connections do.

use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{self, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A running front.
#[derive(Debug)]
pub struct Front {
    /// `https://localhost:PORT`, which is the edge's public address.
    pub url: String,
    /// The certificate of its authority, as PEM.
    pub authority: String,
    edge: Arc<Mutex<String>>,
}

impl Front {
    /// Starts a front that leads nowhere yet: the edge must know its address first.
    pub async fn start() -> Self {
        let mut authority = CertificateParams::default();
        authority
            .distinguished_name
            .push(DnType::CommonName, "Tegata test authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = authority.self_signed(&key).expect("a certificate").pem();
        let issuer = Issuer::new(authority, key);
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &issuer).expect("a certificate");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            )
            .expect("a configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("https://localhost:{}", listener.local_addr().expect("bound").port());
        let edge: Arc<Mutex<String>> = Arc::default();
        let shared = Arc::clone(&edge);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, edge) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let edge = edge.lock().expect("nobody panics while holding the lock").clone();
                    // The other side may go away at any time.
                    let _ = pass(stream, &acceptor, &edge).await;
                });
            }
        });
        Self {
            url,
            authority: pem,
            edge,
        }
    }

    /// Leads to the edge at `host:port`.
    pub fn lead_to(&self, edge: &str) {
        edge.clone_into(&mut self.edge.lock().expect("nobody panics while holding the lock"));
    }
}

/// Passes one connection on, and says that it was encrypted.
async fn pass(stream: TcpStream, acceptor: &TlsAcceptor, edge: &str) -> io::Result<()> {
    let mut stream = BufReader::new(acceptor.accept(stream).await?);
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    let mut plain = TcpStream::connect(edge).await?;
    plain.write_all(&line).await?;
    plain.write_all(b"x-forwarded-proto: https\r\n").await?;
    io::copy_bidirectional(&mut stream, &mut plain).await?;
    Ok(())
}
