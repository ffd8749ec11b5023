//! Pins every stored format byte for byte. This version must read rows written by any released version, and must write
//! rows the way they always were written: a failure here calls for a migration, not for a changed literal.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tegata_domain::account::{Account, AccountName, AdministratorView, Alerts, Password};
use tegata_domain::agent::{Agent, Enrolment};
use tegata_domain::alert::{Alert, Digest};
use tegata_domain::application::Application;
use tegata_domain::appointment::Appointment;
use tegata_domain::approval::Approval;
use tegata_domain::asked::Asked;
use tegata_domain::attended::{Attended, DeskAttended};
use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::head::AuditHead;
use tegata_domain::calendar_feed::StoredFeed;
use tegata_domain::console_session::ConsoleSession;
use tegata_domain::desk::Customer;
use tegata_domain::device::{Device, RevocationSnapshot};
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::enrolment::EnrolmentRequest;
use tegata_domain::enrolment::answer::AnsweredMachine;
use tegata_domain::enrolment::organization::ServiceOrganization;
use tegata_domain::equipment::Equipment;
use tegata_domain::gathered::Gathered;
use tegata_domain::inquiry::{Attachment, DeskInquiry, Inquiry, InquiryMessage};
use tegata_domain::jwk::PublicKeySet;
use tegata_domain::keyring::Key;
use tegata_domain::launch::{DeskLaunch, Launch};
use tegata_domain::lockout::Tries;
use tegata_domain::mail::AppointmentNews;
use tegata_domain::organization::Organization;
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::panel::users::{AccountFilter, UserSort};
use tegata_domain::passkey::{IssuedChallenge, Passkey};
use tegata_domain::personal_token::PersonalToken;
use tegata_domain::question::{DeskQuestion, Question};
use tegata_domain::registration::Registration;
use tegata_domain::session::SessionReport;
use tegata_domain::session::control::ChatMessage;
use tegata_domain::session::record::{DeedRecord, Inside, OfferRecord, Pass, SessionRecord};
use tegata_domain::socket::Holder;
use tegata_domain::tenant::{Tenant, TenantView};
use tegata_domain::time::UnixSeconds;
use tegata_domain::user::User;
use tegata_domain::wire::json;
use tegata_kv_schema::migrations::{self, TENANT};
use tegata_kv_schema::native::NativeSql;
use tegata_kv_schema::sql::Sql as _;
use tegata_kv_schema::users::Query;
use tegata_kv_schema::{accounts, outbox, users};

/// Checks that the stored text can be read, and is written back identically.
fn unchanged<T: Serialize + DeserializeOwned>(stored: &str) {
    let record: T = json::read(stored).expect("a stored record can still be read");
    let written = serde_json::to_string(&record).expect("a record can be written");
    assert_eq!(written, stored);
}

#[test]
fn support_session_formats_unchanged() {
    let (id, jkt) = ("AAAAAAAAAAAAAAAAAAAAAA", "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    let by = format!(r#"{{"provider":"kita-desk","user":"{id}","name":"鈴木 一郎","client":"192.0.2.1"}}"#);
    unchanged::<SessionRecord>(&format!(
        r#"{{"number":"123456789","tenant":"aozora","launch":"{id}","reports":3,"live":{{"provider":"kita-desk","tenant_name":"あおぞら製作所","equipment":"5軸加工機 7号機","serial_number":"SN-0007","agent":"{id}","jkt":"{jkt}","host_name":"line-7","kid":"k1","password_hash":"abc","abilities":["diagnostics","restart_software","restart_machine"],"until":1795003600,"wrong":2,"warned":false,"agent_joined":true,"agent_connections":2,"connections":3}}}}"#
    ));
    unchanged::<SessionRecord>(&format!(
        r#"{{"number":"123456789","tenant":"aozora","launch":"{id}","reports":3,"ended_at":1795003600}}"#
    ));
    unchanged::<Inside>(&format!(r#"{{"address":2,"by":{by},"resume":"{jkt}"}}"#));
    unchanged::<Inside>(&format!(r#"{{"address":2,"by":{by}}}"#));
    unchanged::<Pass>(&format!(r#"{{"by":{by},"expires_at":1795000030}}"#));
    unchanged::<Pass>(&format!(r#"{{"by":{by},"resumes":2}}"#));
    let deed = format!(r#"{{"id":"{id}","by":{by},"address":2,"deed":{{"what":"#);
    unchanged::<DeedRecord>(&format!(r#"{deed}"log_tail","log":"app"}},"stream":7}}"#));
    unchanged::<DeedRecord>(&format!(r#"{deed}"restart_machine"}},"outcome":"done"}}"#));
    unchanged::<SessionReport>(r#"{"number":1,"at":1795000000,"event":"opened"}"#);
    unchanged::<SessionReport>(&format!(
        r#"{{"number":2,"at":1795000000,"event":"did","by":{by},"ability":"diagnostics","detail":"app","outcome":"unknown"}}"#
    ));
    unchanged::<SessionReport>(r#"{"number":3,"at":1795000000,"event":"ended","why":"expired","by":null}"#);
    let file = format!(
        r#"{{"id":"{id}","name":"検査結果.csv","size":3,"sha256":"{}"}}"#,
        "0".repeat(64)
    );
    let guest =
        format!(r#"{{"guest":"{id}","name":"佐藤 花子","email":"hanako.sato@aozora.example","client":"192.0.2.2"}}"#);
    unchanged::<SessionRecord>(&format!(
        r#"{{"number":"123456789","tenant":"aozora","launch":"{id}","reports":3,"live":{{"provider":"kita-desk","tenant_name":"あおぞら製作所","equipment":"","serial_number":"","host_name":"","title":"印刷のずれの確認","unconsented":true,"files":{{"largest":10,"types":["log"]}},"opened_at":1795000000,"chats":4,"typed":5,"kid":"k1","password_hash":"abc","abilities":["view_screen","control_screen","terminal","files"],"until":1795003600,"wrong":2,"knocked":1,"warned":false,"agent_joined":false,"agent_connections":0,"connections":3}}}}"#
    ));
    unchanged::<Inside>(&format!(r#"{{"address":3,"by":{guest},"sharing":"monitor"}}"#));
    unchanged::<OfferRecord>(&format!(r#"{{"file":{file},"by":{{"machine":"line-7"}},"address":1}}"#));
    unchanged::<ChatMessage>(&format!(
        r#"{{"number":1,"id":"{id}","by":3,"role":"guest","name":"佐藤 花子","at":1795000000,"text":"一行目\n二行目"}}"#
    ));
    for event in [
        format!(r#""event":"joined","by":{guest}"#),
        format!(r#""event":"removed","by":{by},"who":{guest}"#),
        format!(r#""event":"sharing","by":{guest},"surface":"window""#),
        format!(r#""event":"said","message":1,"by":{guest},"text":"はい""#),
        format!(r#""event":"offered","by":{by},"file":{file}"#),
        format!(r#""event":"received","by":{guest},"from":{by},"file":{file},"outcome":"mismatch""#),
        format!(r#""event":"typed","by":{by},"lines":"[0.000,\"o\",\"x\"]\n""#),
        format!(r#""event":"ended","why":"guest","by":{guest}"#),
    ] {
        unchanged::<SessionReport>(&format!(r#"{{"number":4,"at":1795000000,{event}}}"#));
    }
    let flow = |credit: u32| format!(r#"{{"s":100,"c":{credit}}}"#);
    unchanged::<Holder>(&format!(
        r#"{{"participant":{{"address":2,"connection":2,"control":{},"opened":7,"streams":{{"7":{{"k":5,"t":{},"b":{},"e":[true,false]}}}}}}}}"#,
        flow(65_536),
        flow(65_536),
        flow(131_072)
    ));
    unchanged::<Holder>(&format!(
        r#"{{"participant":{{"address":2,"connection":2,"control":{0},"opened":0,"opened_as_lower":2147483648,"streams":{{"2147483648":{{"k":3,"t":{0},"b":{0},"e":[false,false],"p":3}}}}}}}}"#,
        flow(65_536)
    ));
}

#[test]
fn tenant_format_unchanged() {
    unchanged::<Tenant>(
        r#"{"slug":"aozora","kind":"tenant","provider":"kita-support","name":"あおぞら製作所","locale":"ja","time_zone":"Asia/Tokyo","policy":{"activation":"mailed_code","mail_domains":["aozora.example"],"approval_life_seconds":259200,"code_life_seconds":86400,"confirm_address_first":false,"approver_must_log_in":false,"device_life_seconds":null,"data_origin":"https://data.aozora.example"},"state":"active","created_at":1795000000,"introspection":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"}"#,
    );
    unchanged::<Tenant>(
        r#"{"slug":"kita-support","kind":"provider","provider":null,"name":"北サポート","locale":"da","time_zone":"Europe/Copenhagen","policy":{"activation":"approval_only","mail_domains":[],"approval_life_seconds":60,"code_life_seconds":60,"confirm_address_first":true,"approver_must_log_in":true,"device_life_seconds":3600,"data_origin":null},"state":"suspended","created_at":1795000000,"introspection":null,"version":2}"#,
    );
    let contract = r#""version":1,"contact":{"name":"佐藤 花子","email":"hanako.sato@aozora.example","phone":"03-0000-0000"},"applied_on":"2026-11-16","application":"AAAAAAAAAAAAAAAAAAAAAA""#;
    let policy = r#"{"activation":"mailed_code","mail_domains":[],"approval_life_seconds":259200,"code_life_seconds":86400,"confirm_address_first":false,"approver_must_log_in":false,"device_life_seconds":null,"data_origin":null}"#;
    unchanged::<Tenant>(&format!(
        r#"{{"slug":"aozora","kind":"tenant","provider":"kita-support","name":"あおぞら製作所","locale":"ja","time_zone":"Asia/Tokyo","policy":{policy},"state":"active","created_at":1795000000,"introspection":null,{contract}}}"#
    ));
}

#[test]
fn application_format_unchanged() {
    let recorded = r#""id":"AAAAAAAAAAAAAAAAAAAAAA","company":"みなと工機","contact":{"name":"田中 翔","email":"sho@minato.example","phone":null}"#;
    let by = r#""recorded_at":1795000000,"recorded_by":"AQAAAAAAAAAAAAAAAAAAAA","recorded_by_name":"鈴木 一郎""#;
    for (details, closed) in [
        (r#""domain":null,"applied_on":"2026-11-16","note":null"#, "null"),
        (
            r#""domain":"minato","applied_on":"2026-11-16","note":"一行目\n二行目""#,
            r#"{"outcome":"contract","customer":"minato","reason":null,"at":1795000060,"by":null,"by_name":null}"#,
        ),
        (
            r#""domain":"minato","applied_on":"2026-11-16","note":null"#,
            r#"{"outcome":"declined","customer":null,"reason":"対象外の地域です","at":1795000060,"by":"AQAAAAAAAAAAAAAAAAAAAA","by_name":"鈴木 一郎"}"#,
        ),
    ] {
        unchanged::<Application>(&format!(r#"{{{recorded},{details},{by},"closed":{closed}}}"#));
    }
}

const USER: &str = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","display_name":"佐藤 花子","phonetic_name":"サトウ ハナコ","emails":[{"value":"hanako.sato@aozora.example","type":"work","primary":true},{"value":"hanako@mail.example","type":"mobile","primary":false}],"organization":"AQAAAAAAAAAAAAAAAAAAAA","external_id":"E-0042","version":3,"created_at":1795000000,"updated_at":1795000600}"#;

#[test]
fn user_format_unchanged() {
    unchanged::<User>(USER);
    unchanged::<Organization>(
        r#"{"id":"AQAAAAAAAAAAAAAAAAAAAA","parent":null,"name":"設計部","version":1,"created_at":1795000000,"updated_at":1795000000}"#,
    );
}

#[test]
fn account_format_unchanged() {
    let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA";
    for password in [
        format!(r#"{{"kind":"first","hash":"{hash}","key":"lAAAAAAAAAAA","issue":0,"until":1795604800}}"#),
        format!(r#"{{"kind":"first","hash":"{hash}","key":null,"issue":1795000000,"until":1795604800}}"#),
        format!(r#"{{"kind":"own","hash":"{hash}","since":1795000000}}"#),
        r#"{"kind":"spent","issue":2}"#.to_owned(),
    ] {
        unchanged::<Account>(&format!(
            r#"{{"user":"AAAAAAAAAAAAAAAAAAAAAA","name":"hanako","role":"system_administrator","organization":null,"support_option":true,"alerts":{{"device":true,"refused":true,"lockout":true,"token_reuse":true,"undeliverable":false,"audit":true}},"locale":"ja","time_zone":"Asia/Tokyo","password":{password},"created_at":1795000000,"last_login_at":null,"version":1}}"#
        ));
    }
}

#[test]
fn alerts_that_were_added_later_are_stored_where_they_are_off() {
    for later in [
        r#","data_origin":false"#,
        r#","suspended":false"#,
        r#","data_origin":false,"suspended":false"#,
    ] {
        unchanged::<Account>(&format!(
            r#"{{"user":"AAAAAAAAAAAAAAAAAAAAAA","name":"hanako","role":"auditor","organization":null,"support_option":true,"alerts":{{"device":true,"refused":true,"lockout":true,"token_reuse":true,"undeliverable":false,"audit":true{later}}},"locale":"ja","time_zone":"Asia/Tokyo","password":{{"kind":"spent","issue":2}},"created_at":1795000000,"last_login_at":null,"version":1}}"#
        ));
    }
    let before =
        r#"{"device":false,"refused":false,"lockout":false,"token_reuse":false,"undeliverable":false,"audit":false}"#;
    let alerts: Alerts = json::read(before).expect("earlier settings can still be read");
    assert!(
        alerts.data_origin && alerts.suspended,
        "what was never switched off is on"
    );
}

#[test]
fn session_and_token_formats_unchanged() {
    for state in ["signed_in", "new_password"] {
        unchanged::<ConsoleSession>(&format!(
            r#"{{"id":"AAAAAAAAAAAAAAAAAAAAAA","user":"AQAAAAAAAAAAAAAAAAAAAA","state":"{state}","created_at":1795000000,"last_seen_at":1795000300,"authenticated_at":1795000000,"expires_at":1795043200,"address":"192.0.2.1","agent":"Mozilla/5.0"}}"#
        ));
    }
    unchanged::<PersonalToken>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","user":"AQAAAAAAAAAAAAAAAAAAAA","name":"夜間の書き出し","scopes":["devices.read","audit.read"],"created_at":1795000000,"expires_at":1797592000,"last_used_at":null}"#,
    );
    unchanged::<ConsoleSession>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","user":"AQAAAAAAAAAAAAAAAAAAAA","state":"passkey","created_at":1795000000,"last_seen_at":1795000000,"authenticated_at":1795000000,"expires_at":1795000300,"address":"192.0.2.1","agent":""}"#,
    );
    unchanged::<Tries>(r#"{"count":5,"until":1795000030,"last":1795000000}"#);
}

#[test]
fn gathered_format_unchanged() {
    unchanged::<Gathered>(r#"{"written_at":1795000000,"entries":7,"waiting":999,"client":null}"#);
    unchanged::<Gathered>(r#"{"written_at":1795000000,"entries":1,"waiting":2,"client":"192.0.2.1"}"#);
}

#[test]
fn passkey_formats_unchanged() {
    unchanged::<Passkey>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","user":"AQAAAAAAAAAAAAAAAAAAAA","credential":"AQID","public_key":"pQECAyYgASFYIA","counter":7,"transports":["internal","hybrid"],"name":"受付のPC","can_sync":true,"synced":false,"created_at":1795000000,"last_used_at":1795000300}"#,
    );
    unchanged::<IssuedChallenge>(r#"{"purpose":"log_in","session":null,"expires_at":1795000300}"#);
    for purpose in ["add", "confirm"] {
        unchanged::<IssuedChallenge>(&format!(
            r#"{{"purpose":"{purpose}","session":"AAAAAAAAAAAAAAAAAAAAAA","expires_at":1795000300}}"#
        ));
    }
    unchanged::<Account>(
        r#"{"user":"AAAAAAAAAAAAAAAAAAAAAA","name":"hanako","role":"auditor","organization":null,"support_option":false,"alerts":{"device":true,"refused":true,"lockout":true,"token_reuse":true,"undeliverable":true,"audit":true},"locale":"ja","time_zone":"Asia/Tokyo","password":{"kind":"spent","issue":2},"second_factor":true,"created_at":1795000000,"last_login_at":null,"version":1}"#,
    );
}

#[test]
fn administrators_of_the_first_release_become_users_with_accounts() {
    let sql = NativeSql::in_memory().expect("SQLite opens in memory");
    let released = TENANT.get(..16).expect("the first release had 16 steps");
    migrations::apply(&sql, released).expect("the first release's tables are created");
    let record = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","name":"佐藤 花子","email":"hanako.sato@aozora.example","account":"hanako","locale":"ja","time_zone":"Asia/Tokyo","role":"system_administrator","password_hash":"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA","password_key":"lAAAAAAAAAAA","password_until":1795604800,"created_at":1795000000}"#;
    sql.run(
        "INSERT INTO administrator (id, account, record) VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 'hanako', ?)",
        vec![record.into()],
    )
    .expect("an administrator can be stored");
    migrations::apply(&sql, TENANT).expect("the remaining steps can be applied");

    let name = AccountName::parse("hanako").expect("a name");
    let account = accounts::load_by_name(&sql, &name)
        .expect("accounts can be read")
        .expect("the account exists");
    let user = users::load(&sql, &account.user)
        .expect("users can be read")
        .expect("the user exists");
    assert_eq!(user.display_name.as_str(), "佐藤 花子");
    assert_eq!(
        user.emails.primary().map(|address| address.as_str()),
        Some("hanako.sato@aozora.example")
    );
    assert!(
        matches!(account.password, Password::First { issue: 0, .. }),
        "the mailed password is still a first password"
    );
    let found = |prefix| {
        let query = Query {
            prefix: Some(prefix),
            within: None,
            account: AccountFilter::With,
            sort: UserSort::Name,
            after: ("", ""),
            most: 10,
        };
        users::list(&sql, &query).expect("users can be listed").rows.len()
    };
    assert_eq!(
        [found("佐藤"), found("hanako.sa"), found("hanako"), found("hanakos")],
        [1, 1, 1, 0]
    );
}

#[test]
fn customers_and_requests_of_the_first_release_are_found() {
    let sql = NativeSql::in_memory().expect("SQLite opens in memory");
    let released = TENANT.get(..16).expect("the first release had 16 steps");
    migrations::apply(&sql, released).expect("the first release's tables are created");
    let tenant = r#"{"slug":"aozora","kind":"tenant","provider":"kazuki","name":"あおぞら製作所","locale":"ja","time_zone":"Asia/Tokyo","policy":{},"state":"active","created_at":1795000000,"introspection":null}"#;
    let request = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","applicant":{"name":"Taro Yamada","email":"taro@aozora.example","device_name":"受付PC"},"requested_at":1795000000,"stage":"awaiting_approval"}"#;
    for (statement, record) in [
        ("INSERT INTO tenant (id, record) VALUES (1, ?)", tenant),
        (
            "INSERT INTO registration (id, ends_at, record) VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 1795086400, ?)",
            request,
        ),
    ] {
        sql.run(statement, vec![record.into()]).expect("a record can be stored");
    }
    migrations::apply(&sql, TENANT).expect("the remaining steps can be applied");

    let due = outbox::due(&sql, UnixSeconds(1_795_000_001), 8).expect("the outbox can be read");
    assert_eq!(due.len(), 1);
    assert!(due.iter().all(|row| row.message == Message::TellCustomer));
    for term in ["taro yamada", "taro@aozora.example", "受付pc"] {
        let rows = sql
            .run(
                "SELECT id FROM search_term WHERE kind = 'registration' AND term = ?",
                vec![term.into()],
            )
            .expect("terms can be read");
        assert_eq!(rows.len(), 1, "{term}");
    }
}

#[test]
fn registration_format_unchanged() {
    unchanged::<Registration>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","client_id":"viewer","scope":"view","applicant":{"name":"山田 太郎","email":"taro@aozora.example","organization":"あおぞら製作所","device_name":"受付PC","locale":"ja","jkt":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"},"outside_mail_domains":false,"activation":"mailed_code","stage":"redeemed","requested_at":1795000000,"expires_at":1795086400,"approval":"AQAAAAAAAAAAAAAAAAAAAA","approved_at":1795000060,"code_key":"lAAAAAAAAAAA","tries_left":4,"resends":1,"mailed_at":1795000060,"reason":null,"device":"AgAAAAAAAAAAAAAAAAAAAA","redeem_key":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg","device_codes":["n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"]}"#,
    );
}

#[test]
fn registration_stages_unchanged() {
    use tegata_domain::registration::Stage;
    for stage in [
        "awaiting_address",
        "awaiting_approval",
        "awaiting_code",
        "activated",
        "redeemed",
        "refused",
        "withdrawn",
        "expired",
        "failed",
    ] {
        unchanged::<Stage>(&format!("\"{stage}\""));
    }
}

#[test]
fn approval_format_unchanged() {
    unchanged::<Approval>(
        r#"{"id":"AQAAAAAAAAAAAAAAAAAAAA","kind":"viewer","subject":"AAAAAAAAAAAAAAAAAAAAAA","requested_at":1795000000,"expires_at":1795259200,"withdrawn":false,"decision":null,"receipt":null}"#,
    );
    unchanged::<Approval>(
        r#"{"id":"AQAAAAAAAAAAAAAAAAAAAA","kind":"viewer","subject":"AAAAAAAAAAAAAAAAAAAAAA","requested_at":1795000000,"expires_at":1795259200,"withdrawn":false,"decision":{"outcome":"refused","by":"AAAAAAAAAAAAAAAAAAAAAA","name":"佐藤 花子","email":"hanako.sato@aozora.example","at":1795000060,"reason":"知らない人です","locale":"ja"},"receipt":"e30.e30.AA"}"#,
    );
}

#[test]
fn approval_of_a_question_format_unchanged() {
    let decision = r#"{"outcome":"approved","by":"AAAAAAAAAAAAAAAAAAAAAA","name":"佐藤 花子","email":"hanako.sato@aozora.example","at":1795000060,"reason":null,"locale":"ja"}"#;
    unchanged::<Approval>(&format!(
        r#"{{"id":"AQAAAAAAAAAAAAAAAAAAAA","kind":"question","subject":"AAAAAAAAAAAAAAAAAAAAAA","requested_at":1795000000,"expires_at":1795259200,"withdrawn":false,"required":2,"agreed":[{{"decision":{decision},"receipt":"e30.e30.AA"}}],"decision":null,"receipt":null}}"#
    ));
}

#[test]
fn question_formats_unchanged() {
    let asker = r#"{"provider":"kita-support","provider_name":"北サポート","user":"AAAAAAAAAAAAAAAAAAAAAA","name":"鈴木 一郎","email":"ichiro@kita-support.example"}"#;
    let asked = format!(
        r#""id":"AAAAAAAAAAAAAAAAAAAAAA","title":"夜間の再起動","text":"一行目\n二行目","reference":"T-1024","asked_by":{asker}"#
    );
    unchanged::<Question>(&format!(
        r#"{{{asked},"asked_at":1795000000,"approval":"AQAAAAAAAAAAAAAAAAAAAA"}}"#
    ));
    unchanged::<DeskQuestion>(&format!(
        r#"{{"tenant":"aozora","tenant_name":"あおぞら製作所","question":{{{asked},"state":"open","asked_at":1795000000,"expires_at":1795259200,"required":1,"agreed":[],"decision":null}}}}"#
    ));
}

#[test]
fn launch_formats_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    let asker = format!(
        r#"{{"provider":"kita-support","provider_name":"北サポート","user":"{id}","name":"鈴木 一郎","email":"ichiro@kita-support.example"}}"#
    );
    let head = format!(
        r#""id":"{id}","equipment":"{id}","equipment_name":"検査装置 3号","serial_number":"TG-2041","place":"第一工場","provider":"kita-support","provider_name":"北サポート""#
    );
    unchanged::<Launch>(&format!(
        r#"{{{head},"origin":{{"desk":{{"asked_by":{asker},"reason":"停止の調査","approval":"{id}"}}}},"abilities":["diagnostics","restart_software","restart_machine"],"period":3600,"starts_at":1795003600,"extends":"{id}","requested_at":1795000000,"granted":{{"from":1795003600,"until":1795007200}},"execution":{{"command":"{id}","agent":"{id}","by":{{"user":"{id}","name":"鈴木 一郎","email":"ichiro@kita-support.example"}},"at":1795003700,"started_at":1795003701,"number":"123456789","kid":"l1","running_at":1795003702}},"ended":{{"at":1795003800,"why":"desk","by":"鈴木 一郎"}},"steps":[{{"at":1795000000,"what":"requested","by":"鈴木 一郎"}},{{"at":1795003800,"what":"ended","by":"鈴木 一郎","detail":"desk"}}],"reported":3,"version":7}}"#
    ));
    unchanged::<Launch>(&format!(
        r#"{{{head},"origin":{{"machine":{{"agent":"{id}","command":"{id}","receipt":"e30.e30.AA","joined":false}}}},"abilities":["diagnostics"],"period":28800,"requested_at":1795000000,"awaited_by":"{id}","steps":[],"reported":0,"version":1}}"#
    ));
    unchanged::<DeskLaunch>(&format!(
        r#"{{"tenant":"aozora","tenant_name":"あおぞら製作所","launch":{{"id":"{id}","equipment":"{id}","equipment_name":"検査装置 3号","serial_number":"TG-2041","place":null,"provider_name":"北サポート","asked_by":{asker},"reason":"停止の調査","abilities":["diagnostics"],"period":3600,"starts_at":null,"extends":null,"state":"requested","requested_at":1795000000,"answer_by":1795259200,"required":1,"agreed":[],"decision":null,"granted":null,"executed_by":null,"running_at":null,"session":null,"ended":null,"steps":[],"version":1}}}}"#
    ));
}

#[test]
fn device_format_unchanged() {
    unchanged::<Device>(
        r#"{"id":"AgAAAAAAAAAAAAAAAAAAAA","approval":"AQAAAAAAAAAAAAAAAAAAAA","client_id":"viewer","scope":"view","applicant":{"name":"山田 太郎","email":"taro@aozora.example","organization":"あおぞら製作所","device_name":"受付PC","locale":"ja","jkt":null},"approved_at":1795000060,"activated_at":1795000120,"expires_at":null,"revoked_at":1795000600,"refresh":{"current":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg","previous":null,"rotated_at":1795000120,"generation":0}}"#,
    );
}

#[test]
fn enrolment_request_formats_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    let (jkt, salt) = ("A".repeat(43), "A".repeat(22));
    let code = format!(r#"{{"salt":"{salt}","hash":"{jkt}","issued_at":1795000000}}"#);
    unchanged::<ServiceOrganization>(&format!(r#"{{"number":"12345678","code":{code}}}"#));
    let machine = format!(
        r#"{{"request":"{id}","serial_number":"TG-2041","jkt":"{jkt}","report":{{"software":"tegata 0.1.0","system":"Debian 13 x86_64","host_name":"line-7"}},"requested_at":1795000000,"expires_at":1796209600,"kid":"l1"}}"#
    );
    let by = format!(
        r#"{{"provider":"kita-desk","provider_name":"北サポート","user":"{id}","name":"鈴木 一郎","email":null,"client":"192.0.2.1"}}"#
    );
    for (customer, stage, answered) in [
        (r#""customer":"aozora","#, r#""asked""#.to_owned(), ""),
        ("", r#"{"waiting":"unknown"}"#.to_owned(), ""),
        ("", r#"{"waiting":"several"}"#.to_owned(), ""),
        (r#""customer":"aozora","#, r#"{"waiting":"enrolled"}"#.to_owned(), ""),
        (r#""customer":"aozora","#, r#"{"waiting":"suspended"}"#.to_owned(), ""),
        (
            r#""customer":"aozora","#,
            format!(r#"{{"ordered":{{"equipment":"{id}","by":{by}}}}}"#),
            "",
        ),
        (
            r#""customer":"aozora","#,
            format!(r#"{{"accepted":"{id}"}}"#),
            r#","answered_at":1795000060"#,
        ),
        ("", r#""refused""#.to_owned(), r#","answered_at":1795000060"#),
    ] {
        unchanged::<EnrolmentRequest>(&format!(
            r#"{{"machine":{machine},{customer}"stage":{stage}{answered}}}"#
        ));
    }
    for (equipment, answer) in [
        (format!(r#""equipment":"{id}","#), format!(r#"{{"accepted":"{id}"}}"#)),
        (format!(r#""equipment":"{id}","#), r#"{"waits":"enrolled"}"#.to_owned()),
        (String::new(), r#""refused""#.to_owned()),
    ] {
        unchanged::<AnsweredMachine>(&format!(
            r#"{{"machine":{machine},"provider":"kita-desk",{equipment}"answer":{answer},"answered_at":1795000060}}"#
        ));
    }
}

#[test]
fn outbox_format_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    for message in [
        format!(r#"{{"kind":"first_credential","administrator":"{id}"}}"#),
        format!(r#"{{"kind":"approval_request","approval":"{id}","approver":"{id}"}}"#),
        format!(r#"{{"kind":"approval_digest","approver":"{id}","from":7}}"#),
        format!(r#"{{"kind":"approval_digest","approver":"{id}","from":7,"to":9}}"#),
        format!(r#"{{"kind":"confirm_address","registration":"{id}"}}"#),
        format!(r#"{{"kind":"activation_code","registration":"{id}"}}"#),
        format!(r#"{{"kind":"refused","registration":"{id}"}}"#),
        format!(r#"{{"kind":"first_credential","administrator":"{id}","issue":1795000000}}"#),
        format!(r#"{{"kind":"invitation","user":"{id}","issue":281474976710657,"requested_at":1795000000}}"#),
        format!(r#"{{"kind":"password_reset","user":"{id}","requested_at":1795000000}}"#),
        format!(r#"{{"kind":"passkey_changed","user":"{id}","name":"受付のPC","added":true,"at":1795000000}}"#),
        format!(r#"{{"kind":"address_changed","user":"{id}","address":"hanako.sato@aozora.example","at":1795000000}}"#),
        format!(r#"{{"kind":"alerts","user":"{id}","from":7}}"#),
        format!(r#"{{"kind":"alerts","user":"{id}","from":7,"to":9}}"#),
        format!(r#"{{"kind":"inquiry_answered","inquiry":"{id}","number":2}}"#),
        format!(r#"{{"kind":"inquiry_arrived","tenant":"aozora","inquiry":"{id}","user":"{id}"}}"#),
        format!(r#"{{"kind":"tell_inquiry","inquiry":"{id}"}}"#),
        r#"{"kind":"tell_face","customer":"aozora"}"#.to_owned(),
        format!(r#"{{"kind":"question_answered","tenant":"aozora","question":"{id}","user":"{id}"}}"#),
        format!(r#"{{"kind":"tell_question","question":"{id}"}}"#),
        format!(r#"{{"kind":"launch_started","launch":"{id}","user":"{id}"}}"#),
        format!(
            r#"{{"kind":"support_steps","equipment":"{id}","to":{{"name":"山田 太郎","address":"taro@aozora.example","locale":"ja","time_zone":"Asia/Tokyo"}},"provider_name":"北サポート"}}"#
        ),
        format!(r#"{{"kind":"desk_launch","tenant":"aozora","launch":"{id}","user":"{id}","news":"approved"}}"#),
        format!(
            r#"{{"kind":"desk_launch","tenant":"aozora","launch":"{id}","user":"{id}","news":"started","credential":["123456789","l1"]}}"#
        ),
        format!(r#"{{"kind":"tell_launch","launch":"{id}"}}"#),
        format!(r#"{{"kind":"tell_launch","launch":"{id}","news":"machine_back","at":1795000000}}"#),
        format!(r#"{{"kind":"attended_invitation","attended":"{id}","place":0}}"#),
        format!(r#"{{"kind":"tell_attended","attended":"{id}"}}"#),
        format!(r#"{{"kind":"open_session","launch":"{id}"}}"#),
        format!(r#"{{"kind":"extend_session","launch":"{id}"}}"#),
        format!(r#"{{"kind":"end_session","launch":"{id}"}}"#),
        format!(r#"{{"kind":"end_desk_session","tenant":"aozora","launch":"{id}"}}"#),
        r#"{"kind":"tell_equipment"}"#.to_owned(),
        r#"{"kind":"tell_equipment","to":7}"#.to_owned(),
        format!(r#"{{"kind":"tell_machine","request":"{id}","customer":"aozora"}}"#),
        format!(r#"{{"kind":"tell_machine_answer","request":"{id}"}}"#),
        format!(r#"{{"kind":"move_attachment","inquiry":"{id}","attachment":"{id}"}}"#),
        r#"{"kind":"report_session","through":3}"#.to_owned(),
        format!(r#"{{"kind":"report_taken","tenant":"aozora","launch":"{id}"}}"#),
        r#"{"kind":"tell_customer"}"#.to_owned(),
        r#"{"kind":"publish_directory"}"#.to_owned(),
        r#"{"kind":"publish_revocations"}"#.to_owned(),
        r#"{"kind":"publish_organization"}"#.to_owned(),
    ] {
        for rest in [
            r#""state":"waiting","attempts":0,"next_at":1795000000,"last_error":null"#,
            r#""state":"undeliverable","attempts":24,"next_at":1795000000,"last_error":"550 宛先なし""#,
        ] {
            unchanged::<OutboxRow>(&format!(
                r#"{{"id":"{id}","message":{message},"created_at":1795000000,{rest}}}"#
            ));
        }
        is_pinned(&json::read(&message).expect("the text is a message"));
    }
}

/// A new kind of message compiles only once it is listed here; list it above as well.
const fn is_pinned(message: &Message) {
    match message {
        Message::FirstCredential { .. }
        | Message::Invitation { .. }
        | Message::PasswordReset { .. }
        | Message::PasskeyChanged { .. }
        | Message::AddressChanged { .. }
        | Message::ApprovalRequest { .. }
        | Message::ApprovalDigest { .. }
        | Message::ConfirmAddress { .. }
        | Message::ActivationCode { .. }
        | Message::Refused { .. }
        | Message::Alerts { .. }
        | Message::InquiryAnswered { .. }
        | Message::InquiryArrived { .. }
        | Message::TellCustomer
        | Message::TellFace { .. }
        | Message::TellInquiry { .. }
        | Message::QuestionAnswered { .. }
        | Message::TellQuestion { .. }
        | Message::LaunchStarted { .. }
        | Message::DeskLaunch { .. }
        | Message::SessionSummary { .. }
        | Message::AttendedSummary { .. }
        | Message::AttendedInvitation { .. }
        | Message::Appointment { .. }
        | Message::DeskAppointment { .. }
        | Message::TellAppointment { .. }
        | Message::TellAttended { .. }
        | Message::SupportSteps { .. }
        | Message::TellLaunch { .. }
        | Message::OpenSession { .. }
        | Message::ExtendSession { .. }
        | Message::EndSession { .. }
        | Message::EndDeskSession { .. }
        | Message::TellEquipment { .. }
        | Message::TellMachine { .. }
        | Message::TellMachineAnswer { .. }
        | Message::MoveAttachment { .. }
        | Message::ReportSession { .. }
        | Message::ReportTaken { .. }
        | Message::PublishDirectory
        | Message::PublishRevocations
        | Message::PublishOrganization => {}
    }
}

#[test]
fn appointment_formats_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    let host = format!(
        r#"{{"provider":"kita-desk","provider_name":"北日本サービス","user":"{id}","name":"鈴木 一郎","email":"suzuki@kita.example"}}"#
    );
    let time = r#"{"start":"2026-12-03T14:00","time_zone":"Asia/Tokyo","at":1796274000,"occurrence":null}"#;
    let twice = r#"{"start":"2027-02-07T02:30","time_zone":"Africa/Casablanca","at":1801967400,"occurrence":"second"}"#;
    let participant = r#"{"name":"佐藤 次郎","email":"jiro@minato.example","locale":"ja","time_zone":null,"user":null,"preflight":null}"#;
    let preflight = r#"{"at":1795000100,"browser":"Chrome","system":"macOS","checks":[{"check":"download","verdict":"warned","value":200},{"check":"peer","verdict":"untested"}]}"#;
    let tried = format!(
        r#"{{"name":"Bo","email":"bo@minato.example","locale":"da","time_zone":"Europe/Copenhagen","user":"{id}","preflight":{preflight}}}"#
    );
    let begun = format!(r#"{{"id":"{id}","title":"検査結果の印刷について","host":{host},"host_zone":"Asia/Tokyo""#);
    let proposal = format!(
        r#""proposal":{{"number":1,"by":"desk","name":"鈴木 一郎","at":1795000000,"times":[{time},{twice}],"reason":null,"place":null,"locale":null}}"#
    );
    let step = format!(
        r#"{{"at":1795000000,"what":"proposed","by":"desk","name":"鈴木 一郎","link_of":null,"times":[{time}],"reason":null}}"#
    );
    unchanged::<Appointment>(&format!(
        r#"{begun},"event":{{"attended":{{"session":null}}}},"length":3600,"participants":[{participant}],{proposal},"proposals":1,"sequence":0,"check_asked":false,"steps":[{step}],"created_at":1795000000,"version":1}}"#
    ));
    let agreed = format!(r#""agreed":{{"time":{time},"name":"佐藤 次郎","by":"customer","at":1795000060}}"#);
    let launch = format!(
        r#""event":{{"launch":{{"launch":"{id}","equipment":"{id}","equipment_name":"検査装置","preflight":{preflight}}}}}"#
    );
    let over = r#""over":{"at":1795000200,"why":"cancelled","by":"desk","name":"鈴木 一郎","reason":"都合により"}"#;
    unchanged::<Appointment>(&format!(
        r#"{begun},"inquiry":"{id}",{launch},"length":7200,"participants":[{tried}],"proposals":2,{agreed},"sequence":1,{over},"compared_at":1795000070,"check_asked":true,"reminded_at":1795000080,"steps":[],"created_at":1795000000,"version":7}}"#
    ));
    unchanged::<StoredFeed>(&format!(
        r#"{{"id":"{id}","hash":"h","user":"{id}","name":"手帳","of":"own","created_at":1795000000}}"#
    ));
    for message in [
        format!(
            r#"{{"kind":"appointment","appointment":"{id}","place":0,"news":"proposed","sequence":0,"proposal":1}}"#
        ),
        format!(r#"{{"kind":"appointment","appointment":"{id}","place":1,"news":"reminder","sequence":2}}"#),
        format!(
            r#"{{"kind":"desk_appointment","tenant":"minato","appointment":"{id}","news":"countered","sequence":0}}"#
        ),
        format!(r#"{{"kind":"tell_appointment","appointment":"{id}","news":"check_missing","version":3}}"#),
        format!(r#"{{"kind":"tell_appointment","appointment":"{id}","version":4}}"#),
    ] {
        unchanged::<Message>(&message);
    }
    for news in ["scheduled", "moved", "shifted", "cancelled", "declined", "unanswered"] {
        unchanged::<AppointmentNews>(&format!("\"{news}\""));
    }
}

#[test]
fn attended_formats_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    let by = format!(
        r#"{{"provider":"kita-desk","provider_name":"北日本サービス","user":"{id}","name":"鈴木 一郎","email":"suzuki@kita.example"}}"#
    );
    let (begun, period) = (
        format!(r#"{{"id":"{id}","title":"検査結果の表示について","opened_by":{by}"#),
        r#""granted":{"from":1795000000,"until":1795014400}"#,
    );
    let number = r#""number":"123456789","kid":"l1","opened_at":1795000000"#;
    let steps = r#""steps":[{"at":1795000000,"what":"opened","by":"鈴木 一郎"},{"at":1795000000,"what":"invited","by":"鈴木 一郎","detail":"佐藤 次郎"},{"at":1795000060,"what":"consented","by":"佐藤 次郎"}],"reported":0,"version":3"#;
    unchanged::<Attended>(&format!("{begun},{number},{period},{steps}}}"));
    let invited = r#""invited":[{"name":"佐藤 次郎","email":"jiro@minato.example","locale":"ja"}]"#;
    let consents = format!(
        r#""consents":[{{"guest":"{id}","name":"佐藤 次郎","email":"jiro@minato.example","at":1795000060,"locale":"ja"}},{{"guest":"{id}","name":"Bo","email":null,"at":1795000061,"locale":"da"}}]"#
    );
    unchanged::<Attended>(&format!(
        r#"{begun},"inquiry":"{id}",{invited},{number},{period},"running_at":1795000001,{consents},"ended":{{"at":1795000900,"why":"guest","by":"佐藤 次郎"}},{steps}}}"#
    ));
    unchanged::<DeskAttended>(&format!(
        r#"{{"tenant":"minato","tenant_name":"みなと工機","attended":{begun},"inquiry":null,{invited},"state":"running","opened_at":1795000000,{period},{consents},"session":"123456789","ended":null,"steps":[],"version":3}}}}"#
    ));
}

#[test]
fn inquiry_formats_unchanged() {
    let inquiry = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","subject":"受付PCが登録できない","state":"answered","by":"AAAAAAAAAAAAAAAAAAAAAA","by_name":"佐藤 花子","created_at":1795000000,"updated_at":1795000060,"messages":2,"version":2}"#;
    unchanged::<Inquiry>(inquiry);
    for assigned in [
        r#""assigned":null,"assigned_name":null"#,
        r#""assigned":"AAAAAAAAAAAAAAAAAAAAAA","assigned_name":"鈴木 一郎""#,
    ] {
        unchanged::<DeskInquiry>(&format!(
            r#"{{"tenant":"aozora","tenant_name":"あおぞら製作所","inquiry":{inquiry},{assigned}}}"#
        ));
    }
    let attachment = r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","name":"画面.png","type":"image/png","size":12}"#;
    unchanged::<Attachment>(attachment);
    unchanged::<InquiryMessage>(&format!(
        r#"{{"number":1,"at":1795000000,"side":"customer","name":"佐藤 花子","body":"一行目\n二行目","attachments":[{attachment}]}}"#
    ));
}

#[test]
fn equipment_format_unchanged() {
    unchanged::<Equipment>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","description":{"name":"検査装置 3号","model":"TG-3","serial_number":"TG-2041/b","place":"第一工場 2階","organization":"AQAAAAAAAAAAAAAAAAAAAA","responsible":["AgAAAAAAAAAAAAAAAAAAAA"],"notes":"一行目\n二行目"},"remote_assistance":true,"manual_launch":false,"version":3,"created_at":1795000000,"updated_at":1795000060,"retired_at":null}"#,
    );
    unchanged::<Equipment>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","description":{"name":"検査装置","model":null,"serial_number":"1","place":null,"organization":null,"responsible":[],"notes":null},"remote_assistance":false,"manual_launch":true,"version":2,"created_at":1795000000,"updated_at":1795000060,"retired_at":1795000060}"#,
    );
}

#[test]
fn customer_format_unchanged() {
    unchanged::<Customer>(
        r#"{"slug":"aozora","name":"あおぞら製作所","state":"active","locale":"ja","time_zone":"Asia/Tokyo","created_at":1795000000,"setup_done":2,"setup_of":5,"administrators":1,"version":1795000060}"#,
    );
}

#[test]
fn agent_formats_unchanged() {
    let id = "AAAAAAAAAAAAAAAAAAAAAA";
    let hash = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
    let agent = |rest: &str| {
        unchanged::<Agent>(&format!(
            r#"{{"id":"{id}","equipment":"{id}","jkt":"{hash}","report":{{"software":"tegata 0.1.0","system":"Debian 13 x86_64","host_name":"line-7"}},"enrolled_at":1795000000,{rest}"refresh":{{"current":"{hash}","previous":null,"rotated_at":1795000000,"generation":0}}}}"#
        ));
    };
    agent("");
    agent(r#""seen_at":1795000060,"#);
    for end in ["revoked", "cloned", "replaced", "retired", "given_back"] {
        agent(&format!(r#""seen_at":1795000060,"ended":[1795000120,"{end}"],"#));
    }
    let issued = format!(r#""hash":"{hash}","expires_at":1795086400"#);
    unchanged::<Enrolment>(&format!(r#"{{"equipment":"{id}",{issued}}}"#));
    unchanged::<Enrolment>(&format!(r#"{{"equipment":"{id}",{issued},"used_by":"{id}"}}"#));
    unchanged::<Enrolment>(&format!(r#"{{"equipment":"{id}",{issued},"jkt":"{hash}"}}"#));
    // An attachment lives as long as its socket, and a socket may outlive the object's memory.
    unchanged::<Holder>(&format!(r#"{{"console":"{hash}"}}"#));
    unchanged::<Holder>(&format!(r#"{{"agent":["{id}",1795000000]}}"#));
}

#[test]
fn alert_formats_unchanged() {
    for kind in [
        "device",
        "refused",
        "lockout",
        "token_reuse",
        "undeliverable",
        "audit",
        "agent_enrolled",
        "machine_waits",
        "agent_cloned",
        "passkey_copied",
        "data_origin",
        "remote_assistance",
        "appointment_unanswered",
        "appointment_missed",
        "suspended",
        "resumed",
    ] {
        unchanged::<Alert>(&format!(
            r#"{{"kind":"{kind}","at":1795000000,"what":"hanako (192.0.2.1)"}}"#
        ));
    }
    unchanged::<Alert>(r#"{"kind":"resumed","at":1795000000,"what":""}"#);
    unchanged::<Alert>(r#"{"kind":"refused","at":1795000000,"what":"山田 太郎","by":"AAAAAAAAAAAAAAAAAAAAAA"}"#);
    unchanged::<Asked>(r#"{"single":[],"digest":{"gathering":null,"last_at":null},"pause":0}"#);
    unchanged::<Asked>(
        r#"{"single":[1795000000,1795000060],"digest":{"gathering":7,"last_at":1795000000},"pause":900}"#,
    );
    unchanged::<Digest>(r#"{"gathering":null,"last_at":null}"#);
    unchanged::<Digest>(r#"{"gathering":7,"last_at":1795000000}"#);
}

#[test]
fn audit_format_unchanged() {
    let stored = r#"{"seq":1,"at":1795000000,"actor":{"kind":"approver","id":"AAAAAAAAAAAAAAAAAAAAAA","address":"192.0.2.1"},"action":"approval.decide","object":"approval/AQAAAAAAAAAAAAAAAAAAAA","outcome":"approved","previous":"","hash":"27n11iCsr6hgIyV8x3qTZkJVwdSHWSNzc_cW7LxDpQk"}"#;
    unchanged::<AuditEntry>(stored);
    let entry: AuditEntry = serde_json::from_str(stored).expect("a stored entry can be read");
    assert!(entry.is_intact(), "the chain's digest is also a stored format");

    let stored = r#"{"seq":2,"at":1795000060,"actor":{"kind":"requester","id":"taro@aozora.example","address":null},"action":"device.create","object":"device/AgAAAAAAAAAAAAAAAAAAAA","outcome":"AAAAAAAAAAAAAAAAAAAAAA","requester":"jiro@aozora.example","approver":"AAAAAAAAAAAAAAAAAAAAAA","previous":"27n11iCsr6hgIyV8x3qTZkJVwdSHWSNzc_cW7LxDpQk","hash":"4R3ggUY9BcH_DMrD5oXHXEFuVRv9TGXYMex5rZ5kZh0"}"#;
    unchanged::<AuditEntry>(stored);
    let entry: AuditEntry = serde_json::from_str(stored).expect("a stored entry can be read");
    assert!(entry.is_intact(), "the digest covers requester and approver");
}

#[test]
fn audit_head_format_unchanged() {
    unchanged::<AuditHead>(
        r#"{"seq":7,"at":1795086400,"hash":"27n11iCsr6hgIyV8x3qTZkJVwdSHWSNzc_cW7LxDpQk","jws":"e30.e30.AA"}"#,
    );
}

#[test]
fn key_format_unchanged() {
    for purpose in ["token", "receipt", "link"] {
        unchanged::<Key>(&format!(
            r#"{{"kid":"tAAAAAAAAAAA","purpose":"{purpose}","secret":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","active_from":1795000000}}"#
        ));
        unchanged::<Key>(&format!(
            r#"{{"kid":"tAAAAAAAAAAA","purpose":"{purpose}","secret":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","active_from":1795000000,"order":{{"at":1795000000,"compromised":true,"reason":"a lost backup","idempotency_key":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"}},"ended_at":1795086400,"ended_for":"tBBBBBBBBBBB"}}"#
        ));
    }
    unchanged::<Key>(
        r#"{"kid":"tAAAAAAAAAAA","purpose":"token","secret":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","active_from":1795000000,"order":{"at":1795000000,"compromised":false}}"#,
    );
}

#[test]
fn idempotency_formats_unchanged() {
    unchanged::<TenantView>(
        r#"{"slug":"aozora","kind":"tenant","provider":null,"name":"あおぞら製作所","locale":"ja","time_zone":"Asia/Tokyo","policy":{"activation":"mailed_code","mail_domains":[],"approval_life_seconds":259200,"code_life_seconds":86400,"confirm_address_first":false,"approver_must_log_in":false,"device_life_seconds":null,"data_origin":null},"state":"active","created_at":1795000000}"#,
    );
    unchanged::<TenantView>(
        r#"{"slug":"aozora","kind":"tenant","provider":null,"name":"あおぞら製作所","locale":"ja","time_zone":"Asia/Tokyo","policy":{"activation":"mailed_code","mail_domains":[],"approval_life_seconds":259200,"code_life_seconds":86400,"confirm_address_first":false,"approver_must_log_in":false,"device_life_seconds":null,"data_origin":null},"state":"active","created_at":1795000000,"contact":{"name":"佐藤 花子","email":"hanako.sato@aozora.example","phone":null},"applied_on":"2026-11-16"}"#,
    );
    unchanged::<AdministratorView>(
        r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA","name":"佐藤 花子","email":"hanako.sato@aozora.example","account":"hanako","locale":"ja","time_zone":"Asia/Tokyo","role":"system_administrator","created_at":1795000000}"#,
    );
}

#[test]
fn kv_formats_unchanged() {
    unchanged::<DirectoryEntry>(
        r#"{"slug":"aozora","kind":"tenant","name":"あおぞら製作所","state":"active","data_origin":null}"#,
    );
    unchanged::<PublicKeySet>(
        r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"tAAAAAAAAAAA","use":"sig","alg":"EdDSA","tegata_use":"token"},{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"rAAAAAAAAAAA","use":"sig","alg":"EdDSA","tegata_use":"receipt"}]}"#,
    );
    unchanged::<RevocationSnapshot>(r#"{"devices":[["AgAAAAAAAAAAAAAAAAAAAA",1795000600]]}"#);
}
