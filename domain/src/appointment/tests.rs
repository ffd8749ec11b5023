mod deadlines;
mod moves;
mod preflight;

use super::{Appointment, Beginning, Event, Mover, NewTime, Participant, Time};
use crate::calendar::{LocalTime, Occurrence, ZoneName};
use crate::email::EmailAddress;
use crate::id::{AppointmentId, EquipmentId, LaunchId, UserId};
use crate::inquiry::Side;
use crate::locale::Locale;
use crate::question::Asker;
use crate::random::CountingRandom;
use crate::slug::Slug;
use crate::text::{EquipmentName, OrganizationName, PersonName, Reason, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

/// 2026-11-18T20:06:40 in Tokyo.
const NOW: UnixSeconds = UnixSeconds(1_795_000_000);
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn person(name: &str) -> PersonName {
    PersonName::parse(name).unwrap()
}

fn reason() -> Reason {
    Reason::parse("出張のため").unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::parse(name).unwrap()
}

/// The wall-clock time `start` in `name`, as it is proposed some days before.
fn time(name: &str, start: &str, occurrence: Option<Occurrence>) -> Time {
    let asked = NewTime {
        start: LocalTime::parse(start).unwrap(),
        time_zone: zone(name),
        occurrence,
    };
    asked.resolved(asked.start.in_utc().plus(-20 * DAY)).unwrap()
}

fn tokyo(start: &str) -> Time {
    time("Asia/Tokyo", start, None)
}

/// A time `seconds` from now, in Tokyo.
fn ahead(seconds: i64) -> Time {
    let (tokyo, at) = (zone("Asia/Tokyo"), NOW.plus(seconds));
    Time {
        start: LocalTime::of(&tokyo, at).unwrap(),
        time_zone: ZoneName::from(&tokyo),
        at,
        occurrence: None,
    }
}

fn desk() -> Mover {
    Mover {
        side: Side::Desk,
        name: person("鈴木 一郎"),
        place: None,
        locale: None,
    }
}

/// Somebody called `name` who answers by the link of the participant at `place`.
fn guest(place: usize, name: &str) -> Mover {
    Mover {
        side: Side::Customer,
        name: person(name),
        place: Some(place),
        locale: Some(Locale::Ja),
    }
}

fn jiro() -> Mover {
    guest(0, "佐藤 次郎")
}

fn bo() -> Mover {
    guest(1, "Bo Jensen")
}

fn participant(name: &str, email: &str, locale: Locale) -> Participant {
    Participant {
        name: person(name),
        email: EmailAddress::parse(email).unwrap(),
        locale,
        time_zone: None,
        user: None,
        preflight: None,
    }
}

/// One with two people, for which nothing was proposed yet.
fn fresh() -> Appointment {
    Appointment::begun(
        Beginning {
            id: AppointmentId::generate(&CountingRandom::new(1)),
            title: SessionTitle::parse("検査結果の印刷について").unwrap(),
            host: Asker {
                provider: Slug::parse("kita-desk").unwrap(),
                provider_name: OrganizationName::parse("北日本サービス").unwrap(),
                user: UserId::generate(&CountingRandom::new(2)),
                name: person("鈴木 一郎"),
                email: EmailAddress::parse("suzuki@kita-desk.example").unwrap(),
            },
            host_zone: ZoneName::from(&zone("Europe/Copenhagen")),
            inquiry: None,
            event: Event::Attended { session: None },
            length: HOUR,
            participants: vec![
                participant("佐藤 次郎", "jiro@minato.example", Locale::Ja),
                participant("Bo Jensen", "bo@minato.example", Locale::Da),
            ],
        },
        NOW,
    )
}

/// The desk has proposed two times.
fn proposed() -> Appointment {
    let mut appointment = fresh();
    let times = vec![tokyo("2026-11-24T14:00"), tokyo("2026-11-25T10:00")];
    appointment.propose(&desk(), times, None, NOW).unwrap();
    appointment
}

/// The customer has proposed another time instead.
fn countered() -> Appointment {
    let mut appointment = proposed();
    let times = vec![tokyo("2026-11-27T09:30")];
    appointment.propose(&jiro(), times, Some(reason()), NOW).unwrap();
    appointment
}

/// The first of the desk's times was chosen.
fn agreed() -> Appointment {
    let mut appointment = proposed();
    appointment.choose(1, 0, &jiro(), NOW).unwrap();
    appointment
}

/// A date was agreed now that begins in `seconds`.
fn agreed_ahead(seconds: i64) -> Appointment {
    let mut appointment = fresh();
    appointment.settle(ahead(seconds), &jiro(), NOW);
    appointment
}

/// A launch was approved that begins in `seconds`.
fn of_launch(seconds: i64) -> Appointment {
    let event = Event::Launch {
        launch: LaunchId::generate(&CountingRandom::new(3)),
        equipment: EquipmentId::generate(&CountingRandom::new(4)),
        equipment_name: EquipmentName::parse("検査装置 3号").unwrap(),
        preflight: None,
    };
    Appointment {
        event,
        ..agreed_ahead(seconds)
    }
}
