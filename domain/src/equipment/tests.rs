use super::responsible::{asked_about, may_be_responsible};
use super::{Equipment, EquipmentDescription, EquipmentNotes, ResponsibleUsers, SerialNumber};
use crate::account::{Account, AccountName, Alerts, Password};
use crate::error::Refusal;
use crate::id::{EquipmentId, OrganizationId, UserId};
use crate::locale::Locale;
use crate::organization::{Organization, Tree};
use crate::panel::equipment::Change;
use crate::password::HashedPassword;
use crate::random::CountingRandom;
use crate::right::Role;
use crate::text::{EquipmentModel, EquipmentName, EquipmentPlace, OrganizationName};
use crate::time::{TimeZone, UnixSeconds};

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);

fn description(organization: Option<OrganizationId>, responsible: Vec<UserId>) -> EquipmentDescription {
    EquipmentDescription {
        name: EquipmentName::parse("検査装置 3号").unwrap(),
        model: None,
        serial_number: SerialNumber::parse("TG-2041").unwrap(),
        place: None,
        organization,
        responsible: ResponsibleUsers::try_from(responsible).unwrap(),
        notes: None,
    }
}

fn equipment(organization: Option<OrganizationId>, responsible: Vec<UserId>) -> Equipment {
    let id = EquipmentId::generate(&CountingRandom::new(1));
    Equipment::register(id, description(organization, responsible), NOW)
}

#[test]
fn new_equipment_is_closed_to_the_desk() {
    let new = equipment(None, Vec::new());
    assert!(!new.remote_assistance && new.manual_launch);
}

#[test]
fn retired_equipment_is_changed_by_nobody_until_it_is_back() {
    let mut one = equipment(None, Vec::new());
    assert_eq!(one.switch(Some(true), None, NOW), Ok(true));
    assert_eq!(one.switch(Some(true), Some(false), NOW), Ok(false));
    assert!(one.retire(NOW.plus(1)) && !one.retire(NOW.plus(2)));
    assert_eq!((one.version, one.retired_at), (4, Some(NOW.plus(1))));
    let before = one.clone();
    assert_eq!(one.describe(description(None, Vec::new()), NOW), Err(Refusal::Conflict));
    assert_eq!(one.switch(Some(true), None, NOW), Err(Refusal::Conflict));
    assert_eq!(one, before);
    assert!(one.restore(NOW.plus(3)) && !one.restore(NOW.plus(4)));
    assert!(!one.remote_assistance, "bringing it back does not open it");
    assert_eq!((one.version, one.manual_launch), (5, false));
}

#[test]
fn the_log_records_values_but_not_notes() {
    let before = equipment(None, Vec::new());
    let mut after = before.clone();
    after.description.name = EquipmentName::parse("検査装置 4号").unwrap();
    after.description.notes = EquipmentNotes::try_from("鍵は守衛室".to_owned()).ok();
    assert_eq!(
        before.changes(&after),
        r#"name: "検査装置 3号" -> "検査装置 4号", notes"#
    );
    assert_eq!(before.changes(&before), "done");
    let mut open = before.clone();
    open.remote_assistance = true;
    assert_eq!(before.changes(&open), "remote_assistance: false -> true");
}

#[test]
fn a_change_travels_without_removing_what_it_does_not_name() {
    let id = EquipmentId::generate(&CountingRandom::new(1));
    let text = format!(r#"{{"id":"{id}","version":1,"place":null,"name":"検査装置"}}"#);
    let sent: Change = serde_json::from_str(&text).unwrap();
    let arrived: Change = serde_json::from_str(&serde_json::to_string(&sent).unwrap()).unwrap();
    let mut before = description(None, Vec::new());
    before.place = EquipmentPlace::parse("第一工場").ok();
    before.model = EquipmentModel::parse("TG-3").ok();
    let after = arrived.applied_to(before.clone());
    assert_eq!((after.place, after.model), (None, before.model));
    assert_eq!(after.name.as_str(), "検査装置");
}

#[test]
fn notes_have_lines_and_nothing_invisible() {
    let notes = |text: &str| EquipmentNotes::try_from(text.to_owned());
    assert_eq!(notes(" 一行目\r\n二行目\n").unwrap().as_str(), "一行目\n二行目");
    assert!(notes("\n").is_err() && notes("a\0").is_err() && notes("a\u{202e}b").is_err());
    assert!(notes(&"あ".repeat(2_000)).is_ok() && notes(&"あ".repeat(2_001)).is_err());
}

#[test]
fn a_responsible_user_stands_there_once() {
    let random = CountingRandom::new(1);
    let users: Vec<UserId> = (0..11).map(|_| UserId::generate(&random)).collect();
    assert!(ResponsibleUsers::try_from(users[..10].to_vec()).is_ok());
    assert!(ResponsibleUsers::try_from(users.clone()).is_err());
    assert!(ResponsibleUsers::try_from(vec![users[0].clone(), users[1].clone(), users[0].clone()]).is_err());
}

#[test]
fn a_serial_number_is_found_with_and_without_its_marks() {
    let words = equipment(None, Vec::new()).search_words();
    assert_eq!(
        words.split_whitespace().collect::<Vec<_>>(),
        ["検査装置", "3号", "tg-2041", "tg2041"]
    );
}

/// A tree of a factory with a line, and an office; and accounts of each kind.
struct Staff {
    tree: Tree,
    factory: OrganizationId,
    line: OrganizationId,
    office: OrganizationId,
    accounts: Vec<Account>,
}

fn account(number: u8, role: Role, organization: Option<&OrganizationId>, has_password: bool) -> Account {
    let hash = HashedPassword::nobodys((8, 1));
    Account {
        user: UserId::generate(&CountingRandom::new(number.into())),
        name: AccountName::parse(&format!("person{number}")).unwrap(),
        role,
        organization: organization.cloned(),
        support_option: false,
        alerts: Alerts::default(),
        locale: Locale::Ja,
        time_zone: TimeZone::parse("Asia/Tokyo").unwrap(),
        password: if has_password {
            Password::Own { hash, since: NOW }
        } else {
            Password::Spent { issue: 1 }
        },
        second_factor: false,
        created_at: NOW,
        last_login_at: None,
        version: 1,
    }
}

fn staff() -> Staff {
    let random = CountingRandom::new(200);
    let organization = |name: &str, parent: Option<&OrganizationId>| Organization {
        id: OrganizationId::generate(&random),
        parent: parent.cloned(),
        name: OrganizationName::parse(name).unwrap(),
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    };
    let factory = organization("工場", None);
    let line = organization("第一ライン", Some(&factory.id));
    let office = organization("事務所", None);
    let tree = Tree::of(&[factory.clone(), line.clone(), office.clone()]);
    let of = Role::OrganizationAdministrator;
    let accounts = vec![
        account(1, Role::SystemAdministrator, None, true),
        account(2, Role::SystemAdministrator, None, false),
        account(3, of, Some(&factory.id), true),
        account(4, of, Some(&line.id), false),
        account(5, of, Some(&office.id), true),
        account(6, Role::Auditor, None, true),
        account(7, Role::SystemAdministrator, None, true),
    ];
    Staff {
        tree,
        factory: factory.id,
        line: line.id,
        office: office.id,
        accounts,
    }
}

#[test]
fn the_responsible_come_first_then_the_organisation_then_everybody() {
    let staff = staff();
    let user = |number: usize| staff.accounts[number - 1].user.clone();
    let gone = UserId::generate(&CountingRandom::new(99));
    for (organization, responsible, asked) in [
        (None, vec![], vec![1, 7]),
        (None, vec![user(7)], vec![7]),
        // Somebody without a password, an auditor, somebody deleted: none can act.
        (None, vec![user(2)], vec![1, 7]),
        (None, vec![user(6), gone], vec![1, 7]),
        (None, vec![user(2), user(7)], vec![7]),
        // An organisation administrator is not responsible for what is outside of the organisation.
        (None, vec![user(3)], vec![1, 7]),
        (Some(&staff.office), vec![user(3)], vec![5]),
        (Some(&staff.line), vec![user(3)], vec![3]),
        (Some(&staff.office), vec![], vec![5]),
        (Some(&staff.factory), vec![], vec![3]),
        // The line's own administrator cannot act, so the factory's is asked.
        (Some(&staff.line), vec![], vec![3]),
        (Some(&staff.line), vec![user(1), user(3)], vec![1, 3]),
    ] {
        let place = format!("{organization:?} {responsible:?}");
        let one = equipment(organization.cloned(), responsible);
        let found = asked_about(&one, &staff.accounts, &staff.tree, NOW);
        let expected: Vec<UserId> = asked.into_iter().map(user).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{place}");
    }
    let nobody = asked_about(&equipment(None, Vec::new()), &[], &staff.tree, NOW);
    assert!(nobody.is_empty());
}

#[test]
fn only_administrators_can_be_responsible() {
    let staff = staff();
    let may = |number: usize, organization| may_be_responsible(&staff.accounts[number - 1], organization, &staff.tree);
    assert!(may(1, None) && may(2, Some(&staff.line)));
    assert!(may(3, Some(&staff.line)) && !may(3, Some(&staff.office)) && !may(3, None));
    assert!(!may(4, Some(&staff.factory)) && !may(6, None));
}
