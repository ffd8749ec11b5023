//! Organisations, users with accounts, devices and requests.

use anyhow::{Context as _, Result};
use tegata_domain::account::{Account, AccountName, Alerts, Password};
use tegata_domain::approval::{Approval, Decision, Outcome, Subject};
use tegata_domain::device::Device;
use tegata_domain::id::{ApprovalId, DeviceId, OrganizationId, RegistrationId, UserId};
use tegata_domain::jwk::{Thumbprint, sha256_b64};
use tegata_domain::locale::Locale;
use tegata_domain::organization::Organization;
use tegata_domain::password::HashedPassword;
use tegata_domain::phonetic::PhoneticName;
use tegata_domain::policy::Activation;
use tegata_domain::refresh::RefreshFamily;
use tegata_domain::registration::{Applicant, CLIENT_VIEWER, MAX_TRIES, Registration, SCOPE_VIEW, Stage};
use tegata_domain::right::Role;
use tegata_domain::secret::HashedSecret;
use tegata_domain::text::{DeviceName, OrganizationName, PersonName};
use tegata_domain::time::TimeZone;
use tegata_domain::user::{Emails, User};
use tegata_kv_schema::found::{self, Among};
use tegata_kv_schema::{accounts, approvals, devices, organizations, registrations, users};

use super::{Population, is_rare};

/// A rare family name.
pub const RARE_NAME: &str = "八重樫";
/// Its reading.
pub const RARE_READING: &str = "ヤエガシ";
const COMMON: (&str, &str) = ("佐藤", "サトウ");
const OTHERS: [(&str, &str); 7] = [
    ("鈴木", "スズキ"),
    ("高橋", "タカハシ"),
    ("田中", "タナカ"),
    ("伊藤", "イトウ"),
    ("渡辺", "ワタナベ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
];
const GIVEN: [(&str, &str); 9] = [
    ("花子", "ハナコ"),
    ("太郎", "タロウ"),
    ("陽菜", "ヒナ"),
    ("蓮", "レン"),
    ("結衣", "ユイ"),
    ("大和", "ヤマト"),
    ("さくら", "サクラ"),
    ("悠真", "ユウマ"),
    ("美咲", "ミサキ"),
];
/// A stored password of the usual length whose plain text nobody knows.
const PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$8J9zXm2zqkz3k1vVxY4n0e1mFQ4t1k3vGxXo8e5hQ0A";
/// The length of a receipt.
const RECEIPT_LENGTH: usize = 1_200;

/// Name and reading of person `number` of `count`.
fn name(number: usize, count: usize) -> (String, String) {
    let family = if is_rare(number, count) {
        (RARE_NAME, RARE_READING)
    } else if number % 10 < 6 {
        COMMON
    } else {
        OTHERS[number / 10 % OTHERS.len()]
    };
    let given = GIVEN[number % GIVEN.len()];
    (format!("{} {}", family.0, given.0), format!("{} {}", family.1, given.1))
}

/// Drops the parse error, which is not a `std::error::Error`.
fn person(text: &str) -> Result<PersonName> {
    PersonName::parse(text).ok().context("invalid name")
}

impl Population<'_> {
    pub(super) fn organizations(&self) -> Result<Vec<OrganizationId>> {
        let mut ids = Vec::new();
        for number in 0..12 {
            let id = OrganizationId::generate(&self.random);
            let organization = Organization {
                id: id.clone(),
                parent: None,
                name: OrganizationName::parse(&format!("第{number}製造部"))
                    .ok()
                    .context("invalid name")?,
                version: 1,
                created_at: self.now,
                updated_at: self.now,
            };
            organizations::save(self.sql, &organization)?;
            ids.push(id);
        }
        Ok(ids)
    }

    pub(super) fn users(&self, organizations: &[OrganizationId]) -> Result<Vec<UserId>> {
        let mut ids = Vec::with_capacity(self.size.users);
        self.each(self.size.users, |number| {
            let user = self.user(number, organizations)?;
            let account = (number % 10 < 6).then(|| format!("s{number:06}"));
            users::save(self.sql, &user, account.as_deref())?;
            if let Some(name) = account {
                accounts::save(self.sql, &self.account(&user, &name)?)?;
            }
            ids.push(user.id);
            Ok(())
        })?;
        Ok(ids)
    }

    fn user(&self, number: usize, organizations: &[OrganizationId]) -> Result<User> {
        let count = self.size.users;
        let (name, phonetic) = name(number, count);
        let organization = match number {
            number if is_rare(number, count) => 11,
            number if number % 10 < 6 => 0,
            number => 1 + number / 10 % 10,
        };
        let at = self.at(number, count);
        Ok(User {
            id: UserId::generate(&self.random),
            display_name: person(&name)?,
            phonetic_name: Some(PhoneticName::parse(&phonetic).ok().context("invalid reading")?),
            emails: Emails::only(self.address(number)?),
            organization: organizations.get(organization).cloned(),
            external_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
        })
    }

    fn account(&self, user: &User, name: &str) -> Result<Account> {
        let hash: HashedPassword = serde_json::from_value(PASSWORD.into())?;
        Ok(Account {
            user: user.id.clone(),
            name: AccountName::parse(name).ok().context("invalid account name")?,
            role: Role::Auditor,
            organization: None,
            support_option: false,
            alerts: Alerts::default(),
            locale: Locale::Ja,
            time_zone: TimeZone::UTC,
            second_factor: false,
            password: Password::Own {
                hash,
                since: user.created_at,
            },
            created_at: user.created_at,
            last_login_at: None,
            version: 1,
        })
    }

    fn applicant(&self, number: usize) -> Result<Applicant> {
        let (name, _) = name(number, self.size.devices);
        Ok(Applicant {
            name: person(&name)?,
            email: self.address(number)?,
            organization: OrganizationName::parse("ハヤテ精機株式会社")
                .ok()
                .context("invalid name")?,
            device_name: DeviceName::parse(&format!("検査室PC {number}"))
                .ok()
                .context("invalid name")?,
            locale: Locale::Ja,
            jkt: Thumbprint::parse(&sha256_b64(number.to_string())),
        })
    }

    /// Every second device has expired. [`super::RARE`] of them were revoked.
    pub(super) fn devices(&self) -> Result<()> {
        let count = self.size.devices;
        self.each(count, |number| {
            let at = self.at(number, count);
            let device = Device {
                id: DeviceId::generate(&self.random),
                approval: ApprovalId::generate(&self.random),
                client_id: CLIENT_VIEWER.to_owned(),
                scope: SCOPE_VIEW.to_owned(),
                applicant: self.applicant(number)?,
                approved_at: at,
                activated_at: at,
                expires_at: number.is_multiple_of(2).then_some(at.plus(60)),
                revoked_at: is_rare(number, count).then_some(at.plus(60)),
                refresh: RefreshFamily::new(HashedSecret::of(&number.to_string()), at),
            };
            devices::save(self.sql, &device)?;
            let words = device.applicant.search_words();
            found::save(self.sql, Among::Devices, (device.id.as_str(), at), &words)?;
            Ok(())
        })
    }

    pub(super) fn registrations(&self) -> Result<()> {
        self.each(self.size.devices, |number| {
            let approval = self.approval(number)?;
            let registration = self.registration(number, &approval)?;
            approvals::save(self.sql, &approval)?;
            registrations::save(self.sql, &registration)?;
            let words = registration.applicant.search_words();
            let found = (registration.id.as_str(), registration.requested_at);
            found::save(self.sql, Among::Registrations, found, &words)?;
            Ok(())
        })
    }

    fn approval(&self, number: usize) -> Result<Approval> {
        let at = self.at(number, self.size.devices);
        let decision = Decision {
            outcome: Outcome::Refused,
            by: UserId::generate(&self.random),
            name: person("佐藤 花子")?,
            email: self.address(number)?,
            at,
            reason: None,
            locale: Locale::Ja,
        };
        let decided = number % 10 > 5;
        Ok(Approval {
            id: ApprovalId::generate(&self.random),
            subject: Subject::Viewer(RegistrationId::generate(&self.random)),
            requested_at: at,
            expires_at: self.now.plus(30 * 24 * 3600),
            withdrawn: false,
            required: 1,
            agreed: Vec::new(),
            decision: decided.then_some(decision),
            receipt: decided.then(|| "r".repeat(RECEIPT_LENGTH)),
        })
    }

    fn registration(&self, number: usize, approval: &Approval) -> Result<Registration> {
        let decided = approval.decision.is_some();
        Ok(Registration {
            id: RegistrationId::parse(approval.subject.id()).context("invalid id")?,
            client_id: CLIENT_VIEWER.to_owned(),
            scope: SCOPE_VIEW.to_owned(),
            applicant: self.applicant(number)?,
            outside_mail_domains: false,
            activation: Activation::MailedCode,
            stage: if decided {
                Stage::Refused
            } else {
                Stage::AwaitingApproval
            },
            requested_at: approval.requested_at,
            expires_at: approval.expires_at,
            approval: Some(approval.id.clone()),
            approved_at: None,
            code_key: None,
            tries_left: MAX_TRIES,
            resends: 0,
            mailed_at: approval.requested_at,
            reason: None,
            device: None,
            redeem_key: None,
            device_codes: vec![HashedSecret::of(&number.to_string())],
            network: None,
        })
    }
}
