//! A customer's object that was away while the times of an appointment came and went.

use tegata_domain::mail::ComposedMail;

use crate::support::meeting::Meeting;

fn subjects(mails: &[(String, ComposedMail)]) -> Vec<&str> {
    mails.iter().map(|(_, mail)| mail.subject.as_str()).collect()
}

#[test]
fn nobody_is_asked_to_try_their_pc_once_it_has_begun() {
    let meeting = Meeting::agreed("2026-12-10T14:00");
    let mails = meeting.wait_until(meeting.start().plus(300));
    assert_eq!(meeting.shown()["state"], "imminent");
    assert!(
        subjects(&mails).iter().all(|subject| !subject.contains("PCの事前確認")),
        "it has begun: {:?}",
        subjects(&mails)
    );
}
