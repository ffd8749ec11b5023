//! The import of equipment from a CSV file, and the export that it reads back.

use serde_json::{Value, json};
use tegata_domain::wire::b64;

use crate::equipment::registered;
use crate::support::edge::assert_same;
use crate::support::scene::text;
use crate::support::staff::{Credential, Staff};

fn import(staff: &Staff, who: &Credential, file: &[u8], dry_run: bool) -> (u16, Value) {
    let body = json!({ "data": b64::encode_standard(file), "dry_run": dry_run });
    let answer = staff.send(who, "POST", "/equipment/import", Some(&body));
    (answer.status.as_u16(), answer.json())
}

fn imported(staff: &Staff, file: &str) -> Value {
    let (status, report) = import(staff, &staff.administrator, file.as_bytes(), false);
    assert_eq!((status, &report["imported"]), (200, &json!(true)), "{report}");
    report
}

fn counts(report: &Value) -> [i64; 4] {
    ["created", "updated", "unchanged", "wrong"].map(|name| report[name].as_i64().unwrap())
}

/// The reasons why a file cannot be imported: row and column of each.
fn errors(staff: &Staff, file: &str) -> Vec<String> {
    let (status, report) = import(staff, &staff.administrator, file.as_bytes(), true);
    assert_eq!(status, 200, "{report}");
    let rows = report["rows"].as_array().unwrap();
    let told = rows.iter().flat_map(|row| {
        let errors = row["errors"].as_array().unwrap().iter();
        errors.map(move |error| format!("{} {}", row["row"], error["column"].as_str().unwrap()))
    });
    told.collect()
}

fn exported(staff: &Staff, who: &Credential) -> String {
    let answer = staff.send(who, "GET", "/equipment/export", None);
    assert_eq!(answer.status, 200);
    answer.body
}

fn rows(staff: &Staff) -> Vec<String> {
    staff.edge().rows_of("aozora", &["session", "audit"])
}

#[test]
fn a_file_registers_and_changes_and_says_so_before() {
    let staff = Staff::new();
    let organization = staff.organization("製造部", None);
    registered(&staff, "TG-1", None);
    let file = "\u{feff}名称,製造番号,設置場所,組織のID,担当の管理者のID,備考\r\n\
                検査装置 2号,tg-1,第一工場,製造部,hanako,\"一行目\n二行目\"\r\n\
                搬送機,TG-2,,,,\r\n";
    let before = rows(&staff);
    let (status, preview) = import(&staff, &staff.administrator, file.as_bytes(), true);
    assert_eq!(
        (status, counts(&preview), &preview["imported"]),
        (200, [1, 1, 0, 0], &json!(false))
    );
    assert_eq!(
        (
            &preview["rows"][0]["row"],
            &preview["rows"][0]["outcome"],
            &preview["rows"][0]["changes"]
        ),
        (
            &json!(2),
            &json!("update"),
            &json!(["name", "serial_number", "place", "organization", "responsible", "notes"])
        )
    );
    assert_same(&before, &rows(&staff), "a preview");
    assert_eq!(counts(&imported(&staff, file)), [1, 1, 0, 0]);
    let listed = staff.done(200, "GET", "/equipment", None);
    let found = |name: &str| {
        let items = listed["items"].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap().clone()
    };
    let (changed, new) = (found("検査装置 2号"), found("搬送機"));
    assert_eq!(
        (&changed["organization"], &changed["notes"], &changed["serial_number"]),
        (&json!(organization), &json!("一行目\n二行目"), &json!("tg-1"))
    );
    assert_eq!(changed["responsible"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&new["remote_assistance"], &new["place"]),
        (&json!(false), &Value::Null)
    );
    let log = staff.done(200, "GET", "/audit?object=equipment/", None);
    let entries: Vec<&str> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|e| e["action"].as_str())
        .collect();
    assert_eq!(
        entries[..3],
        ["equipment.create", "equipment.update", "equipment.import"]
    );
    assert_eq!(log["items"][2]["outcome"], "created: 1, updated: 1, unchanged: 0");
    assert_eq!(counts(&imported(&staff, file)), [0, 0, 2, 0], "the same file again");
}

#[test]
fn what_was_exported_changes_nothing_when_it_comes_back() {
    let staff = Staff::new();
    let organization = staff.organization("製造部", None);
    let (_, danish) = staff.join("leder", "system_administrator", None);
    let me = text(&staff.done(200, "GET", "/session", None)["user_id"]);
    for (number, name) in ["=1+1", "'=1", "+81", "a,b", "\"x\"", "a;=b", "'a", "- 1"]
        .iter()
        .enumerate()
    {
        let new = json!({
            "name": name, "serial_number": format!("-{number}"), "model": name, "place": name, "organization": organization,
            "responsible": [me], "notes": format!("{name}\n{name}\n-x"),
        });
        let id = text(&staff.done(201, "POST", "/equipment", Some(&new))["id"]);
        if number == 3 {
            staff.done(200, "POST", &format!("/equipment/{id}/retire"), None);
        }
        if number == 4 {
            let switches = json!({ "version": 1, "remote_assistance": true, "manual_launch": false });
            staff.done(200, "PATCH", &format!("/equipment/{id}/switches"), Some(&switches));
        }
    }
    let again = json!({ "name": "後継機", "serial_number": "-3" });
    staff.done(201, "POST", "/equipment", Some(&again));
    for who in [&staff.administrator, &danish] {
        let file = exported(&staff, who);
        for line in file.lines() {
            assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
        }
        let before = rows(&staff);
        // Whoever imports it may read another language than whoever exported it.
        for importer in [&staff.administrator, &danish] {
            let (status, report) = import(&staff, importer, file.as_bytes(), false);
            assert_eq!((status, counts(&report)), (200, [0, 0, 9, 0]), "{report}");
        }
        assert_same(&before, &rows(&staff), "an export that came back");
    }
}

#[test]
fn a_file_is_read_as_spreadsheets_in_japan_and_denmark_write_it() {
    let staff = Staff::new();
    // 名称,製造番号 / 機器①,SJ-1 in Shift_JIS.
    let shift_jis = b"\x96\xbc\x8f\xcc,\x90\xbb\x91\xa2\x94\xd4\x8d\x86\r\n\x8b\x40\x8a\xed\x87\x40,SJ-1\r\n";
    let (status, report) = import(&staff, &staff.administrator, shift_jis, false);
    assert_eq!((status, counts(&report)), (200, [1, 0, 0, 0]), "{report}");
    let (_, danish) = staff.join("leder", "system_administrator", None);
    let windows = b"Navn;Serienummer\r\nM\xe5ler;DK-1\r\n";
    let (status, report) = import(&staff, &danish, windows, false);
    assert_eq!((status, counts(&report)), (200, [1, 0, 0, 0]), "{report}");
    imported(&staff, "name\tserial_number\nTabbed\tT-1\n");
    let listed = staff.done(200, "GET", "/equipment", None);
    let names: Vec<&str> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|i| i["name"].as_str())
        .collect();
    assert_eq!(
        names,
        ["Måler", "Tabbed", "機器①"].map(|name| *names.iter().find(|n| **n == name).unwrap())
    );
}

#[test]
fn one_wrong_row_stops_the_whole_file() {
    let staff = Staff::new();
    let first = registered(&staff, "TG-1", None);
    for _ in 0..2 {
        staff.organization("検査課", None);
    }
    let gone = registered(&staff, "TG-0", None);
    staff.done(200, "POST", &format!("/equipment/{gone}/retire"), None);
    let before = rows(&staff);
    let head = "id,name,serial_number,organization,responsible,state,remote_assistance,notes";
    for (lines, expected) in [
        (",,TG-2,,,,,", &["2 name"][..]),
        (",装置,,,,,,", &["2 serial_number"]),
        (",装置,ТG-2,,,,,", &["2 serial_number"]),
        (",装置,TG-2,営業部,,,,", &["2 organization"]),
        (",装置,TG-2,検査課,,,,", &["2 organization"]),
        (",装置,TG-2,,nobody,,,", &["2 responsible"]),
        (",装置,TG-2,,AAAAAAAAAAAAAAAAAAAAAA,,,", &["2 responsible"]),
        (",装置,TG-2,,,廃止済み,,", &["2 state"]),
        (",装置,TG-2,,,,あり,", &["2 remote_assistance"]),
        (",装置,TG-2,,,,,\u{202e}", &["2 notes"]),
        (",装置,TG-2,,,,,\n,装置,tg-2,,,,,", &["3 serial_number"]),
        ("AAAAAAAAAAAAAAAAAAAAAA,装置,TG-2,,,,,", &["2 id"]),
        ("x,装置,TG-2,,,,,", &["2 id"]),
        ("{first},装置,TG-1,,,,,\n{first},別,TG-3,,,,,", &["3 id"]),
        ("{gone},装置,TG-0,,,,,", &["2 state"]),
        (
            ",良い,TG-5,,,,,\n,,,,,,yes,",
            &["3 remote_assistance", "3 name", "3 serial_number"],
        ),
    ] {
        let lines = lines.replace("{first}", &first).replace("{gone}", &gone);
        let file = format!("{head}\n{lines}\n");
        assert_eq!(errors(&staff, &file), expected, "{lines}");
        let (status, problem) = import(&staff, &staff.administrator, file.as_bytes(), false);
        assert_eq!((status, &problem["field"]), (400, &json!("data")), "{problem}");
        let told = problem["detail"].as_str().unwrap();
        let row = expected[0].split(' ').next().unwrap();
        assert!(told.starts_with(&format!("row {row}, ")), "{told}");
    }
    assert_same(&before, &rows(&staff), "a file with a wrong row");
    // A number leads to the equipment that has it now, not to the one that another row gives it to.
    let file = format!("id,name,serial_number\n{first},装置,TG-8\n,装置,TG-1\n");
    assert_eq!(errors(&staff, &file), ["3 id"]);
}

#[test]
fn a_file_that_is_none_is_refused_as_a_whole() {
    let staff = Staff::new();
    let before = rows(&staff);
    let long = format!("name,serial_number\n{}", "a,b\n".repeat(2_001));
    let large = format!("name,serial_number\n{},b\n", "a".repeat(1024 * 1024));
    for (file, detail) in [
        (&b""[..], "must not be empty"),
        (b"\n\n", "must not be empty"),
        (b"name\nx\n", "the column serial_number is missing"),
        (
            b"name,serial_number,colour\n",
            "unknown or repeated heading: \"colour\"",
        ),
        (b"name,name,serial_number\n", "unknown or repeated heading: \"name\""),
        (b"name,serial_number\na\n", "row 2: must have 2 cells, as the headings"),
        (b"name,serial_number\n\"a,b\n", "row 2: must be CSV (RFC 4180)"),
        (
            b"name,serial_number\n\xff\xfe,1\n",
            "must be text in UTF-8 or Shift_JIS",
        ),
        (b"name,serial_number\na\0,1\n", "must be text in UTF-8 or Shift_JIS"),
        (b"PK\x03\x04\x14\x00", "must be text in UTF-8 or Shift_JIS"),
        (long.as_bytes(), "must have at most 2,000 rows"),
        (large.as_bytes(), "must be a file of at most 1 MB"),
    ] {
        let (status, problem) = import(&staff, &staff.administrator, file, false);
        assert_eq!(
            (status, &problem["field"], &problem["detail"]),
            (400, &json!("data"), &json!(detail))
        );
    }
    for (body, field) in [
        (json!({ "data": "***" }), "data"),
        (json!({}), "data"),
        (json!({ "data": "", "dry_run": "yes" }), "dry_run"),
        (json!({ "data": "", "file": "" }), "file"),
    ] {
        assert_eq!(
            staff.done(400, "POST", "/equipment/import", Some(&body))["field"],
            field
        );
    }
    assert_same(&before, &rows(&staff), "a file that is none");
}

#[test]
fn two_thousand_rows_are_one_import() {
    let staff = Staff::new();
    let rows: String = (0..2_000)
        .map(|number| format!("装置 {number},S-{number:04}\n"))
        .collect();
    let report = imported(&staff, &format!("name,serial_number\n{rows}"));
    assert_eq!(counts(&report), [2_000, 0, 0, 0]);
    let found = staff.done(200, "GET", "/equipment?q=s-1999", None);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[test]
fn an_organisations_administrator_imports_for_it_alone() {
    let staff = Staff::new();
    let factory = staff.organization("工場", None);
    let office = staff.organization("事務所", None);
    let (_, local) = staff.join("leder", "organization_administrator", Some(&factory));
    let theirs = registered(&staff, "TG-1", Some(&office));
    let before = rows(&staff);
    for lines in [
        ",装置,TG-2,".to_owned(),
        ",装置,TG-2,事務所".to_owned(),
        format!(",装置,TG-2,{office}"),
        ",装置,TG-1,工場".to_owned(),
        format!("{theirs},装置,TG-1,工場"),
    ] {
        let file = format!("id,name,serial_number,organization\n{lines}\n");
        let (status, problem) = import(&staff, &local, file.as_bytes(), false);
        assert_eq!((status, &problem["field"]), (400, &json!("data")), "{lines}");
    }
    assert_same(&before, &rows(&staff), "an import for others");
    let (status, report) = import(
        &staff,
        &local,
        "name,serial_number,organization\n装置,TG-2,工場\n".as_bytes(),
        false,
    );
    assert_eq!((status, counts(&report)), (200, [1, 0, 0, 0]), "{report}");
    let file = exported(&staff, &local);
    let (_, report) = import(&staff, &local, file.as_bytes(), false);
    assert_eq!(counts(&report), [0, 0, 1, 0], "{report}");
}
