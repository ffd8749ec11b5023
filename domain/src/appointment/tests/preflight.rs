use super::NOW;
use crate::appointment::preflight::{BrowserName, Check, MachineMeasured, Measured, Preflight};
use crate::appointment::preflight::{Sharing, SystemKind, Verdict};
use crate::locale::Locale;

/// A PC on which all is well.
fn pc() -> Measured {
    Measured {
        locale: Locale::Ja,
        browser: BrowserName::Chrome,
        version: Some(156),
        system: SystemKind::Windows,
        phone: false,
        socket: true,
        download_kbps: Some(4000),
        upload_kbps: Some(900),
        peer: Some(true),
        sharing: Some(Sharing::Shared),
        clock_seconds: Some(0),
    }
}

/// A machine on which all is well, behind a proxy.
fn machine() -> MachineMeasured {
    MachineMeasured {
        connection: true,
        proxy: Some(true),
        download_kbps: Some(4000),
        upload_kbps: Some(900),
        screen: true,
        clock_seconds: Some(0),
    }
}

/// The verdict and the figure of one check; `None` if it is not in the result.
fn found(result: &Preflight, check: Check) -> Option<(Verdict, Option<i64>)> {
    let one = result.checks.iter().find(|one| one.check == check)?;
    Some((one.verdict, one.value))
}

fn verdict(result: &Preflight, check: Check) -> Option<Verdict> {
    found(result, check).map(|(verdict, _)| verdict)
}

/// Z2: 128 kbit/s at least, 256 recommended.
#[test]
fn a_session_needs_128_kbits_each_way_and_is_good_from_256() {
    let cases = [
        (None, Verdict::Untested),
        (Some(0), Verdict::Failed),
        (Some(127), Verdict::Failed),
        (Some(128), Verdict::Warned),
        (Some(255), Verdict::Warned),
        (Some(256), Verdict::Passed),
        (Some(u32::MAX), Verdict::Passed),
    ];
    for (kbps, expected) in cases {
        let down = Measured {
            download_kbps: kbps,
            ..pc()
        }
        .judged(NOW);
        let up = Measured {
            upload_kbps: kbps,
            ..pc()
        }
        .judged(NOW);
        let machine_down = MachineMeasured {
            download_kbps: kbps,
            ..machine()
        }
        .judged(NOW);
        let machine_up = MachineMeasured {
            upload_kbps: kbps,
            ..machine()
        }
        .judged(NOW);
        for (result, slow, other) in [
            (&down, Check::Download, Check::Upload),
            (&up, Check::Upload, Check::Download),
            (&machine_down, Check::Download, Check::Upload),
            (&machine_up, Check::Upload, Check::Download),
        ] {
            assert_eq!(found(result, slow), Some((expected, kbps.map(i64::from))), "{kbps:?}");
            assert_eq!(verdict(result, other), Some(Verdict::Passed), "{kbps:?}");
            assert_eq!(result.verdict(), expected, "{kbps:?}");
        }
    }
}

#[test]
fn a_clock_may_be_wrong_by_a_minute_either_way() {
    let cases = [
        (None, Verdict::Untested),
        (Some(0), Verdict::Passed),
        (Some(60), Verdict::Passed),
        (Some(-60), Verdict::Passed),
        (Some(61), Verdict::Warned),
        (Some(-61), Verdict::Warned),
        (Some(i64::MIN), Verdict::Warned),
    ];
    for (clock_seconds, expected) in cases {
        let browser = Measured { clock_seconds, ..pc() }.judged(NOW);
        let machine = MachineMeasured {
            clock_seconds,
            ..machine()
        }
        .judged(NOW);
        for result in [browser, machine] {
            assert_eq!(found(&result, Check::Clock), Some((expected, clock_seconds)));
            assert_eq!(result.verdict(), expected);
        }
    }
}

#[test]
fn a_screen_that_may_not_be_shared_fails_and_a_phone_that_cannot_is_only_pointed_out() {
    let cases = [
        (Some(Sharing::Shared), [Verdict::Passed; 2]),
        (Some(Sharing::Window), [Verdict::Passed; 2]),
        (Some(Sharing::Denied), [Verdict::Failed; 2]),
        (Some(Sharing::Unsupported), [Verdict::Failed, Verdict::Warned]),
        (None, [Verdict::Untested; 2]),
    ];
    for (sharing, expected) in cases {
        for (phone, expected) in [false, true].into_iter().zip(expected) {
            let result = Measured { sharing, phone, ..pc() }.judged(NOW);
            assert_eq!(
                verdict(&result, Check::Sharing),
                Some(expected),
                "{sharing:?}, phone: {phone}"
            );
            assert_eq!(result.verdict(), expected, "{sharing:?}, phone: {phone}");
        }
    }
}

#[test]
fn an_old_browser_fails_and_an_unknown_one_is_only_pointed_out() {
    let oldest = [
        (BrowserName::Chrome, 111),
        (BrowserName::Edge, 111),
        (BrowserName::Firefox, 120),
        (BrowserName::Safari, 17),
        (BrowserName::Opera, 97),
    ];
    let judged = |browser, version| {
        verdict(
            &Measured {
                browser,
                version,
                ..pc()
            }
            .judged(NOW),
            Check::Browser,
        )
    };
    for (browser, version) in oldest {
        assert_eq!(judged(browser, Some(version)), Some(Verdict::Passed), "{browser:?}");
        assert_eq!(judged(browser, Some(version - 1)), Some(Verdict::Failed), "{browser:?}");
        assert_eq!(judged(browser, None), Some(Verdict::Warned), "{browser:?}");
    }
    assert_eq!(judged(BrowserName::Other, Some(999)), Some(Verdict::Warned));
}

/// Pictures can go through the service, so a session does without a peer connection, but not without a WebSocket.
#[test]
fn without_a_socket_nothing_works_and_without_a_peer_connection_it_does() {
    let blocked = Measured { socket: false, ..pc() }.judged(NOW);
    assert_eq!(verdict(&blocked, Check::Socket), Some(Verdict::Failed));
    assert_eq!(blocked.verdict(), Verdict::Failed);
    let relayed = Measured {
        peer: Some(false),
        ..pc()
    }
    .judged(NOW);
    assert_eq!(verdict(&relayed, Check::Peer), Some(Verdict::Warned));
    assert_eq!(relayed.verdict(), Verdict::Warned);
}

#[test]
fn a_machine_needs_its_way_to_the_service_and_a_program_for_its_screen() {
    let well = machine().judged(NOW);
    assert_eq!(well.verdict(), Verdict::Passed);
    assert_eq!((well.browser, well.system), (None, None), "nobody sits at it");
    let cases = [
        (
            MachineMeasured {
                connection: false,
                ..machine()
            },
            Check::Connection,
        ),
        (
            MachineMeasured {
                proxy: Some(false),
                ..machine()
            },
            Check::Proxy,
        ),
        (
            MachineMeasured {
                screen: false,
                ..machine()
            },
            Check::Screen,
        ),
    ];
    for (measured, failed) in cases {
        let result = measured.judged(NOW);
        let bad = result.checks.iter().filter(|one| one.verdict != Verdict::Passed);
        assert_eq!(bad.map(|one| one.check).collect::<Vec<_>>(), [failed]);
        assert_eq!(result.verdict(), Verdict::Failed);
    }
    let direct = MachineMeasured {
        proxy: None,
        ..machine()
    }
    .judged(NOW);
    assert_eq!(
        found(&direct, Check::Proxy),
        None,
        "a proxy that is not there was not tried"
    );
    assert_eq!(direct.verdict(), Verdict::Passed);
}

#[test]
fn the_worst_check_decides_and_what_was_not_tried_is_no_success() {
    assert_eq!(pc().judged(NOW).verdict(), Verdict::Passed);
    let slow_and_untried = Measured {
        upload_kbps: Some(200),
        sharing: None,
        ..pc()
    };
    assert_eq!(slow_and_untried.judged(NOW).verdict(), Verdict::Warned);
    let slow_and_denied = Measured {
        upload_kbps: Some(200),
        sharing: Some(Sharing::Denied),
        ..pc()
    };
    assert_eq!(slow_and_denied.judged(NOW).verdict(), Verdict::Failed);
    let nothing = Preflight {
        checks: Vec::new(),
        ..pc().judged(NOW)
    };
    assert_eq!(nothing.verdict(), Verdict::Untested);
}
