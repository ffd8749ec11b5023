//! TLS with the certificates that the operating system trusts. A certificate that is refused is named by its issuer,
//! because a proxy that opens encrypted connections signs with its own.

use crate::error::chain;
use crate::proxy::line::Line;
use crate::proxy::obstacle::Obstacle;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// Time limit for a handshake.
const LIMIT: Duration = Duration::from_secs(15);

/// Secures `line`, whose other end must be `host`: a name or an address without brackets. What the operating system
/// trusts is read each time, so that a certificate that its administrator has just added counts; on Linux,
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` name other places.
pub async fn secure(line: Line, host: &str) -> Result<Line, Obstacle> {
    let name = ServerName::try_from(host.to_owned()).map_err(|error| Obstacle::Encryption { detail: chain(&error) })?;
    let config = trusting_as_the_system().map_err(|error| Obstacle::Encryption { detail: chain(&error) })?;
    match timeout(LIMIT, TlsConnector::from(Arc::new(config)).connect(name, line)).await {
        Ok(Ok(stream)) => Ok(Line::over(stream)),
        Ok(Err(error)) => Err(told(&error)),
        Err(_) => Err(Obstacle::Encryption {
            detail: "no answer in time".to_owned(),
        }),
    }
}

fn trusting_as_the_system() -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Naming(Verifier::new(Arc::clone(&provider))?);
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// The system's verifier, with the issuer in its refusals.
#[derive(Debug)]
struct Naming(Verifier);

/// A certificate that was refused.
#[derive(Debug)]
struct Refused {
    issuer: String,
    reason: CertificateError,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.reason, self.issuer)
    }
}

impl std::error::Error for Refused {}

impl ServerCertVerifier for Naming {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self
            .0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verified.map_err(|error| match error {
            Error::InvalidCertificate(reason) => {
                let issuer = issuer(end_entity);
                Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(Refused {
                    issuer,
                    reason,
                }))))
            }
            error => error,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// The issuer's common name or organisation, or its whole name if it has neither; `?` if the certificate is not one.
fn issuer(certificate: &[u8]) -> String {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else {
        return "?".to_owned();
    };
    let issuer = certificate.issuer();
    let mut names = issuer.iter_common_name().chain(issuer.iter_organization());
    let short = names.find_map(|name| name.as_str().ok());
    short.map_or_else(|| issuer.to_string(), str::to_owned)
}

fn told(error: &io::Error) -> Obstacle {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    let refused = match tls {
        Some(Error::InvalidCertificate(CertificateError::Other(OtherError(other)))) => other.downcast_ref::<Refused>(),
        _ => None,
    };
    let Some(Refused { issuer, reason }) = refused else {
        return Obstacle::Encryption { detail: chain(error) };
    };
    let issuer = issuer.clone();
    match reason {
        CertificateError::UnknownIssuer => Obstacle::Interception { issuer },
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => Obstacle::CertificateTime { issuer },
        reason => Obstacle::Certificate {
            issuer,
            detail: reason.to_string(),
        },
    }
}
