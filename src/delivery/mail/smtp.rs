//! SMTP submission of one mail as a state machine without IO: it takes the server's bytes and returns the next action.
//!
//! RFC 5321 and 6409, with STARTTLS (3207), AUTH PLAIN and LOGIN (4954) and SIZE (1870). 8BITMIME and SMTPUTF8 are not
//! used: messages and addresses are ASCII.
//!
//! The client never pipelines: it waits for the reply to every command. Bytes beyond a reply are therefore a protocol
//! violation and end the session; right before TLS they would be an injection (CVE-2011-0411).

mod reply;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tegata_domain::email::EmailAddress;

use self::reply::{Extensions, Reply, ReplyReader};
use super::DeliveryError;
use super::settings::{Credentials, Security, SmtpServer};

/// The caller's next action.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Read from the server and pass the bytes to [`Session::receive`].
    Read,
    /// Send these bytes, then read.
    Send(Vec<u8>),
    /// Upgrade the connection to TLS, then call [`Session::tls_started`].
    StartTls,
    /// The server has taken responsibility for the mail. No later failure changes that.
    Accepted,
}

/// The last command sent, which determines the meaning of the next reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Greeting,
    Ehlo,
    StartTls,
    TlsHandshake,
    /// `AUTH PLAIN` was sent without its initial response, which would not fit on the command line.
    AuthPlain,
    AuthLoginUser,
    AuthLoginPassword,
    AuthOutcome,
    MailFrom,
    RcptTo,
    Data,
    Message,
    Accepted,
}

/// One attempt to submit one mail.
pub(super) struct Session<'a> {
    server: &'a SmtpServer,
    from: &'a EmailAddress,
    to: EmailAddress,
    message: &'a str,
    phase: Phase,
    encrypted: bool,
    replies: ReplyReader,
    extensions: Extensions,
}

impl<'a> Session<'a> {
    /// Prepares the submission of `message`. The server speaks first: start with [`Session::receive`].
    pub(super) fn new(server: &'a SmtpServer, from: &'a EmailAddress, to: EmailAddress, message: &'a str) -> Self {
        Self {
            server,
            from,
            to,
            message,
            phase: Phase::Greeting,
            encrypted: server.security == Security::Tls,
            replies: ReplyReader::default(),
            extensions: Extensions::default(),
        }
    }

    /// Processes bytes from the server.
    pub(super) fn receive(&mut self, bytes: &[u8]) -> Result<Next, DeliveryError> {
        match self.phase {
            Phase::Accepted => return Ok(Next::Accepted),
            Phase::TlsHandshake => return Err(temporary("the mail server sent data before TLS was started")),
            _ => {}
        }
        let Some(reply) = self.replies.push(bytes)? else {
            return Ok(Next::Read);
        };
        // After the last reply, extra bytes can do no harm (a 421 may follow at once).
        if self.replies.has_rest() && self.phase != Phase::Message {
            return Err(temporary("the mail server sent more than one reply to a command"));
        }
        self.answer(&reply)
    }

    /// Continues after the TLS upgrade. Everything the server sent in the clear is discarded (RFC 3207, 4.2).
    pub(super) fn tls_started(&mut self) -> Next {
        self.encrypted = true;
        self.replies = ReplyReader::default();
        self.extensions = Extensions::default();
        self.say_ehlo()
    }

    /// The outcome when the server has closed the connection.
    pub(super) fn closed(&self) -> Result<(), DeliveryError> {
        match self.phase {
            Phase::Accepted => Ok(()),
            phase => Err(temporary(&format!(
                "the mail server closed the connection at {}",
                phase.name()
            ))),
        }
    }

    fn answer(&mut self, reply: &Reply) -> Result<Next, DeliveryError> {
        match (self.phase, reply.code) {
            (Phase::Greeting, 220) => Ok(self.say_ehlo()),
            (Phase::Ehlo, 250) => {
                self.extensions = Extensions::parse(reply);
                self.after_ehlo()
            }
            (Phase::StartTls, 220) => {
                self.phase = Phase::TlsHandshake;
                Ok(Next::StartTls)
            }
            (Phase::AuthPlain | Phase::AuthLoginUser | Phase::AuthLoginPassword, 334) => self.answer_challenge(),
            // Some servers accept a PLAIN or a LOGIN exchange early; the outcome is the same.
            (Phase::AuthPlain | Phase::AuthLoginUser | Phase::AuthLoginPassword | Phase::AuthOutcome, 235) => {
                self.say_mail_from()
            }
            (Phase::MailFrom, 250) => {
                let command = format!("RCPT TO:<{}>", self.to.addr_spec());
                Ok(self.say(Phase::RcptTo, &command))
            }
            (Phase::RcptTo, 250..=252) => Ok(self.say(Phase::Data, "DATA")),
            (Phase::Data, 354) => {
                self.phase = Phase::Message;
                Ok(Next::Send(dot_stuffed(self.message)))
            }
            (Phase::Message, 250) => {
                self.phase = Phase::Accepted;
                Ok(Next::Accepted)
            }
            (phase, _) => Err(refusal(phase, reply)),
        }
    }

    fn say(&mut self, phase: Phase, command: &str) -> Next {
        self.phase = phase;
        Next::Send(format!("{command}\r\n").into_bytes())
    }

    /// Introduces the client by the sender's domain, the only public name that a worker has.
    fn say_ehlo(&mut self) -> Next {
        let command = format!("EHLO {}", self.from.domain());
        self.say(Phase::Ehlo, &command)
    }

    fn after_ehlo(&mut self) -> Result<Next, DeliveryError> {
        if self.server.security == Security::StartTls && !self.encrypted {
            if !self.extensions.starttls {
                return Err(temporary(
                    "the mail server does not offer STARTTLS: check SMTP_PORT and SMTP_SECURITY",
                ));
            }
            return Ok(self.say(Phase::StartTls, "STARTTLS"));
        }
        let Some(credentials) = &self.server.credentials else {
            return self.say_mail_from();
        };
        // Cannot happen as long as the phases are right; sending a password in the clear is bad enough to check twice.
        if !self.encrypted && self.server.security != Security::None {
            return Err(temporary(
                "the connection is not encrypted, so the password was not sent",
            ));
        }
        if self.extensions.auth_plain {
            let command = format!("AUTH PLAIN {}", plain_response(credentials));
            // RFC 5321, 4.5.3.1.4: a command line has at most 512 octets, CRLF included.
            if command.len() <= 510 {
                return Ok(self.say(Phase::AuthOutcome, &command));
            }
            return Ok(self.say(Phase::AuthPlain, "AUTH PLAIN"));
        }
        if self.extensions.auth_login {
            return Ok(self.say(Phase::AuthLoginUser, "AUTH LOGIN"));
        }
        Err(temporary(
            "the mail server offers neither AUTH PLAIN nor AUTH LOGIN: check SMTP_USERNAME and SMTP_SECURITY",
        ))
    }

    fn answer_challenge(&mut self) -> Result<Next, DeliveryError> {
        let Some(credentials) = &self.server.credentials else {
            return Err(temporary(
                "the mail server asked for credentials that are not configured",
            ));
        };
        let (phase, response) = match self.phase {
            Phase::AuthPlain => (Phase::AuthOutcome, plain_response(credentials)),
            Phase::AuthLoginUser => (Phase::AuthLoginPassword, STANDARD.encode(&credentials.username)),
            _ => (Phase::AuthOutcome, STANDARD.encode(credentials.password.expose())),
        };
        Ok(self.say(phase, &response))
    }

    fn say_mail_from(&mut self) -> Result<Next, DeliveryError> {
        let size = self.message.len();
        let mut command = format!("MAIL FROM:<{}>", self.from.addr_spec());
        if let Some(limit) = self.extensions.size {
            if limit > 0 && size as u64 > limit {
                let text = "the mail is larger than the mail server accepts".to_owned();
                return Err(DeliveryError::Permanent(text));
            }
            command.push_str(&format!(" SIZE={size}"));
        }
        Ok(self.say(Phase::MailFrom, &command))
    }
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Greeting => "the greeting",
            Self::Ehlo => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::TlsHandshake => "the TLS handshake",
            Self::AuthPlain | Self::AuthLoginUser | Self::AuthLoginPassword | Self::AuthOutcome => "AUTH",
            Self::MailFrom => "MAIL FROM",
            Self::RcptTo => "RCPT TO",
            Self::Data => "DATA",
            Self::Message | Self::Accepted => "the end of the message",
        }
    }
}

/// Classifies an unexpected reply. Keeps only its codes: its text may repeat the address.
///
/// Only errors of this mail are permanent. A rejected sender, password or client affects every mail and the operator
/// can fix it, so those mails wait in the outbox instead of being given up.
fn refusal(phase: Phase, reply: &Reply) -> DeliveryError {
    let text = format!("the mail server replied {} to {}", reply.codes(), phase.name());
    let concerns_this_mail = match (phase, reply.code) {
        // Authentication is required or failed (RFC 4954, 6).
        (_, 530 | 534 | 535 | 538) => false,
        // Too large (RFC 1870, 6.2).
        (Phase::MailFrom, 552) => true,
        (Phase::RcptTo | Phase::Data | Phase::Message, 500..=599) => true,
        _ => false,
    };
    if concerns_this_mail {
        DeliveryError::Permanent(text)
    } else {
        DeliveryError::Temporary(text)
    }
}

/// RFC 4616: empty authorization identity, then user name and password.
fn plain_response(credentials: &Credentials) -> String {
    STANDARD.encode(format!("\0{}\0{}", credentials.username, credentials.password.expose()))
}

/// The message in its wire form: only CRLF line ends (a bare CR or LF allows SMTP smuggling), leading dots doubled (RFC
/// 5321, 4.5.2), and the final dot.
fn dot_stuffed(message: &str) -> Vec<u8> {
    let unified = message.replace("\r\n", "\n").replace('\r', "\n");
    let body = unified.strip_suffix('\n').unwrap_or(&unified);
    let mut wire = Vec::with_capacity(message.len());
    for line in body.split('\n') {
        if line.starts_with('.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line.as_bytes());
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

fn temporary(text: &str) -> DeliveryError {
    DeliveryError::Temporary(text.to_owned())
}

#[cfg(test)]
mod tests;
