//! Both sides of an appointment: the customer's object and its provider's.

use serde_json::{Value, json};
use tegata_domain::command::{AnswerAppointment, AppointmentAct, CreateTenant, ViewAppointment};
use tegata_domain::desk::{CreateAppointment, Desk, DeskAction, DeskActor, DeskVoucher};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{AppointmentId, UserId};
use tegata_domain::locale::Locale;
use tegata_domain::mail::ComposedMail;
use tegata_domain::policy::Policy;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantKind;
use tegata_domain::text::{OrganizationName, PersonName};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::hosted::{Delivery, Hosted as _};

use super::rules;
use super::world::{EDGE, World};

pub const JIRO: &str = "jiro@aozora.example";
pub const BO: &str = "bo@aozora.example";
/// The main address of the provider's administrator, who is the host.
pub const HOST: &str = "hanako.sato@aozora.example";

pub struct Meeting {
    pub customer: World,
    provider: World,
    pub id: AppointmentId,
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

/// A provider and its customer, without an appointment.
pub fn sides() -> (World, World) {
    rules::begin();
    let (customer, provider) = (World::before_creation("aozora"), World::before_creation("kita-desk"));
    let created = CreateTenant {
        kind: TenantKind::Provider,
        ..provider.creation(Policy::default())
    };
    provider.send(created).unwrap();
    let created = CreateTenant {
        provider: Some(slug("kita-desk")),
        ..customer.creation(Policy::default())
    };
    customer.send(created).unwrap();
    provider.deliver();
    customer.deliver();
    (customer, provider)
}

/// `action`, asked for by the provider's administrator.
pub fn acting((customer, provider): (&World, &World), action: DeskAction) -> Desk {
    let rows = provider.sql.run("SELECT id FROM user", Vec::new()).unwrap();
    let by = DeskActor {
        provider: slug("kita-desk"),
        provider_name: OrganizationName::parse("北日本サービス").unwrap(),
        user: UserId::parse(rows[0].text(0).unwrap()).unwrap(),
        name: PersonName::parse("佐藤 花子").unwrap(),
        email: EmailAddress::parse(HOST).ok(),
        client: "192.0.2.1".to_owned(),
    };
    let voucher = customer.with_object(|_, ctx| {
        let deed = action.deed();
        DeskVoucher::seal(by, deed, slug("aozora"), None, &ctx.signers.links, ctx.random, ctx.now)
    });
    Desk {
        voucher: voucher.unwrap(),
        action,
    }
}

/// The proposal of `start` in São Paulo to two people.
pub fn proposal(start: &str) -> DeskAction {
    let appointment = json!({
        "title": "検査結果の印刷について",
        "times": [{ "start": start, "time_zone": "America/Sao_Paulo" }],
        "participants": [
            { "name": "佐藤 次郎", "email": JIRO, "locale": "ja" },
            { "name": "Bo Jensen", "email": BO, "locale": "da" },
        ],
        "host_time_zone": "Europe/Copenhagen",
    });
    DeskAction::CreateAppointment(Box::new(CreateAppointment {
        appointment: serde_json::from_value(appointment).unwrap(),
        idempotency_key: None,
    }))
}

impl Meeting {
    /// One that the desk has proposed for `start` in São Paulo, and the token of Jiro's link.
    pub fn proposed(start: &str) -> (Self, String) {
        let (customer, provider) = sides();
        let view = customer.send(acting((&customer, &provider), proposal(start))).unwrap();
        let id = AppointmentId::parse(view["id"].as_str().unwrap()).unwrap();
        let meeting = Self { customer, provider, id };
        let mails = meeting.deliver();
        let (_, mail) = mails.iter().find(|(to, _)| to == JIRO).unwrap();
        let link = mail
            .text
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{EDGE}/m/")));
        let token = link.unwrap().to_owned();
        (meeting, token)
    }

    /// The same, agreed on. The mails about it are taken.
    pub fn agreed(start: &str) -> Self {
        let (meeting, token) = Self::proposed(start);
        meeting.choose(&token).unwrap();
        assert_eq!(meeting.deliver().len(), 3, "the schedule, to both sides");
        meeting
    }

    /// Jiro chooses the time that was proposed.
    pub fn choose(&self, token: &str) -> Result<(), Refusal> {
        let answer = AnswerAppointment {
            token: token.to_owned(),
            act: AppointmentAct::Choose { proposal: 1, time: 0 },
            name: PersonName::parse("佐藤 次郎").unwrap(),
            locale: Locale::Ja,
            zone: Some("Asia/Tokyo".to_owned()),
            client: "203.0.113.5".to_owned(),
        };
        self.customer.send(answer).map(drop)
    }

    /// The page behind a link, in Japanese and in the time of Tokyo.
    pub fn page(&self, token: &str) -> Value {
        let look = ViewAppointment {
            token: token.to_owned(),
            asked: Some(Locale::Ja),
            browser: Locale::Ja,
            zone: Some("Asia/Tokyo".to_owned()),
        };
        serde_json::to_value(self.customer.send(look).unwrap()).unwrap()
    }

    pub fn at_desk(&self, action: DeskAction) -> Value {
        self.customer
            .send(acting((&self.customer, &self.provider), action))
            .unwrap()
    }

    pub fn shown(&self) -> Value {
        self.at_desk(DeskAction::ShowAppointment(self.id.clone()))
    }

    /// The agreed instant.
    pub fn start(&self) -> UnixSeconds {
        UnixSeconds(self.shown()["agreed"]["time"]["at"].as_i64().unwrap())
    }

    /// Moves both clocks on to `at`, and lets deadlines run. Returns the mails of both sides.
    pub fn wait_until(&self, at: UnixSeconds) -> Vec<(String, ComposedMail)> {
        for side in [&self.customer, &self.provider] {
            side.advance(at.since(side.now()));
            side.tidy();
        }
        self.deliver()
    }

    /// Delivers everything that is due at both sides, and what one tells the other. Returns the mails by recipient.
    pub fn deliver(&self) -> Vec<(String, ComposedMail)> {
        let mut mails = Vec::new();
        for side in [&self.customer, &self.provider] {
            loop {
                let due = side.due();
                if due.is_empty() {
                    break;
                }
                for (row, delivery) in due {
                    match delivery {
                        Delivery::Mail(mail) => mails.push((mail.to.address.to_string(), mail.mail)),
                        Delivery::Tell(told) if told.to.name == "kita-desk" => {
                            let command = serde_json::from_str(&told.command).unwrap();
                            self.provider
                                .with_object(|object, ctx| object.handle(ctx, command))
                                .unwrap();
                        }
                        _ => {}
                    }
                    side.settle(&row, Ok(()));
                }
            }
        }
        mails
    }
}
