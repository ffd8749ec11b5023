//! Every way into an attended session against every state that it can be in: who gets in, and who does not. A way that
//! lets nobody in leaves no consent either.

use serde_json::json;

use crate::desk::{Desk, administrator};
use crate::support::attended::{Attended, GUEST, somebody};
use crate::support::call::Call;
use crate::support::edge::OPERATOR;
use crate::support::scene::{link_line, operate, secret_line, text};
use crate::support::staff::{PASSWORD, cookie_of, log_in, settle};

/// The states of a session, and of those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Opening,
    Open,
    Running,
    EndedByGuest,
    EndedByDesk,
    EndedByAdministrator,
    PeriodOver,
    Expired,
    Withdrawn,
    CustomerSuspended,
    ProviderSuspended,
}

impl Standing {
    const ALL: [Self; 11] = [
        Self::Opening,
        Self::Open,
        Self::Running,
        Self::EndedByGuest,
        Self::EndedByDesk,
        Self::EndedByAdministrator,
        Self::PeriodOver,
        Self::Expired,
        Self::Withdrawn,
        Self::CustomerSuspended,
        Self::ProviderSuspended,
    ];

    /// Whether somebody had joined before.
    const fn came(self) -> bool {
        !matches!(self, Self::Opening | Self::Open | Self::Expired | Self::Withdrawn)
    }

    /// Whether its number was claimed.
    const fn opened(self) -> bool {
        !matches!(self, Self::Opening)
    }
}

/// The ways to get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Link,
    InvitedLink,
    OtherTenantsLink,
    ForgedLink,
    OldLink,
    KnockThenLink,
    WrongPassword,
    OtherProvidersPage,
    Ticket,
    OldTicket,
    SpentTicket,
    Resume,
    OtherTenantsPath,
    Desk,
    DeskWithWrongPassword,
    OtherProvidersDesk,
}

impl Way {
    /// The desk's ways first, while nobody has come through a link; last those that let time pass.
    const ALL: [Self; 16] = [
        Self::Desk,
        Self::DeskWithWrongPassword,
        Self::OtherProvidersDesk,
        Self::Ticket,
        Self::SpentTicket,
        Self::Resume,
        Self::OtherTenantsPath,
        Self::OtherTenantsLink,
        Self::ForgedLink,
        Self::WrongPassword,
        Self::OtherProvidersPage,
        Self::Link,
        Self::InvitedLink,
        Self::KnockThenLink,
        Self::OldTicket,
        Self::OldLink,
    ];

    /// Whether it lets in while the session is at `standing`.
    const fn lets_in(self, standing: Standing) -> bool {
        match self {
            Self::Link | Self::InvitedLink | Self::KnockThenLink => {
                matches!(standing, Standing::Open | Standing::Running)
            }
            // They exist only where somebody has come.
            Self::Ticket | Self::Resume | Self::Desk => matches!(standing, Standing::Running),
            _ => false,
        }
    }
}

/// A session at some standing, and everything that was handed out on the way there.
struct Place {
    attended: Attended,
    link: String,
    invited: String,
    other_link: String,
    number: String,
    password: String,
    /// Tickets that were issued while the session ran: unused ones, one that was used, and one to resume with.
    unused: [Option<String>; 3],
    spent: Option<String>,
    resume: Option<String>,
    /// The cookie of another provider's desk.
    stranger: String,
}

fn another_provider(desk: &Desk) -> String {
    let provider = json!({
        "slug": "minami-desk", "kind": "provider", "name": "南サービス", "locale": "ja", "time_zone": "Asia/Tokyo",
        "administrator": administrator("minami-desk"),
    });
    let made = Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .json(&provider)
        .send(&desk.edge);
    assert_eq!(made.status, 201, "{}", made.body);
    let first = secret_line(&desk.edge.mails().remove(0).text);
    settle(&desk.edge, "minami-desk", "hanako", &first)
}

/// The token of a link to a session at another customer of the same provider.
fn another_customers_link(desk: &Desk) -> String {
    let customer = json!({
        "slug": "shiosai", "name": "潮騒製作所", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("shiosai"),
    });
    desk.at_desk(201, "POST", "/customers", Some(&customer));
    desk.edge.mails();
    let invited = json!({ "title": "別の件", "invited": [somebody()] });
    desk.at_desk(201, "POST", "/desk/customers/shiosai/attended", Some(&invited));
    link_line(&desk.edge.mails().remove(0).text, "/j/")
}

impl Place {
    fn reach(standing: Standing) -> Self {
        let desk = Desk::new();
        let stranger = another_provider(&desk);
        let other_link = another_customers_link(&desk);
        let attended = Attended::by(desk, &json!({ "invited": [somebody()] }));
        let edge = attended.desk.edge.clone();
        let mut place = Self {
            link: "minato.x".to_owned(),
            invited: "minato.x".to_owned(),
            other_link,
            number: "100000000".to_owned(),
            password: "2222-2222".to_owned(),
            unused: [None, None, None],
            spent: None,
            resume: None,
            stranger,
            attended,
        };
        if standing.opened() {
            place.invited = link_line(&edge.mails().remove(0).text, "/j/");
            place.link = place.attended.token();
            (place.number, place.password) = place.attended.credential();
        }
        let mut end = None;
        if standing.came() {
            let ticket = || text(&place.attended.join(GUEST).json()["ticket"]);
            let digits = place.number.replace(' ', "");
            let (unused, spent, ends) = ([ticket(), ticket(), ticket()], ticket(), ticket());
            let hello = [json!({ "type": "hello" })];
            let told = edge.in_session(&digits, "minato", &spent, &hello).unwrap();
            place.resume = Some(text(&told[0]["resume"]));
            (place.unused, place.spent) = (unused.map(Some), Some(spent));
            end = Some(ends);
            edge.deliver();
        }
        match standing {
            Standing::Opening | Standing::Open | Standing::Running => {}
            Standing::EndedByGuest => {
                let said = [json!({ "type": "hello" }), json!({ "type": "end" })];
                let digits = place.number.replace(' ', "");
                edge.in_session(&digits, "minato", &end.unwrap(), &said).unwrap();
            }
            Standing::EndedByDesk => assert_eq!(place.attended.at_desk("end").status, 200),
            Standing::EndedByAdministrator => {
                let path = format!("/attended/{}/end", place.attended.id);
                place.attended.desk.at_customer(200, "POST", &path, None);
            }
            Standing::PeriodOver | Standing::Expired => edge.advance(4 * 3600),
            Standing::Withdrawn => assert_eq!(place.attended.at_desk("withdraw").status, 200),
            Standing::CustomerSuspended => {
                place
                    .attended
                    .desk
                    .at_desk(200, "POST", "/customers/minato/suspend", None);
            }
            Standing::ProviderSuspended => assert_eq!(operate(&edge, "kita-desk", "suspend").status, 200),
        }
        // A session that is being opened has not been heard of by its object.
        if standing.opened() {
            edge.deliver();
        }
        if matches!(standing, Standing::PeriodOver | Standing::Expired) {
            place.attended.desk.agent = cookie_of(&log_in(&edge, "kita-desk", "hanako", PASSWORD));
            place.stranger = cookie_of(&log_in(&edge, "minami-desk", "hanako", PASSWORD));
        }
        place
    }

    /// Whether `ticket` opens the session's socket on the path of `tenant`.
    fn opens(&self, tenant: &str, ticket: Option<&str>) -> bool {
        let digits = self.number.replace(' ', "");
        ticket.is_some_and(|ticket| self.attended.socket(tenant, &digits, ticket).status == 101)
    }

    /// Whether the consent on the page of `token` leads to an open socket.
    fn by_link(&self, token: &str) -> bool {
        let joined = self.attended.join_by(token, GUEST, "198.51.100.77");
        joined.status == 200 && {
            let joined = joined.json();
            let (tenant, number) = (text(&joined["tenant"]), text(&joined["number"]));
            assert_eq!(number, self.number.replace(' ', ""), "into this session");
            self.opens(&tenant, Some(&text(&joined["ticket"])))
        }
    }

    fn by_password(&self, provider: &str, password: &str) -> bool {
        let knocked = self.attended.knock(provider, &self.number, password);
        let place = knocked.header("location").to_owned();
        knocked.status == 303 && {
            let token = place.strip_prefix("/j/").unwrap().split('?').next().unwrap();
            self.by_link(token)
        }
    }

    fn by_desk(&self, provider: &str, cookie: &str, password: &str) -> bool {
        let joined = Call::post(&format!("/t/{provider}/api/v1/desk/sessions/join"))
            .header("cookie", cookie)
            .json(&json!({ "number": self.number, "password": password }))
            .send(&self.attended.desk.edge);
        joined.status == 200 && self.opens(provider, Some(&text(&joined.json()["ticket"])))
    }

    fn gets_in(&self, way: Way) -> bool {
        let desk = &self.attended.desk;
        match way {
            Way::Link => self.by_link(&self.link),
            Way::InvitedLink => self.by_link(&self.invited),
            Way::OtherTenantsLink => {
                // Another customer's link with this customer's name in front.
                let (_, rest) = self.other_link.split_once('.').unwrap();
                self.by_link(&format!("minato.{rest}"))
            }
            Way::ForgedLink => {
                let anybody = self.invited.replace("invited-0", "anybody");
                let later = self.link.replace(".anybody.", ".anybody.1");
                [anybody, later, format!("{}A", self.link)]
                    .iter()
                    .any(|forged| *forged != self.link && self.by_link(forged))
            }
            Way::OldLink => {
                // The same clock for everybody: also a session that would still be alive has no such link.
                desk.edge.advance(4 * 3600 + 31 * 24 * 3600);
                self.by_link(&self.link)
            }
            Way::KnockThenLink => self.by_password("kita-desk", &self.password),
            Way::WrongPassword => self.by_password("kita-desk", "3333-3333"),
            Way::OtherProvidersPage => self.by_password("minami-desk", &self.password),
            Way::Ticket => self.opens("minato", self.unused[0].as_deref()),
            Way::OldTicket => {
                desk.edge.advance(30);
                self.opens("minato", self.unused[2].as_deref())
            }
            Way::SpentTicket => self.opens("minato", self.spent.as_deref()),
            Way::Resume => self.opens("minato", self.resume.as_deref()),
            Way::OtherTenantsPath => self.opens("shiosai", self.unused[1].as_deref()),
            Way::Desk => self.by_desk("kita-desk", &desk.agent, &self.password),
            Way::DeskWithWrongPassword => self.by_desk("kita-desk", &desk.agent, "3333-3333"),
            Way::OtherProvidersDesk => self.by_desk("minami-desk", &self.stranger, &self.password),
        }
    }

    fn consents(&self) -> usize {
        let rows = self.attended.desk.edge.rows_of("minato", &[]);
        rows.iter().filter(|row| row.starts_with("consent_receipt ")).count()
    }
}

#[test]
fn every_way_in_lets_in_while_it_may_and_never_else() {
    for standing in Standing::ALL {
        let place = Place::reach(standing);
        for way in Way::ALL {
            let before = place.consents();
            let (expected, got) = (way.lets_in(standing), place.gets_in(way));
            assert_eq!(got, expected, "{way:?} at {standing:?}");
            let consents = matches!(way, Way::Link | Way::InvitedLink | Way::KnockThenLink) && expected;
            let after = before + usize::from(consents);
            assert_eq!(
                place.consents(),
                after,
                "a consent without a way in: {way:?} at {standing:?}"
            );
        }
    }
}

/// A restart loses nothing that decides.
#[test]
fn the_ways_are_the_same_after_a_restart() {
    for standing in [Standing::Open, Standing::Running, Standing::EndedByDesk] {
        for way in [Way::Link, Way::Ticket, Way::Desk] {
            let place = Place::reach(standing);
            place.attended.desk.edge.forget();
            assert_eq!(place.gets_in(way), way.lets_in(standing), "{way:?} at {standing:?}");
        }
    }
}
