//! Vouchers, which a provider's object issues for somebody at its desk. A voucher is valid for one action at one
//! customer, for one minute, and only once if the action writes anything. A fault in a route must not get further than
//! that.

use futures::FutureExt as _;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tegata_domain::command::CreateTenant;
use tegata_domain::desk::{
    AskQuestion, CreateAppointment, Desk as DeskCommand, DeskAction, DeskDeed, DeskVoucher, NoteOutcome, OpenAttended,
    RegisterEquipment, RequestLaunch,
};
use tegata_domain::error::Refusal;
use tegata_domain::id::{AppointmentId, AttachmentId, EquipmentId, GuestId, InquiryId, LaunchId, QuestionId, UserId};
use tegata_domain::inquiry::Body;
use tegata_domain::keyring::LinkKeys;
use tegata_domain::panel::attended::Record as AttendedRecord;
use tegata_domain::panel::desk::{Vouch, VouchForChange, VouchForLaunch};
use tegata_domain::panel::equipment::Change;
use tegata_domain::panel::launches::Record;
use tegata_domain::panel::{Act as _, Credential, Panel};
use tegata_domain::random::CountingRandom;
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantState;
use tegata_domain::wire::object::{Command, Told};
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, administrator};
use crate::questions::{APPROVE, link_in, question as a_question};
use crate::support::appointment::Meeting;
use crate::support::attended::{Attended, GUEST};
use crate::support::call::Call;
use crate::support::edge::assert_same;
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn asked<C: Command<To = tegata_domain::command::Tenant>>(
    desk: &Desk,
    tenant: &str,
    command: C,
) -> Result<Value, Refusal> {
    let told = Told::new(&slug(tenant), command).unwrap();
    let reply = desk.edge.ask(told).now_or_never();
    let reply = reply.expect("objects answer at once").expect("the object is there");
    reply.map(|reply| serde_json::from_str(&reply).unwrap())
}

/// Asks the provider's object to vouch for `deed` at `customer`.
fn vouched(desk: &Desk, deed: DeskDeed, customer: &str) -> Result<DeskVoucher, Refusal> {
    if deed.takes_a_person() {
        return vouched_with(desk, VouchForLaunch::NAME, &json!({ "customer": customer }));
    }
    let change = if deed.changes_customer() {
        VouchForChange::NAME
    } else {
        Vouch::NAME
    };
    vouched_by(desk, change, deed, customer)
}

fn vouched_by(desk: &Desk, action: &str, deed: DeskDeed, customer: &str) -> Result<DeskVoucher, Refusal> {
    vouched_with(desk, action, &json!({ "customer": customer, "deed": deed }))
}

fn vouched_with(desk: &Desk, action: &str, input: &Value) -> Result<DeskVoucher, Refusal> {
    let (_, token) = desk.agent.split_once('=').unwrap();
    let panel = Panel {
        credential: Credential::Session(PlainSessionToken::parse(token).unwrap()),
        client: "192.0.2.1".to_owned(),
        action: action.to_owned(),
        input: to_raw_value(input).unwrap(),
        idempotency_key: None,
        only_check: false,
    };
    let voucher = asked(desk, "kita-desk", panel)?;
    Ok(serde_json::from_value(voucher).unwrap())
}

fn carried_out(desk: &Desk, customer: &str, voucher: &DeskVoucher, action: DeskAction) -> Result<Value, Refusal> {
    let voucher = voucher.clone();
    asked(desk, customer, DeskCommand { voucher, action })
}

fn change(equipment: &EquipmentId) -> Change {
    let change = json!({ "id": equipment.as_str(), "version": 1, "name": "検査装置 2号" });
    serde_json::from_value(change).unwrap()
}

/// Every action at the customer `minato`, except the one that creates `shiosai`.
fn actions(desk: &Desk) -> Vec<DeskAction> {
    let nobody = CountingRandom::new(1);
    let user = desk.at_desk(200, "GET", "/customers/minato", None)["administrators"][0]["user_id"].clone();
    let equipment = EquipmentId::generate(&nobody);
    let launch = LaunchId::generate(&nobody);
    let appointment = AppointmentId::generate(&nobody);
    let (inquiry, question) = (InquiryId::generate(&nobody), QuestionId::generate(&nobody));
    let create: CreateTenant = serde_json::from_value(json!({
        "slug": "shiosai", "kind": "tenant", "provider": "kita-desk", "name": "潮騒製作所", "locale": "ja",
        "time_zone": "Asia/Tokyo", "administrator": administrator("shiosai"),
    }))
    .unwrap();
    vec![
        DeskAction::Create(Box::new(create)),
        DeskAction::Show,
        DeskAction::RequestLaunch(Box::new(RequestLaunch {
            launch: serde_json::from_value(crate::support::launch::request(equipment.as_str())).unwrap(),
            idempotency_key: None,
        })),
        DeskAction::ShowLaunch(launch.clone()),
        DeskAction::WithdrawLaunch(launch.clone()),
        DeskAction::ExecuteLaunch(launch.clone()),
        DeskAction::EndLaunch(launch.clone()),
        DeskAction::FetchLaunchReceipt(launch.clone()),
        DeskAction::ShowRecord(Box::new(Record {
            id: launch.clone(),
            cursor: None,
        })),
        DeskAction::NoteOutcome(Box::new(NoteOutcome {
            launch: launch.clone(),
            outcome: serde_json::from_value(json!({ "text": "軸の原点を合わせました。" })).unwrap(),
        })),
        DeskAction::OpenAttended(Box::new(OpenAttended {
            attended: serde_json::from_value(crate::support::attended::new(&json!({}))).unwrap(),
            idempotency_key: None,
        })),
        DeskAction::CreateAppointment(Box::new(CreateAppointment {
            appointment: serde_json::from_value(crate::support::appointment::new(&json!({}))).unwrap(),
            idempotency_key: None,
        })),
        DeskAction::ShowAppointment(appointment.clone()),
        DeskAction::FetchAppointmentReceipt(appointment.clone()),
        DeskAction::ProposeTimes(
            appointment.clone(),
            Box::new(serde_json::from_value(crate::support::appointment::other_times()).unwrap()),
        ),
        DeskAction::AnswerTimes(
            appointment.clone(),
            Box::new(serde_json::from_value(json!({ "proposal": 2, "time": 0 })).unwrap()),
        ),
        DeskAction::CancelAppointment(
            appointment,
            Box::new(serde_json::from_value(json!({ "reason": "出張のため" })).unwrap()),
        ),
        DeskAction::ShowAttended(launch.clone()),
        DeskAction::InviteAttended(
            launch.clone(),
            Box::new(serde_json::from_value(crate::support::attended::somebody()).unwrap()),
        ),
        DeskAction::FetchAttendedReceipt(launch.clone(), GuestId::generate(&nobody)),
        DeskAction::ShowAttendedRecord(Box::new(AttendedRecord {
            id: launch.clone(),
            cursor: None,
        })),
        DeskAction::NoteAttended(Box::new(NoteOutcome {
            launch: launch.clone(),
            outcome: serde_json::from_value(json!({ "text": "印刷のずれを直しました。" })).unwrap(),
        })),
        DeskAction::WithdrawAttended(launch.clone()),
        DeskAction::EndAttended(launch),
        DeskAction::MailSteps(Box::new(
            serde_json::from_value(json!({
                "equipment": equipment.as_str(),
                "to": { "name": "山田 太郎", "address": "taro@minato.example", "locale": "ja", "time_zone": "UTC" },
            }))
            .unwrap(),
        )),
        DeskAction::SetState(TenantState::Suspended),
        DeskAction::SetState(TenantState::Active),
        DeskAction::Reissue(UserId::parse(&text(&user)).unwrap()),
        DeskAction::ShowInquiry(inquiry.clone()),
        DeskAction::AnswerInquiry(inquiry.clone(), Body::try_from("はい".to_owned()).unwrap(), Vec::new()),
        DeskAction::FetchAttachment(inquiry.clone(), AttachmentId::generate(&nobody)),
        DeskAction::CloseInquiry(inquiry),
        DeskAction::Ask(Box::new(AskQuestion {
            question: serde_json::from_value(a_question()).unwrap(),
            idempotency_key: None,
        })),
        DeskAction::ShowQuestion(question.clone()),
        DeskAction::FetchQuestionReceipt(question.clone()),
        DeskAction::WithdrawQuestion(question),
        DeskAction::ListEquipment(Box::new(serde_json::from_value(json!({})).unwrap())),
        DeskAction::ShowEquipment(equipment.clone()),
        DeskAction::CreateEquipment(Box::new(RegisterEquipment {
            equipment: serde_json::from_value(json!({ "name": "搬送機", "serial_number": "TG-9" })).unwrap(),
            idempotency_key: None,
        })),
        DeskAction::ChangeEquipment(Box::new(change(&equipment))),
        DeskAction::RetireEquipment(equipment),
    ]
}

#[test]
fn every_deed_is_tried() {
    let tried: Vec<DeskDeed> = actions(&Desk::new()).iter().map(DeskAction::deed).collect();
    for deed in DeskDeed::ALL {
        assert!(tried.contains(&deed), "{deed:?}");
    }
}

fn target(deed: DeskDeed) -> &'static str {
    if deed == DeskDeed::Create { "shiosai" } else { "minato" }
}

#[test]
fn a_voucher_carries_out_what_it_names_and_nothing_else() {
    let desk = Desk::new();
    for deed in DeskDeed::ALL {
        let voucher = vouched(&desk, deed, target(deed)).unwrap();
        let before = desk.edge.rows();
        for action in actions(&desk).into_iter().filter(|action| action.deed() != deed) {
            let place = format!("{deed:?} for {action:?}");
            for customer in ["minato", "shiosai", "kita-desk"] {
                let refused = carried_out(&desk, customer, &voucher, action.clone()).unwrap_err();
                assert!(
                    matches!(refused, Refusal::Forbidden | Refusal::UnknownTenant),
                    "{place}: {refused}"
                );
            }
            assert_same(&before, &desk.edge.rows(), &place);
        }
    }
    let show = vouched(&desk, DeskDeed::Show, "minato").unwrap();
    assert!(carried_out(&desk, "minato", &show, DeskAction::Show).is_ok());
}

#[test]
fn a_voucher_is_for_one_customer() {
    let desk = Desk::new();
    let other = json!({
        "slug": "shiosai", "name": "潮騒製作所", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("shiosai"),
    });
    desk.at_desk(201, "POST", "/customers", Some(&other));
    desk.edge.deliver();
    for action in actions(&desk) {
        let voucher = vouched(&desk, action.deed(), "shiosai").unwrap();
        let before = desk.edge.rows();
        let refused = carried_out(&desk, "minato", &voucher, action.clone());
        let expected = if action.deed() == DeskDeed::Create {
            Refusal::SlugTaken
        } else {
            Refusal::Forbidden
        };
        assert_eq!(refused, Err(expected), "{action:?}");
        assert_same(&before, &desk.edge.rows(), "another customer");
    }
    assert_eq!(vouched(&desk, DeskDeed::Show, "nobody"), Err(Refusal::NotFound));
}

#[test]
fn a_voucher_is_over_after_a_minute() {
    let mut desk = Desk::new();
    for action in actions(&desk) {
        desk.agent = cookie_of(&log_in(&desk.edge, "kita-desk", "hanako", PASSWORD));
        let voucher = vouched(&desk, action.deed(), target(action.deed())).unwrap();
        desk.edge.advance(60);
        let refused = carried_out(&desk, target(action.deed()), &voucher, action.clone());
        assert_eq!(refused, Err(Refusal::Forbidden), "{action:?}");
    }
}

#[test]
fn what_writes_is_vouched_for_once() {
    let desk = Desk::new().with_support();
    let file =
        json!({ "name": "記録.txt", "type": "text/plain", "data": tegata_domain::wire::b64::encode_standard("記録") });
    let asked = json!({ "subject": "更新", "body": "教えてください。", "attachments": [file] });
    let made = desk.at_customer(201, "POST", "/inquiries", Some(&asked));
    let inquiry = InquiryId::parse(&text(&made["inquiry"]["id"])).unwrap();
    let file = AttachmentId::parse(&text(&made["messages"][0]["attachments"][0]["id"])).unwrap();
    desk.edge.mails();
    let ask = || {
        let made = desk.at_desk(201, "POST", "/customers/minato/questions", Some(&a_question()));
        QuestionId::parse(&text(&made["id"])).unwrap()
    };
    let answered = ask();
    let link = link_in(&desk.edge.mails()[0].text);
    assert_eq!(Call::post(&link).form(&APPROVE).send(&desk.edge).status, 200);
    let open = ask();
    // Before the machine, whose tests play the sessions themselves.
    let awaited = Attended::by(desk, &json!({}));
    let joined = Attended::by(awaited.desk, &json!({}));
    joined.desk.edge.deliver();
    assert_eq!(joined.join(GUEST).status, 200);
    let guest = GuestId::parse(&text(&joined.shown()["consents"][0]["guest"])).unwrap();
    let (awaited, desk) = (LaunchId::parse(&awaited.id).unwrap(), joined.desk);
    let joined = LaunchId::parse(&joined.id).unwrap();
    let somebody = json!({ "participants": [crate::support::appointment::jiro()] });
    let agreed = Meeting::by(desk, &somebody);
    assert_eq!(agreed.choose(0, 0, crate::support::appointment::JIRO).status, 200);
    agreed.desk.edge.mails();
    let countered = Meeting::by(agreed.desk, &somebody);
    countered.counter();
    let agreed = AppointmentId::parse(&agreed.id).unwrap();
    let (counter, desk) = (AppointmentId::parse(&countered.id).unwrap(), countered.desk);
    let machine = crate::support::launch::Machine::new(&desk, "TG-8");
    let launch = || {
        let wanted = crate::support::launch::request(&machine.equipment);
        let made = desk.at_desk(201, "POST", "/customers/minato/launches", Some(&wanted));
        LaunchId::parse(&text(&made["id"])).unwrap()
    };
    let (requested, approved) = (launch(), launch());
    let approve = json!({ "outcome": "approved", "confirmed": true });
    desk.at_customer(200, "POST", &format!("/launches/{approved}/decision"), Some(&approve));
    let machine = EquipmentId::parse(&machine.equipment).unwrap();
    let new = json!({ "name": "検査装置", "serial_number": "TG-1" });
    let equipment = desk.at_desk(201, "POST", "/customers/minato/equipment", Some(&new));
    let equipment = EquipmentId::parse(&text(&equipment["id"])).unwrap();
    for action in actions(&desk) {
        let deed = action.deed();
        let action = match action {
            DeskAction::ShowInquiry(_) => DeskAction::ShowInquiry(inquiry.clone()),
            DeskAction::CloseInquiry(_) => DeskAction::CloseInquiry(inquiry.clone()),
            DeskAction::AnswerInquiry(_, body, files) => DeskAction::AnswerInquiry(inquiry.clone(), body, files),
            DeskAction::FetchAttachment(..) => DeskAction::FetchAttachment(inquiry.clone(), file.clone()),
            DeskAction::ShowQuestion(_) => DeskAction::ShowQuestion(answered.clone()),
            DeskAction::FetchQuestionReceipt(_) => DeskAction::FetchQuestionReceipt(answered.clone()),
            DeskAction::WithdrawQuestion(_) => DeskAction::WithdrawQuestion(open.clone()),
            DeskAction::RequestLaunch(mut wanted) => {
                wanted.launch.equipment = machine.clone();
                DeskAction::RequestLaunch(wanted)
            }
            DeskAction::MailSteps(mut steps) => {
                steps.equipment = machine.clone();
                DeskAction::MailSteps(steps)
            }
            DeskAction::ShowLaunch(_) => DeskAction::ShowLaunch(approved.clone()),
            DeskAction::WithdrawLaunch(_) => DeskAction::WithdrawLaunch(requested.clone()),
            DeskAction::ExecuteLaunch(_) => DeskAction::ExecuteLaunch(approved.clone()),
            DeskAction::EndLaunch(_) => DeskAction::EndLaunch(approved.clone()),
            DeskAction::FetchLaunchReceipt(_) => DeskAction::FetchLaunchReceipt(approved.clone()),
            DeskAction::ShowAppointment(_) => DeskAction::ShowAppointment(agreed.clone()),
            DeskAction::FetchAppointmentReceipt(_) => DeskAction::FetchAppointmentReceipt(agreed.clone()),
            DeskAction::ProposeTimes(_, times) => DeskAction::ProposeTimes(agreed.clone(), times),
            DeskAction::AnswerTimes(_, answer) => DeskAction::AnswerTimes(counter.clone(), answer),
            DeskAction::CancelAppointment(_, cancel) => DeskAction::CancelAppointment(agreed.clone(), cancel),
            DeskAction::ShowAttended(_) => DeskAction::ShowAttended(joined.clone()),
            DeskAction::InviteAttended(_, person) => DeskAction::InviteAttended(joined.clone(), person),
            DeskAction::FetchAttendedReceipt(..) => DeskAction::FetchAttendedReceipt(joined.clone(), guest.clone()),
            DeskAction::WithdrawAttended(_) => DeskAction::WithdrawAttended(awaited.clone()),
            DeskAction::EndAttended(_) => DeskAction::EndAttended(joined.clone()),
            DeskAction::ShowAttendedRecord(mut input) => {
                input.id = joined.clone();
                DeskAction::ShowAttendedRecord(input)
            }
            DeskAction::NoteAttended(mut note) => {
                note.launch = joined.clone();
                DeskAction::NoteAttended(note)
            }
            DeskAction::ShowRecord(mut input) => {
                input.id = approved.clone();
                DeskAction::ShowRecord(input)
            }
            DeskAction::NoteOutcome(mut note) => {
                note.launch = approved.clone();
                DeskAction::NoteOutcome(note)
            }
            DeskAction::ShowEquipment(_) => DeskAction::ShowEquipment(equipment.clone()),
            DeskAction::ChangeEquipment(_) => DeskAction::ChangeEquipment(Box::new(change(&equipment))),
            DeskAction::RetireEquipment(_) => DeskAction::RetireEquipment(equipment.clone()),
            other => other,
        };
        let voucher = vouched(&desk, deed, target(deed)).unwrap();
        carried_out(&desk, target(deed), &voucher, action.clone()).unwrap();
        let before = desk.edge.rows();
        let again = carried_out(&desk, target(deed), &voucher, action.clone());
        match deed {
            DeskDeed::Create => assert_eq!(again, Err(Refusal::SlugTaken)),
            deed if deed.writes() => assert_eq!(again, Err(Refusal::Forbidden), "{deed:?}"),
            _ => assert!(again.is_ok(), "{deed:?} changes nothing"),
        }
        assert_same(&before, &desk.edge.rows(), "again");
    }
}

#[test]
fn nobody_but_the_providers_object_vouches() {
    let desk = Desk::new();
    let genuine = vouched(&desk, DeskDeed::Suspend, "minato").unwrap();
    let suspend = || DeskAction::SetState(TenantState::Suspended);
    let before = desk.edge.rows();
    let own_key = LinkKeys::new(vec![(genuine.kid.clone(), [1; 32])]);
    let random = CountingRandom::new(5);
    let now = desk.edge.now();
    let made_up = DeskVoucher::seal(
        genuine.by.clone(),
        DeskDeed::Suspend,
        slug("minato"),
        None,
        &own_key,
        &random,
        now,
    );
    let mut retargeted = vouched(&desk, DeskDeed::Show, "minato").unwrap();
    retargeted.deed = DeskDeed::Suspend;
    let mut prolonged = genuine.clone();
    prolonged.expires_at = prolonged.expires_at.plus(30);
    for forged in [made_up.unwrap(), retargeted, prolonged] {
        assert_eq!(
            carried_out(&desk, "minato", &forged, suspend()),
            Err(Refusal::Forbidden)
        );
    }
    // A genuine voucher from another provider, for a customer that is not its own.
    let mut by = genuine.by.clone();
    by.provider = slug("other-desk");
    let keys = desk.edge.keys().signers.links;
    let foreign = DeskVoucher::seal(by, DeskDeed::Suspend, slug("minato"), None, &keys, &random, now).unwrap();
    assert_eq!(
        carried_out(&desk, "minato", &foreign, suspend()),
        Err(Refusal::NotFound)
    );
    assert_same(&before, &desk.edge.rows(), "a forged voucher");
}

#[test]
fn a_change_is_vouched_for_as_a_change_alone() {
    let desk = Desk::new();
    for deed in DeskDeed::ALL {
        let asked_as = if deed.changes_customer() {
            Vouch::NAME
        } else {
            VouchForChange::NAME
        };
        assert_eq!(
            vouched_by(&desk, asked_as, deed, "minato"),
            Err(Refusal::Forbidden),
            "{deed:?}"
        );
    }
    desk.edge.advance(601);
    assert_eq!(
        vouched(&desk, DeskDeed::Suspend, "minato"),
        Err(Refusal::FreshLoginRequired)
    );
}
