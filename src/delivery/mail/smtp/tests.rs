//! SMTP transcripts: the server sends `S`, the client must respond with `C`, and the last entry is the outcome.

use tegata_domain::email::EmailAddress;

use super::{Next, Session, dot_stuffed};
use crate::delivery::mail::DeliveryError;
use crate::delivery::mail::settings::{MailSettings, SmtpServer, Transport};
use crate::delivery::mail::tests::is_temporary;

const MESSAGE: &str = "Subject: Hej\r\n\r\nLinje\r\n.\r\n";

enum Line {
    S(&'static str),
    C(&'static str),
    /// The client requests TLS, gets it, and sends this.
    Tls(&'static str),
    /// The server closes the connection.
    Close,
}
use Line::{C, Close, S, Tls};

#[derive(Debug, PartialEq)]
enum End {
    Accepted,
    Temporary,
    Permanent,
}

fn server(vars: &[(&str, &str)]) -> SmtpServer {
    let base = [
        ("ENVIRONMENT", "development"),
        ("MAIL_FROM", "tegata@example.com"),
        ("MAIL_TRANSPORT", "smtp"),
        ("SMTP_HOST", "smtp.example.com"),
        ("SMTP_PORT", "587"),
    ];
    let find = |name: &str| {
        vars.iter()
            .chain(&base)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    match MailSettings::from_lookup(&find).unwrap().transport {
        Transport::Smtp(server) => server,
        other => panic!("{other:?}"),
    }
}

fn play(server: &SmtpServer, to: &str, message: &str, transcript: &[Line]) -> Result<End, DeliveryError> {
    let from = EmailAddress::parse("tegata@example.com").unwrap();
    let mut session = Session::new(server, &from, EmailAddress::parse(to).unwrap(), message);
    let mut next = Next::Read;
    for line in transcript {
        match line {
            S(text) => {
                assert_eq!(next, Next::Read, "the server must wait for the client: {text:?}");
                next = session.receive(text.as_bytes())?;
            }
            C(text) => {
                assert_eq!(
                    next,
                    Next::Send(format!("{text}\r\n").into_bytes()),
                    "expected {text:?}"
                );
                next = Next::Read;
            }
            Tls(text) => {
                assert_eq!(next, Next::StartTls);
                assert_eq!(session.tls_started(), Next::Send(format!("{text}\r\n").into_bytes()));
                next = Next::Read;
            }
            Close => {
                session.closed()?;
                return Ok(End::Accepted);
            }
        }
    }
    assert_eq!(next, Next::Accepted, "the transcript ended early");
    Ok(End::Accepted)
}

fn end(outcome: Result<End, DeliveryError>) -> End {
    match outcome {
        Ok(end) => end,
        Err(DeliveryError::Temporary(_)) => End::Temporary,
        Err(DeliveryError::Permanent(_)) => End::Permanent,
        Err(DeliveryError::Postponed(_)) => panic!("only the mail budget postpones, never a server's reply"),
    }
}

const BODY: &str = "Subject: Hej\r\n\r\nLinje\r\n..\r\n.";
const TO: &str = "hanako@aozora.example";

#[test]
fn starttls_and_plain_reach_acceptance() {
    let server = server(&[("SMTP_USERNAME", "tegata"), ("SMTP_PASSWORD", "pæs s")]);
    let transcript = [
        S("220 mail.example ESMTP\r\n"),
        C("EHLO example.com"),
        // Extensions offered in the clear are discarded: AUTH LOGIN and SIZE here must have no effect.
        S("250-mail.example\r\n250-AUTH LOGIN\r\n250-SIZE 1\r\n250 STARTTLS\r\n"),
        C("STARTTLS"),
        S("220 2.0.0 go ahead\r\n"),
        Tls("EHLO example.com"),
        S("250-mail.example\r\n"),
        S("250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250 SIZE 1000\r\n"),
        C("AUTH PLAIN AHRlZ2F0YQBww6ZzIHM="),
        S("235 2.7.0 welcome\r\n"),
        C("MAIL FROM:<tegata@example.com> SIZE=26"),
        S("250 2.1.0 ok\r\n"),
        C("RCPT TO:<hanako@aozora.example>"),
        S("250 2.1.5 ok\r\n"),
        C("DATA"),
        S("354 go ahead\r\n"),
        C(BODY),
        S("250 2.0.0 queued\r\n421 4.4.2 bye\r\n"),
    ];
    assert_eq!(end(play(&server, TO, MESSAGE, &transcript)), End::Accepted);
}

#[test]
fn implicit_tls_and_login_reach_acceptance() {
    let server = server(&[
        ("SMTP_SECURITY", "tls"),
        ("SMTP_USERNAME", "tegata"),
        ("SMTP_PASSWORD", "secret"),
    ]);
    let transcript = [
        S("220 mail.example\r\n"),
        C("EHLO example.com"),
        S("250-mail.example\r\n250 AUTH LOGIN CRAM-MD5\r\n"),
        C("AUTH LOGIN"),
        S("334 VXNlcm5hbWU6\r\n"),
        C("dGVnYXRh"),
        S("334 UGFzc3dvcmQ6\r\n"),
        C("c2VjcmV0"),
        S("235 ok\r\n"),
        C("MAIL FROM:<tegata@example.com>"),
        S("250 ok\r\n"),
        C("RCPT TO:<hanako@aozora.example>"),
        S("251 will forward\r\n"),
        C("DATA"),
        S("354\r\n"),
        C(BODY),
        S("250 ok\r\n"),
    ];
    assert_eq!(end(play(&server, TO, MESSAGE, &transcript)), End::Accepted);
}

#[test]
fn a_password_too_long_for_the_command_line_is_sent_after_the_challenge() {
    let password = "p".repeat(400);
    let server = server(&[
        ("SMTP_SECURITY", "tls"),
        ("SMTP_USERNAME", "tegata"),
        ("SMTP_PASSWORD", &password),
    ]);
    let from = EmailAddress::parse("tegata@example.com").unwrap();
    let mut session = Session::new(&server, &from, EmailAddress::parse(TO).unwrap(), MESSAGE);
    session.receive(b"220 hi\r\n").unwrap();
    assert_eq!(
        session.receive(b"250-x\r\n250 AUTH PLAIN\r\n").unwrap(),
        Next::Send(b"AUTH PLAIN\r\n".to_vec())
    );
    let Next::Send(response) = session.receive(b"334 \r\n").unwrap() else {
        panic!("no response")
    };
    assert!(response.starts_with(b"AHRlZ2F0YQBwcHBw") && response.len() > 512);
    assert!(matches!(session.receive(b"235 ok\r\n"), Ok(Next::Send(_))));
}

#[test]
fn plaintext_behind_the_answer_to_starttls_ends_the_session() {
    let server = server(&[]);
    let start = || {
        [
            S("220 hi\r\n"),
            C("EHLO example.com"),
            S("250-x\r\n250 STARTTLS\r\n"),
            C("STARTTLS"),
        ]
    };
    let injected = start()
        .into_iter()
        .chain([S("220 go\r\n250-x\r\n250 AUTH PLAIN\r\n")])
        .collect::<Vec<_>>();
    assert_eq!(end(play(&server, TO, MESSAGE, &injected)), End::Temporary);
    let partly = start().into_iter().chain([S("220 go\r\n2")]).collect::<Vec<_>>();
    assert_eq!(end(play(&server, TO, MESSAGE, &partly)), End::Temporary);

    let from = EmailAddress::parse("tegata@example.com").unwrap();
    let mut session = Session::new(&server, &from, EmailAddress::parse(TO).unwrap(), MESSAGE);
    for bytes in [&b"220 hi\r\n"[..], b"250-x\r\n250 STARTTLS\r\n"] {
        session.receive(bytes).unwrap();
    }
    assert_eq!(session.receive(b"220 go\r\n").unwrap(), Next::StartTls);
    assert!(
        session
            .receive(b"250 too early\r\n")
            .is_err_and(|error| is_temporary(&error))
    );
}

#[test]
fn nothing_is_sent_in_the_clear_when_starttls_is_missing_or_refused() {
    let server = server(&[("SMTP_USERNAME", "tegata"), ("SMTP_PASSWORD", "secret")]);
    let missing = [S("220 hi\r\n"), C("EHLO example.com"), S("250-x\r\n250 AUTH PLAIN\r\n")];
    assert_eq!(end(play(&server, TO, MESSAGE, &missing)), End::Temporary);
    let refused = [
        S("220 hi\r\n"),
        C("EHLO example.com"),
        S("250-x\r\n250 STARTTLS\r\n"),
        C("STARTTLS"),
        S("454 later\r\n"),
    ];
    assert_eq!(end(play(&server, TO, MESSAGE, &refused)), End::Temporary);
}

/// The outcome of each step for each kind of reply. `Close` means that the connection breaks.
#[test]
fn answers_are_sorted_by_what_they_concern() {
    let server = server(&[
        ("SMTP_SECURITY", "none"),
        ("SMTP_USERNAME", "t"),
        ("SMTP_PASSWORD", "s"),
    ]);
    let steps = || {
        [
            (S("220 hi\r\n"), C("EHLO example.com")),
            (S("250-x\r\n250 AUTH PLAIN\r\n"), C("AUTH PLAIN AHQAcw==")),
            (S("235 ok\r\n"), C("MAIL FROM:<tegata@example.com>")),
            (S("250 ok\r\n"), C("RCPT TO:<hanako@aozora.example>")),
            (S("250 ok\r\n"), C("DATA")),
            (S("354 go\r\n"), C(BODY)),
        ]
    };
    use End::{Permanent, Temporary};
    let table: [(usize, Line, End); 25] = [
        (0, S("421 busy\r\n"), Temporary),
        (0, S("554 not you\r\n"), Temporary),
        (0, Close, Temporary),
        (1, S("502 what\r\n"), Temporary),
        (1, S("250 no AUTH here\r\n"), Temporary),
        (2, S("535 5.7.8 wrong\r\n"), Temporary),
        (2, S("454 later\r\n"), Temporary),
        (2, S("334 more\r\n"), Temporary),
        (3, S("451 later\r\n"), Temporary),
        (3, S("553 5.7.1 not your sender\r\n"), Temporary),
        (3, S("552 5.3.4 too large\r\n"), Permanent),
        (4, S("450 greylisted\r\n"), Temporary),
        (4, S("550 5.1.1 unknown\r\n"), Permanent),
        (4, S("530 5.7.0 log in first\r\n"), Temporary),
        (4, S("354 odd\r\n"), Temporary),
        (4, Close, Temporary),
        (5, S("451 later\r\n"), Temporary),
        (5, S("554 5.5.1 no recipients\r\n"), Permanent),
        (5, S("250 odd\r\n"), Temporary),
        (6, S("452 full\r\n"), Temporary),
        (6, S("554 5.7.1 spam\r\n"), Permanent),
        (6, S("354 odd\r\n"), Temporary),
        (6, S("banana\r\n"), Temporary),
        (6, Close, Temporary),
        (6, S("250 ok\r\n"), End::Accepted),
    ];
    for (step, answer, expected) in table {
        let told = match &answer {
            S(text) => *text,
            _ => "close",
        };
        let mut transcript = Vec::new();
        for (server_line, client_line) in steps().into_iter().take(step) {
            transcript.extend([server_line, client_line]);
        }
        transcript.push(answer);
        let outcome = play(&server, TO, MESSAGE, &transcript);
        assert!(!format!("{outcome:?}").contains("aozora"), "{outcome:?}");
        assert_eq!(end(outcome), expected, "step {step}: {told:?}");
    }
}

#[test]
fn an_address_with_dots_in_a_row_is_quoted_in_the_envelope() {
    let server = server(&[("SMTP_SECURITY", "none")]);
    let transcript = [
        S("220 hi\r\n"),
        C("EHLO example.com"),
        S("250 x\r\n"),
        C("MAIL FROM:<tegata@example.com>"),
        S("250 ok\r\n"),
        C("RCPT TO:<\"a..b.\"@docomo.ne.jp>"),
        S("250 ok\r\n"),
        C("DATA"),
        S("354 go\r\n"),
        C(BODY),
        S("250 ok\r\n"),
    ];
    assert_eq!(
        end(play(&server, "a..b.@docomo.ne.jp", MESSAGE, &transcript)),
        End::Accepted
    );
}

#[test]
fn a_mail_above_the_offered_size_is_not_started() {
    let server = server(&[("SMTP_SECURITY", "none")]);
    let small = [S("220 hi\r\n"), C("EHLO example.com"), S("250-x\r\n250 SIZE 25\r\n")];
    assert_eq!(end(play(&server, TO, MESSAGE, &small)), End::Permanent);
}

#[test]
fn no_line_of_a_mail_can_end_it_early() {
    for (message, wire) in [
        ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"),
        ("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n"),
        ("a\r.\rRSET", "a\r\n..\r\nRSET\r\n.\r\n"),
        (".a\r\n..\r\n", "..a\r\n...\r\n.\r\n"),
        ("a\r\n\r\n", "a\r\n\r\n.\r\n"),
        ("", "\r\n.\r\n"),
    ] {
        assert_eq!(String::from_utf8(dot_stuffed(message)).unwrap(), wire, "{message:?}");
    }
}
