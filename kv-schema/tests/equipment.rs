//! The registry of equipment: its unique serial numbers, what lists and searches find with every filter, and that a page
//! costs the same in a large tenant as in a small one, measured in SQLite's own steps.

use std::collections::BTreeSet;

use tegata_domain::equipment::{Equipment, EquipmentDescription, EquipmentState, ResponsibleUsers, SerialNumber};
use tegata_domain::id::{EquipmentId, OrganizationId};
use tegata_domain::panel::equipment::EquipmentFilter;
use tegata_domain::random::CountingRandom;
use tegata_domain::text::{EquipmentModel, EquipmentName};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::equipment::{Query, list, load_by_serial, save};
use tegata_kv_schema::migrations::{TENANT, apply};
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::organizations;
use tegata_kv_schema::sql::Sql as _;

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);

fn serial(text: &str) -> SerialNumber {
    SerialNumber::parse(text).unwrap()
}

fn new(random: &CountingRandom, name: &str, number: &str, organization: Option<&OrganizationId>) -> Equipment {
    let description = EquipmentDescription {
        name: EquipmentName::parse(name).unwrap(),
        model: EquipmentModel::parse("TG-3").ok(),
        serial_number: serial(number),
        place: None,
        organization: organization.cloned(),
        responsible: ResponsibleUsers::default(),
        notes: None,
    };
    Equipment::register(EquipmentId::generate(random), description, NOW)
}

fn store() -> NativeSql {
    let sql = NativeSql::in_memory().unwrap();
    apply(&sql, TENANT).unwrap();
    sql
}

#[test]
fn one_serial_number_is_in_use_once() {
    let (sql, random) = (store(), CountingRandom::new(1));
    let mut first = new(&random, "検査装置", "TG-2041", None);
    let second = new(&random, "搬送機", "ｔｇ－２０４１", None);
    save(&sql, &first).unwrap();
    assert!(save(&sql, &second).is_err(), "the index refuses it");
    assert_eq!(load_by_serial(&sql, &serial("tg-2041")).unwrap().as_ref(), Some(&first));
    first.retire(NOW);
    save(&sql, &first).unwrap();
    assert_eq!(load_by_serial(&sql, &serial("TG-2041")).unwrap(), None);
    save(&sql, &second).unwrap();
    first.restore(NOW);
    assert!(save(&sql, &first).is_err(), "the other one has it now");
    assert_eq!(load_by_serial(&sql, &serial("TG-2041")).unwrap(), Some(second));
}

#[test]
fn an_organisation_with_equipment_is_in_use() {
    let (sql, random) = (store(), CountingRandom::new(1));
    let organization = OrganizationId::generate(&random);
    assert!(!organizations::is_used(&sql, &organization).unwrap());
    save(&sql, &new(&random, "検査装置", "1", Some(&organization))).unwrap();
    assert!(organizations::is_used(&sql, &organization).unwrap());
}

struct Filled {
    sql: NativeSql,
    organizations: [OrganizationId; 2],
    all: Vec<Equipment>,
}

/// A tenant with `count` pieces of equipment. A few of them are retired, and belong to an organisation of their own.
fn filled(count: usize) -> Filled {
    let (sql, random) = (store(), CountingRandom::new(3));
    let organizations = [OrganizationId::generate(&random), OrganizationId::generate(&random)];
    let mut all = Vec::new();
    for number in 0..count {
        let rare = number % (count / 3) == 0;
        let name = if number % 2 > 0 { "検査装置" } else { "搬送機" };
        let place = &organizations[usize::from(rare)];
        let mut one = new(&random, name, &format!("TG{number:05}"), Some(place));
        let ago = i64::try_from(count - number).unwrap();
        one.created_at = UnixSeconds(NOW.0 - ago);
        if rare {
            one.retire(NOW);
        }
        save(&sql, &one).unwrap();
        all.push(one);
    }
    Filled {
        sql,
        organizations,
        all,
    }
}

/// What each list finds, and the steps of its most expensive page.
fn lists(tenant: &Filled) -> Vec<(String, i64)> {
    let mut lists = Vec::new();
    let organizations = |of: &[usize]| {
        of.iter()
            .map(|at| tenant.organizations[*at].clone())
            .collect::<Vec<_>>()
    };
    for text in [None, Some("検査"), Some("tg0000"), Some("tg 3 搬送機")] {
        for within in [None, Some(&[0][..]), Some(&[1]), Some(&[0, 1]), Some(&[])] {
            for state in [EquipmentFilter::All, EquipmentFilter::Active, EquipmentFilter::Retired] {
                let what = format!("{text:?} within {within:?} {state:?}");
                let within = within.map(organizations);
                let ids = within.as_ref().map(|ids| serde_json::to_string(ids).unwrap());
                let (mut found, mut place, mut dearest) = (Vec::new(), (String::new(), String::new()), 0);
                loop {
                    let query = Query {
                        text,
                        within: ids.as_deref(),
                        state,
                        after: (&place.0, &place.1),
                        most: 51,
                    };
                    let before = tenant.sql.steps();
                    let mut listed = list(&tenant.sql, &query).unwrap();
                    dearest = dearest.max(tenant.sql.steps() - before);
                    let full = listed.rows.len() > 50;
                    listed.rows.truncate(50);
                    let last = listed
                        .rows
                        .last()
                        .map(|(order, one)| (order.clone(), one.id.to_string()));
                    found.extend(listed.rows.into_iter().map(|(_, one)| one.id.to_string()));
                    let Some(next) = last.filter(|_| full).or(listed.more) else {
                        break;
                    };
                    place = next;
                }
                let finds = |one: &Equipment| {
                    let words = one.search_words();
                    let words: Vec<&str> = words
                        .split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
                        .collect();
                    let starts = |text: &str| {
                        text.split(' ')
                            .all(|part| words.iter().any(|word| word.starts_with(part)))
                    };
                    text.is_none_or(starts)
                        && match state {
                            EquipmentFilter::All => true,
                            EquipmentFilter::Active => one.state() == EquipmentState::Active,
                            EquipmentFilter::Retired => one.state() == EquipmentState::Retired,
                        }
                        && within.as_ref().is_none_or(|ids| {
                            let own = one.description.organization.as_ref();
                            own.is_some_and(|own| ids.contains(own))
                        })
                };
                let expected: BTreeSet<String> = tenant
                    .all
                    .iter()
                    .filter(|one| finds(one))
                    .map(|one| one.id.to_string())
                    .collect();
                assert_eq!(found.len(), expected.len(), "{what}");
                assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{what}");
                lists.push((what, dearest));
            }
        }
    }
    lists
}

#[test]
fn every_filter_finds_what_it_means_and_no_page_costs_more_in_a_larger_tenant() {
    let [few, many] = [1_600, 6_400].map(|count| lists(&filled(count)));
    for ((what, few), (_, many)) in few.iter().zip(&many) {
        assert!(*many < few * 3 / 2 + 300, "{few} steps became {many}: {what}");
    }
}

#[test]
fn lists_are_in_the_order_of_names() {
    let (sql, random) = (store(), CountingRandom::new(5));
    for (number, name) in ["ｶ", "い", "ア", "B", "a"].iter().enumerate() {
        save(&sql, &new(&random, name, &number.to_string(), None)).unwrap();
    }
    let query = Query {
        text: None,
        within: None,
        state: EquipmentFilter::Active,
        after: ("", ""),
        most: 51,
    };
    let names = list(&sql, &query).unwrap().rows;
    let names: Vec<_> = names.iter().map(|(_, one)| one.description.name.as_str()).collect();
    assert_eq!(names, ["a", "B", "ア", "い", "ｶ"]);
    assert!(names.len() == 5 && list(&sql, &query).unwrap().more.is_none());
}

#[test]
fn the_index_of_serial_numbers_is_the_one_that_is_entered() {
    let sql = store();
    let plan = sql
        .run(
            "EXPLAIN QUERY PLAN SELECT record FROM equipment WHERE serial = ? AND retired = 0",
            vec!["1".into()],
        )
        .unwrap();
    assert!(plan[0].text(3).unwrap().contains("equipment_serial"), "{plan:?}");
}

#[test]
fn retired_equipment_keeps_its_state() {
    let (sql, random) = (store(), CountingRandom::new(6));
    let mut one = new(&random, "検査装置", "1", None);
    one.retire(NOW);
    save(&sql, &one).unwrap();
    let kept = tegata_kv_schema::equipment::load(&sql, &one.id).unwrap().unwrap();
    assert_eq!((kept.state(), &kept), (EquipmentState::Retired, &one));
}
