//! The deployment-wide mail budget per address, and which mails count against it.

use tegata_domain::email::EmailAddress;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::mail_budget::{MailAllowance, Mailbox, TakeMail};
use tegata_domain::outbox::{DeliveryError, Message};
use tegata_domain::random::CountingRandom;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::native::NativeSql;
use tegata_objects::context::{Context, News};
use tegata_objects::hosted::{Delivery, Hosted as _};
use tegata_objects::mail_budget::MailBudget;

use crate::support::viewer::TARO_ASKS;
use crate::support::world::{HOUR, World};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Runs `act` on a share of the budget, `later` seconds after the world's time.
fn at<T>(world: &World, sql: &NativeSql, later: i64, act: impl FnOnce(&Context<'_>) -> T) -> T {
    world.with_object(|_, ctx| {
        act(&Context {
            now: ctx.now.plus(later),
            random: ctx.random,
            signers: ctx.signers,
            settings: ctx.settings,
            sql,
            sockets: ctx.sockets,
            news: &News::default(),
        })
    })
}

#[test]
fn an_address_gets_so_many_in_an_hour_and_the_next_waits() {
    let (world, sql) = (World::new(), NativeSql::in_memory().unwrap());
    let take = |later: i64, to: &str| {
        at(&world, &sql, later, |ctx| {
            let mailbox = Mailbox::of(&address(to));
            let reply = MailBudget.handle(ctx, TakeMail { mailbox }.into()).unwrap();
            serde_json::from_str::<MailAllowance>(&reply).unwrap()
        })
    };
    for number in 0..20 {
        let spelling = format!("taro+{number}@mail.example");
        assert_eq!(take(0, &spelling), MailAllowance::Granted, "{spelling}");
    }
    assert_eq!(take(0, "taro@mail.example"), MailAllowance::Wait(180));
    assert_eq!(
        take(0, "jiro@mail.example"),
        MailAllowance::Granted,
        "every address has its own budget"
    );
    assert_eq!(take(180, "taro@mail.example"), MailAllowance::Granted);

    // Once nothing is limited any more, the object stores nothing and does not wake.
    let wake = at(&world, &sql, 180, |ctx| MailBudget.next_wake(ctx)).unwrap();
    assert!(wake.is_some());
    at(&world, &sql, 3 * HOUR, |ctx| MailBudget.tidy(ctx)).unwrap();
    assert_eq!(
        at(&world, &sql, 3 * HOUR, |ctx| MailBudget.next_wake(ctx)).unwrap(),
        None
    );
}

#[test]
fn what_a_stranger_can_cause_is_counted_and_nothing_holds_back_a_code() {
    let random = CountingRandom::new(1);
    let to = address("taro@mail.example");
    let registration = RegistrationId::generate(&random);
    let user = UserId::generate(&random);
    let unasked = Message::ConfirmAddress {
        registration: registration.clone(),
    }
    .budget(&to);
    assert_eq!(unasked, Some(Mailbox::unasked(&to)));
    for wanted in [
        Message::ActivationCode {
            registration: registration.clone(),
        },
        Message::Refused { registration },
        Message::PasswordReset {
            user: user.clone(),
            requested_at: UnixSeconds(0),
        },
    ] {
        assert_eq!(wanted.budget(&to), Some(Mailbox::of(&to)), "{}", wanted.kind());
    }
    assert_ne!(Mailbox::of(&to), Mailbox::unasked(&to));
    let approval = ApprovalId::generate(&random);
    let asked = Message::ApprovalRequest {
        approval,
        approver: user,
    };
    assert_eq!(
        asked.budget(&to),
        None,
        "mails to the tenant's own users are not limited"
    );
}

#[test]
fn a_mail_is_counted_once_however_often_it_is_tried() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let budget = |due: &Delivery| match due {
        Delivery::Mail(mail) => mail.budget.clone(),
        _ => None,
    };
    let due = world.due();
    let (row, mail) = due.iter().find(|(_, due)| matches!(due, Delivery::Mail(_))).unwrap();
    assert!(budget(mail).is_some());
    // Postponed by the budget, the mail was not attempted; it is counted when it is.
    world.settle(row, Err(DeliveryError::Postponed(60)));
    world.advance(60);
    let due = world.due();
    let (row, mail) = due.iter().find(|(_, due)| matches!(due, Delivery::Mail(_))).unwrap();
    assert!(budget(mail).is_some());
    world.settle(row, Err(DeliveryError::Temporary("451".to_owned())));
    world.advance(HOUR);
    let due = world.due();
    let (_, mail) = due.iter().find(|(_, due)| matches!(due, Delivery::Mail(_))).unwrap();
    assert_eq!(budget(mail), None, "the mail was counted before");
}
