//! Checks SQLite's query plans for the desk's lists, inquiries and mails: each must use an index, without a full table
//! scan and without sorting the rows it read. `lists.rs` counts the steps of the panel's larger lists.

use std::cell::RefCell;

use tegata_domain::equipment::SerialNumber;
use tegata_domain::id::EquipmentId;
use tegata_domain::inquiry::InquiryState;
use tegata_domain::jwk::Thumbprint;
use tegata_domain::panel::desk::CustomerSort;
use tegata_domain::panel::lists::Order;
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::migrations::{TENANT, apply};
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::{Row, Sql, SqlError, Value};
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::{attended, desk, desk_attended, enrolments, inquiries, launches, outbox, serials, wake};

/// A store that explains each statement before running it.
struct Explained {
    store: NativeSql,
    plans: RefCell<Vec<String>>,
}

impl Sql for Explained {
    fn run(&self, statement: &str, parameters: Vec<Value>) -> Result<Vec<Row>, SqlError> {
        for row in self
            .store
            .run(&format!("EXPLAIN QUERY PLAN {statement}"), parameters.clone())?
        {
            self.plans.borrow_mut().push(row.text(3)?.to_owned());
        }
        self.store.run(statement, parameters)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> bool) -> Result<(), SqlError> {
        self.store.transaction(body)
    }
}

fn check(name: &str, list: impl FnOnce(&dyn Sql) -> Result<usize, SqlError>) {
    let store = NativeSql::in_memory().expect("SQLite opens in memory");
    apply(&store, TENANT).expect("the tables can be created");
    let store = Explained {
        store,
        plans: RefCell::default(),
    };
    list(&store).expect("the list can be read");
    let plans = store.plans.into_inner();
    assert!(!plans.is_empty(), "{name}");
    for plan in plans {
        // A list without a range condition scans its index in order until the page is full. `CONSTANT ROW` is a SELECT
        // without a table.
        let bounded = ["USING", "json_each", "CONSTANT ROW"];
        let whole = plan.starts_with("SCAN") && !bounded.iter().any(|way| plan.contains(way));
        assert!(!whole && !plan.contains("TEMP B-TREE"), "{name}: {plan}");
    }
}

#[test]
fn lists_in_the_order_of_time_enter_their_index() {
    for order in [Order::Newest, Order::Oldest] {
        let span = Span {
            order,
            after: ("1795000000", "AAAAAAAAAAAAAAAAAAAAAA"),
            most: 51,
        };
        for state in [None, Some(InquiryState::Open)] {
            check("inquiries", |sql| {
                inquiries::list(sql, None, state, span).map(|listed| listed.rows.len())
            });
            check("the inbox", |sql| {
                desk::list_inquiries(sql, None, state, span).map(|listed| listed.rows.len())
            });
        }
        let machine = EquipmentId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        for equipment in [None, Some(&machine)] {
            for open in [false, true] {
                check("launches", |sql| {
                    launches::list(sql, equipment, None, open, span).map(|listed| listed.rows.len())
                });
            }
        }
        let customer = Slug::parse("minato").unwrap();
        for customer in [None, Some(&customer)] {
            for open in [None, Some(UnixSeconds(1_795_000_000))] {
                check("launches at customers", |sql| {
                    desk::list_launches(sql, customer, open, span).map(|listed| listed.rows.len())
                });
            }
        }
        for open in [false, true] {
            check("attended sessions", |sql| {
                attended::list(sql, open, span).map(|listed| listed.rows.len())
            });
        }
        for customer in [None, Some(&customer)] {
            for open in [None, Some(UnixSeconds(1_795_000_000))] {
                check("attended sessions at customers", |sql| {
                    desk_attended::list(sql, customer, open, span).map(|listed| listed.rows.len())
                });
            }
        }
        for open in [None, Some(UnixSeconds(1_795_000_000))] {
            check("machines that asked the provider", |sql| {
                enrolments::list_desk(sql, open, span).map(|listed| listed.rows.len())
            });
            check("machines that asked", |sql| {
                enrolments::list(sql, None, open, span).map(|listed| listed.rows.len())
            });
        }
        check("mails", |sql| {
            outbox::undeliverable(sql, span).map(|listed| listed.rows.len())
        });
    }
}

#[test]
fn sorted_lists_and_searches_enter_their_index() {
    let after = ("さ", "AAAAAAAAAAAAAAAAAAAAAA");
    for (prefix, sort) in [
        (None, CustomerSort::Name),
        (None, CustomerSort::Newest),
        (Some("みな"), CustomerSort::Name),
    ] {
        check("customers", |sql| {
            desk::list_customers(sql, prefix, sort, after, 51).map(|listed| listed.rows.len())
        });
    }
    let span = Span {
        order: Order::Newest,
        after,
        most: 51,
    };
    check("inquiries found", |sql| {
        inquiries::list(sql, Some("更新"), None, span).map(|listed| listed.rows.len())
    });
    check("the inbox, found", |sql| {
        desk::list_inquiries(sql, Some("更新"), Some(InquiryState::Open), span).map(|listed| listed.rows.len())
    });
}

#[test]
fn what_needs_attention_is_in_an_index() {
    let machine = EquipmentId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
    check("open on a machine", |sql| {
        launches::open_of(sql, &machine, 5).map(|found| found.len())
    });
    check("due", |sql| {
        launches::due(sql, UnixSeconds(1_795_000_000), 5).map(|found| found.len())
    });
    check("under way", |sql| launches::under_way(sql, 5).map(|found| found.len()));
    let now = UnixSeconds(1_795_000_000);
    check("attended, due", |sql| {
        attended::due(sql, now, 5).map(|found| found.len())
    });
    check("attended, under way", |sql| {
        attended::under_way(sql, 5).map(|found| found.len())
    });
    check("attended at customers, under way", |sql| {
        desk_attended::under_way(sql, now, (now, "minato", "A"), 5).map(|found| found.len())
    });
}

#[test]
fn machines_and_serial_numbers_are_found_in_an_index() {
    let serial = SerialNumber::parse("TG-2041").unwrap();
    let jkt = Thumbprint::parse(&"A".repeat(43)).unwrap();
    let now = UnixSeconds(1_795_000_000);
    check("serial number", |sql| {
        serials::of(sql, &serial, 5).map(|found| found.len())
    });
    check("machine", |sql| {
        enrolments::load_by_machine(sql, &jkt, &serial).map(|found| found.iter().count())
    });
    check("old", |sql| enrolments::forget(sql, now, 5).map(|()| 0));
}

#[test]
fn what_the_desks_overview_counts_is_in_an_index() {
    check("customers", |sql| desk::count_customers(sql).map(|counts| counts.len()));
    check("unfinished", |sql| {
        desk::unfinished_customers(sql, 5).map(|found| found.len())
    });
    check("open launches", |sql| {
        desk::open_launches(sql, UnixSeconds(1_795_000_000), 5).map(|found| found.len())
    });
    check("open questions", |sql| {
        desk::open_questions(sql, UnixSeconds(1_795_000_000), 5).map(|found| found.len())
    });
}

#[test]
fn what_an_object_waits_for_is_read_from_indexes() {
    check("waits", |sql| wake::waits(sql).map(|_| 0));
}
