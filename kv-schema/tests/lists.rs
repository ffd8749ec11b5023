//! Checks lists and searches with every filter: what they find, and that a page costs the same in a large tenant as in
//! a small one, measured in SQLite's own steps.

use std::collections::BTreeSet;

use tegata_domain::device::Device;
use tegata_domain::email::EmailAddress;
use tegata_domain::id::{ApprovalId, DeviceId, OrganizationId, RegistrationId, UserId};
use tegata_domain::locale::Locale;
use tegata_domain::panel::devices::DeviceFilter;
use tegata_domain::panel::lists::Order;
use tegata_domain::panel::users::{AccountFilter, UserSort};
use tegata_domain::phonetic::PhoneticName;
use tegata_domain::policy::Activation;
use tegata_domain::random::CountingRandom;
use tegata_domain::refresh::RefreshFamily;
use tegata_domain::registration::{Applicant, Registration, Stage};
use tegata_domain::secret::HashedSecret;
use tegata_domain::text::{DeviceName, OrganizationName, PersonName};
use tegata_domain::time::UnixSeconds;
use tegata_domain::user::{Emails, User};
use tegata_kv_schema::found::{self, Among};
use tegata_kv_schema::migrations::{TENANT, apply};
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::search::Listed;
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::users::Query;
use tegata_kv_schema::{devices, registrations, users};

const NOW: UnixSeconds = UnixSeconds(1_795_000_000);
const FEW: i64 = 1_600;
const MANY: i64 = 6_400;

fn person(number: i64) -> PersonName {
    PersonName::parse(if number % 3 > 0 {
        "佐藤 花子"
    } else {
        "鈴木 太郎"
    })
    .unwrap()
}

fn address(number: i64) -> EmailAddress {
    EmailAddress::parse(&format!("s{number:05}@aozora.example")).unwrap()
}

fn applicant(number: i64) -> Applicant {
    Applicant {
        name: person(number),
        email: address(number),
        organization: OrganizationName::parse("青空精工株式会社").unwrap(),
        device_name: DeviceName::parse("受付PC").unwrap(),
        locale: Locale::Ja,
        jkt: None,
    }
}

/// Three things in a tenant of any size are rare: the first, the middle and the last.
fn is_rare(number: i64, count: i64) -> bool {
    number == 0 || number == count / 2 || number == count - 1
}

struct Filled {
    sql: NativeSql,
    count: i64,
    organizations: [OrganizationId; 2],
    users: Vec<User>,
    devices: Vec<Device>,
    registrations: Vec<Registration>,
}

/// Whether thing `number` has an account: only the rare ones have one, or only the others.
fn accounted(number: i64, count: i64, rare_have: bool) -> bool {
    is_rare(number, count) == rare_have
}

/// A tenant with `count` users, devices and requests. Either few users have an account, or few have none.
fn filled(count: i64, rare_have_accounts: bool) -> Filled {
    let random = CountingRandom::new(3);
    let sql = NativeSql::in_memory().unwrap();
    apply(&sql, TENANT).unwrap();
    let organizations = [OrganizationId::generate(&random), OrganizationId::generate(&random)];
    let mut filled = Filled {
        sql,
        count,
        organizations,
        users: Vec::new(),
        devices: Vec::new(),
        registrations: Vec::new(),
    };
    for number in 0..count {
        let at = UnixSeconds(NOW.0 - count + number);
        let rare = is_rare(number, count);
        let user = User {
            id: UserId::generate(&random),
            display_name: person(number),
            phonetic_name: Some(PhoneticName::parse("サトウ ハナコ").unwrap()),
            emails: Emails::only(address(number)),
            organization: Some(filled.organizations[usize::from(rare)].clone()),
            external_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        let account = format!("s{number:05}");
        let account = accounted(number, count, rare_have_accounts).then_some(account.as_str());
        users::save(&filled.sql, &user, account).unwrap();
        filled.users.push(user);
        let device = Device {
            id: DeviceId::generate(&random),
            approval: ApprovalId::generate(&random),
            client_id: "viewer".to_owned(),
            scope: "view".to_owned(),
            applicant: applicant(number),
            approved_at: at,
            activated_at: at,
            // Two thirds have expired. The rare ones are revoked.
            expires_at: match number % 6 {
                0 => None,
                1 => Some(NOW.plus(number)),
                _ => Some(at),
            },
            revoked_at: rare.then_some(at),
            refresh: RefreshFamily::new(HashedSecret::of("x"), at),
        };
        devices::save(&filled.sql, &device).unwrap();
        let words = device.applicant.search_words();
        found::save(&filled.sql, Among::Devices, (device.id.as_str(), at), &words).unwrap();
        filled.devices.push(device);
        let registration = registration(&random, number, at, rare);
        registrations::save(&filled.sql, &registration).unwrap();
        let words = registration.applicant.search_words();
        found::save(
            &filled.sql,
            Among::Registrations,
            (registration.id.as_str(), at),
            &words,
        )
        .unwrap();
        filled.registrations.push(registration);
    }
    filled
}

/// All but the rare ones were left unanswered and have expired.
fn registration(random: &CountingRandom, number: i64, at: UnixSeconds, rare: bool) -> Registration {
    Registration {
        id: RegistrationId::generate(random),
        client_id: "viewer".to_owned(),
        scope: "view".to_owned(),
        applicant: applicant(number),
        outside_mail_domains: false,
        activation: Activation::MailedCode,
        stage: Stage::AwaitingApproval,
        requested_at: at,
        expires_at: if rare { NOW.plus(60) } else { at },
        approval: None,
        approved_at: None,
        code_key: None,
        tries_left: 5,
        resends: 0,
        mailed_at: at,
        reason: None,
        device: None,
        redeem_key: None,
        device_codes: Vec::new(),
        network: None,
    }
}

/// The ids of every page in order, and the steps of the most expensive page.
fn paged<T>(
    sql: &NativeSql,
    id: impl Fn(&T) -> String,
    list: impl Fn((&str, &str)) -> Listed<T>,
) -> (Vec<String>, i64) {
    let (mut ids, mut place, mut dearest) = (Vec::new(), (String::new(), String::new()), 0);
    loop {
        let before = sql.steps();
        let listed = list((&place.0, &place.1));
        dearest = dearest.max(sql.steps() - before);
        let last = listed.rows.get(49).map(|(order, last)| (order.clone(), id(last)));
        ids.extend(listed.rows.iter().take(50).map(|(_, one)| id(one)));
        let full = listed.rows.len() > 50;
        let Some(next) = last.filter(|_| full).or(listed.more) else {
            assert_eq!(
                ids.iter().collect::<BTreeSet<_>>().len(),
                ids.len(),
                "an id appears twice"
            );
            return (ids, dearest);
        };
        place = next;
    }
}

/// `expected` is in chronological order. Search results come in search order instead, so both are sorted first.
fn assert_found(found: &[String], mut expected: Vec<String>, asked: (Option<&str>, Order), what: &str) {
    if asked == (None, Order::Newest) {
        expected.reverse();
    }
    let mut found = found.to_vec();
    if asked.0.is_some() {
        found.sort();
        expected.sort();
    }
    assert_eq!(found, expected, "{what}");
}

/// The ways to query a list in chronological order: by a prefix, or through time.
const ASKED: [(Option<&str>, Order); 4] = [
    (None, Order::Newest),
    (None, Order::Oldest),
    (Some("受付"), Order::Newest),
    (Some("s00000"), Order::Newest),
];

fn span<'a>(order: Order, after: (&'a str, &'a str)) -> Span<'a> {
    Span { order, after, most: 51 }
}

/// What each list finds, and the cost of its most expensive page.
type Lists = Vec<(String, Vec<String>, i64)>;

fn user_lists(tenant: &Filled, rare_have_accounts: bool) -> Lists {
    let mut lists = Vec::new();
    for prefix in [None, Some("佐藤"), Some("s00000")] {
        for within in [None, Some(0), Some(1)] {
            for account in [AccountFilter::Any, AccountFilter::With, AccountFilter::Without] {
                for sort in [UserSort::Name, UserSort::Phonetic] {
                    let ids = within.map(|index| serde_json::to_string(&[&tenant.organizations[index]]).unwrap());
                    let list = |after: (&str, &str)| {
                        let query = Query {
                            prefix,
                            within: ids.as_deref(),
                            account,
                            sort,
                            after,
                            most: 51,
                        };
                        users::list(&tenant.sql, &query).unwrap()
                    };
                    let (found, dearest) = paged(&tenant.sql, |(user, _)| user.id.to_string(), list);
                    let expected = (0..tenant.count).zip(&tenant.users).filter(|(number, user)| {
                        let has = accounted(*number, tenant.count, rare_have_accounts);
                        let starts = |prefix| user.search_terms(None).iter().any(|term| term.starts_with(prefix));
                        prefix.is_none_or(starts)
                            && within
                                .is_none_or(|index| user.organization.as_ref() == Some(&tenant.organizations[index]))
                            && (account == AccountFilter::Any || (account == AccountFilter::With) == has)
                    });
                    let expected: BTreeSet<_> = expected.map(|(_, user)| user.id.to_string()).collect();
                    let what = format!("users {prefix:?} within {within:?} {account:?} by {sort:?}");
                    assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected, "{what}");
                    lists.push((what, found, dearest));
                }
            }
        }
    }
    lists
}

fn device_lists(tenant: &Filled) -> Lists {
    let states = [
        DeviceFilter::All,
        DeviceFilter::Active,
        DeviceFilter::Expired,
        DeviceFilter::Revoked,
    ];
    let mut lists = Vec::new();
    for (prefix, order) in ASKED {
        for state in states {
            let list = |after: (&str, &str)| match prefix {
                Some(prefix) => devices::find(&tenant.sql, prefix, state, NOW, after, 51).unwrap(),
                None => devices::in_order(&tenant.sql, state, NOW, span(order, after)).unwrap(),
            };
            let (found, dearest) = paged(&tenant.sql, |device| device.id.to_string(), list);
            let expected = tenant.devices.iter().filter(|device| {
                let words = device.applicant.search_words();
                let mut terms = words.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
                let is = match state {
                    DeviceFilter::All => true,
                    DeviceFilter::Active => device.is_usable(NOW),
                    DeviceFilter::Expired => device.revoked_at.is_none() && !device.is_usable(NOW),
                    DeviceFilter::Revoked => device.revoked_at.is_some(),
                };
                is && prefix.is_none_or(|prefix| terms.any(|term| term.starts_with(prefix)))
            });
            let expected = expected.map(|device| device.id.to_string()).collect();
            let what = format!("devices {prefix:?} {state:?}, {order:?} first");
            assert_found(&found, expected, (prefix, order), &what);
            lists.push((what, found, dearest));
        }
    }
    lists
}

fn registration_lists(tenant: &Filled) -> Lists {
    let mut lists = Vec::new();
    for (prefix, order) in ASKED {
        for waiting in [false, true] {
            let list = |after: (&str, &str)| match prefix {
                Some(prefix) => registrations::find(&tenant.sql, prefix, waiting, NOW, after, 51).unwrap(),
                None => registrations::list(&tenant.sql, waiting, NOW, span(order, after)).unwrap(),
            };
            let (found, dearest) = paged(&tenant.sql, |registration| registration.id.to_string(), list);
            let expected = tenant.registrations.iter().filter(|registration| {
                let words = registration.applicant.search_words();
                let mut terms = words.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
                (!waiting || registration.stage(NOW) == Stage::AwaitingApproval)
                    && prefix.is_none_or(|prefix| terms.any(|term| term.starts_with(prefix)))
            });
            let mut expected: Vec<_> = expected.collect();
            // Waiting requests are ordered by the time at which they expire.
            expected.sort_by_key(|one| (if waiting { one.expires_at } else { one.requested_at }, one.id.as_str()));
            let expected = expected.iter().map(|one| one.id.to_string()).collect();
            let what = format!("registrations {prefix:?}, waiting: {waiting}, {order:?} first");
            assert_found(&found, expected, (prefix, order), &what);
            lists.push((what, found, dearest));
        }
    }
    lists
}

#[test]
fn every_filter_finds_what_it_means_and_no_page_costs_more_in_a_larger_tenant() {
    for rare_have_accounts in [false, true] {
        let [few, many] = [FEW, MANY].map(|count| {
            let tenant = filled(count, rare_have_accounts);
            let mut lists = user_lists(&tenant, rare_have_accounts);
            lists.extend(device_lists(&tenant));
            lists.extend(registration_lists(&tenant));
            lists
        });
        for ((what, _, few), (_, found, many)) in few.iter().zip(&many) {
            assert!(
                *many < few * 3 / 2 + 300,
                "{few} steps became {many}, {} found: {what}",
                found.len()
            );
        }
    }
}

#[test]
fn where_to_go_on_tells_nothing_of_other_organisations() {
    let tenant = filled(FEW, true);
    // The organisation has a third of all users: enough members that the query walks the search results instead of the
    // member list.
    let random = CountingRandom::new(4);
    let own = OrganizationId::generate(&random);
    for user in tenant.users.iter().step_by(3) {
        let moved = User {
            organization: Some(own.clone()),
            display_name: PersonName::parse("渡辺 三郎").unwrap(),
            ..user.clone()
        };
        users::save(&tenant.sql, &moved, None).unwrap();
    }
    let within = serde_json::to_string(&[&own]).unwrap();
    let (mut place, mut found, mut pages) = ((String::new(), String::new()), 0, 0);
    loop {
        let query = Query {
            prefix: Some("s"),
            within: Some(&within),
            account: AccountFilter::Any,
            sort: UserSort::Name,
            after: (&place.0, &place.1),
            most: 51,
        };
        let listed = users::list(&tenant.sql, &query).unwrap();
        (found, pages) = (found + listed.rows.len(), pages + 1);
        let Some(more) = listed.more else { break };
        assert_eq!((more.0.as_str(), more.1.split('+').count()), ("", 2), "{more:?}");
        place = more;
    }
    assert!(pages > 2 && found > 100, "{pages} pages, {found} found");
}

#[test]
fn what_the_overview_counts_costs_no_more_in_a_larger_tenant() {
    let steps = |count, rare_have_accounts| {
        let tenant = filled(count, rare_have_accounts);
        let before = tenant.sql.steps();
        assert_eq!(registrations::count_waiting(&tenant.sql, NOW, 100).unwrap(), 3);
        assert!(users::any_without_account(&tenant.sql).unwrap());
        assert!(devices::any(&tenant.sql).unwrap());
        tenant.sql.steps() - before
    };
    for rare_have_accounts in [false, true] {
        assert!(steps(MANY, rare_have_accounts) < steps(FEW, rare_have_accounts) * 3 / 2);
    }
}
