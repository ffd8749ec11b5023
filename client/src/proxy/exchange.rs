//! NTLM (MS-NLMP), and Negotiate (RFC 4559) with NTLM inside: two messages from the agent with one of the proxy between
//! them. Kerberos is left out: it would need a way to the domain's servers.

use crate::proxy::authentication::Account;
use crate::proxy::obstacle::Unauthenticated;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sspi::ntlm::NtlmConfig;
use sspi::{
    AuthIdentityBuffers, BufferType, ClientRequestFlags, CredentialsBuffers, DataRepresentation, Negotiate,
    NegotiateConfig, Ntlm, SecurityBuffer, Sspi, SspiImpl,
};
use std::fmt;

/// A scheme that exchanges messages, in the order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// NTLM.
    Ntlm,
    /// SPNEGO, which carries NTLM.
    Negotiate,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ntlm, Self::Negotiate];

    /// Its name in the header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
        }
    }
}

/// One exchange.
pub struct Exchange {
    /// Its scheme.
    pub scheme: Scheme,
    package: Package,
    identity: AuthIdentityBuffers,
}

enum Package {
    Ntlm(Box<Ntlm>),
    Negotiate(Box<Negotiate>),
}

/// The package holds the password.
impl fmt::Debug for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Exchange({})", self.scheme.name())
    }
}

impl Exchange {
    /// An exchange that has not begun.
    pub fn new(scheme: Scheme, account: &Account) -> Result<Self, Unauthenticated> {
        let password = account.password.as_ref().map_or("", Secret::expose);
        let domain = account.domain.as_deref().unwrap_or_default();
        // The proxy need not know what this machine is called.
        let config = NtlmConfig::default();
        let package = match scheme {
            Scheme::Ntlm => Package::Ntlm(Box::new(Ntlm::with_config(config))),
            Scheme::Negotiate => {
                let packages = Some("ntlm".to_owned());
                let config = NegotiateConfig::new(Box::new(config), packages, String::new());
                let negotiate = Negotiate::new_client(config).map_err(|_| Unauthenticated::NoScheme)?;
                Package::Negotiate(Box::new(negotiate))
            }
        };
        Ok(Self {
            scheme,
            package,
            identity: AuthIdentityBuffers::from_utf8(&account.user, domain, password),
        })
    }

    /// The value of `Proxy-Authorization` that answers `message`, which is empty at the beginning.
    ///
    /// Errors: `Refused` when the proxy's message cannot be answered.
    pub fn answer(&mut self, message: &[u8]) -> Result<String, Unauthenticated> {
        let answer = self.next(message).map_err(|_| Unauthenticated::Refused)?;
        Ok(format!("{} {}", self.scheme.name(), STANDARD.encode(answer)))
    }

    fn next(&mut self, message: &[u8]) -> sspi::Result<Vec<u8>> {
        match &mut self.package {
            Package::Ntlm(ntlm) => step(&mut **ntlm, &mut Some(self.identity.clone()), message),
            Package::Negotiate(negotiate) => {
                let identity = CredentialsBuffers::AuthIdentity(self.identity.clone());
                step(&mut **negotiate, &mut Some(identity), message)
            }
        }
    }
}

fn step<P: Sspi + SspiImpl>(
    package: &mut P,
    credentials: &mut P::CredentialsHandle,
    message: &[u8],
) -> sspi::Result<Vec<u8>> {
    let mut input = [SecurityBuffer::new(message.to_vec(), BufferType::Token)];
    let mut output = [SecurityBuffer::new(Vec::new(), BufferType::Token)];
    let mut context = package
        .initialize_security_context()
        .with_credentials_handle(credentials)
        // SPNEGO signs its list of mechanisms.
        .with_context_requirements(ClientRequestFlags::ALLOCATE_MEMORY | ClientRequestFlags::INTEGRITY)
        .with_target_data_representation(DataRepresentation::Native)
        .with_output(&mut output);
    if !message.is_empty() {
        context = context.with_input(&mut input);
    }
    package
        .initialize_security_context_impl(&mut context)?
        .resolve_to_result()?;
    let [answer] = output;
    Ok(answer.buffer)
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Scheme};
    use crate::proxy::authentication::Account;
    use crate::secret::Secret;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    /// MS-NLMP section 4.2.4.3.
    const CHALLENGE: &str = concat!(
        "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBp",
        "AG4AAQAMAFMAZQByAHYAZQByAAAAAAA="
    );

    #[test]
    fn the_challenge_of_the_specification_is_answered_with_domain_and_user() {
        let account = Account {
            domain: Some("Domain".to_owned()),
            user: "User".to_owned(),
            password: Some(Secret::new("Password")),
        };
        let mut exchange = Exchange::new(Scheme::Ntlm, &account).unwrap();
        let plain = |header: String| STANDARD.decode(header.strip_prefix("NTLM ").unwrap()).unwrap();
        let first = plain(exchange.answer(&[]).unwrap());
        assert_eq!(first.get(..12), Some(&b"NTLMSSP\0\x01\0\0\0"[..]));
        let challenge = STANDARD.decode(CHALLENGE).unwrap();
        let second = exchange.next(&challenge).unwrap();
        assert_eq!(second.get(..12), Some(&b"NTLMSSP\0\x03\0\0\0"[..]));
        for name in ["Domain", "User"] {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(second.windows(name.len()).any(|window| window == name));
        }
        let text = format!("{exchange:?}");
        assert_eq!(text, "Exchange(NTLM)");
    }

    #[test]
    fn a_message_that_is_no_challenge_is_a_refusal() {
        let account = Account {
            domain: None,
            user: "User".to_owned(),
            password: None,
        };
        for scheme in Scheme::ALL {
            for garbage in [&b"x"[..], b"NTLMSSP\0\x02\0\0\0", &[0xff; 200]] {
                let mut exchange = Exchange::new(scheme, &account).unwrap();
                exchange.answer(&[]).unwrap();
                assert!(exchange.answer(garbage).is_err(), "{scheme:?} {garbage:?}");
            }
        }
    }

    /// The library must not panic on what a proxy sends: that would end the agent.
    #[test]
    fn no_challenge_brings_the_agent_down() {
        let account = Account {
            domain: None,
            user: "User".to_owned(),
            password: Some(Secret::new("Password")),
        };
        let challenge = STANDARD.decode(CHALLENGE).unwrap();
        let mut changed: Vec<Vec<u8>> = (0..challenge.len())
            .map(|length| challenge[..length].to_vec())
            .collect();
        for place in 12..challenge.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut message = challenge.clone();
                message[place] = value;
                changed.push(message);
            }
        }
        for message in changed {
            let mut exchange = Exchange::new(Scheme::Ntlm, &account).unwrap();
            exchange.answer(&[]).unwrap();
            let _ = exchange.answer(&message);
        }
    }
}
