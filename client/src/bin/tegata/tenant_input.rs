//! The JSON that creates or changes a tenant: a file, with options laid over it.

use crate::args::Language;
use crate::args::operator::{CreateArgs, SettingsArgs, UpdateArgs};
use crate::failure::Failure;
use crate::texts::Texts;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use tegata_client::operator::documents::{AdministratorInput, ContactInput, PolicyInput, TenantInput};
use tegata_client::registration::Locale;

/// Members required to create a tenant, and the options that set them.
const REQUIRED: [(&str, &str); 7] = [
    ("/slug", "--slug"),
    ("/name", "--name"),
    ("/locale", "--locale"),
    ("/time_zone", "--time-zone"),
    ("/administrator/name", "--administrator-name"),
    ("/administrator/email", "--administrator-email"),
    ("/administrator/account", "--administrator-account"),
];

pub(crate) fn tag(language: Language) -> String {
    Locale::from(language).tag().to_owned()
}

/// The document for `tenant create`. Language and time zone of the administrator default to the tenant's.
pub(crate) fn create(args: &CreateArgs, texts: &Texts) -> Result<Value, Failure> {
    let input = TenantInput {
        slug: args.slug.clone(),
        kind: args.kind.clone(),
        provider: args.provider.clone(),
        administrator: AdministratorInput {
            name: args.administrator_name.clone(),
            email: args.administrator_email.clone(),
            account: args.administrator_account.clone(),
            locale: args.administrator_locale.map(tag),
            time_zone: args.administrator_time_zone.clone(),
        },
        ..settings(&args.settings)
    };
    let mut document = over_file(args.file.as_deref(), input, texts)?;
    let missing: Vec<&str> = REQUIRED
        .iter()
        .filter(|(member, _)| document.pointer(member).is_none())
        .map(|(_, option)| *option)
        .collect();
    if !missing.is_empty() {
        return Err(Failure::missing(&missing, texts));
    }
    let inherited = json!({"locale": document["locale"], "time_zone": document["time_zone"]});
    let mut defaults = json!({"kind": "tenant", "administrator": inherited});
    lay_over(&mut defaults, document.take());
    Ok(defaults)
}

/// The document for `tenant update`.
pub(crate) fn update(args: &UpdateArgs, texts: &Texts) -> Result<Value, Failure> {
    let document = over_file(args.file.as_deref(), settings(&args.settings), texts)?;
    if document.as_object().is_some_and(Map::is_empty) {
        return Err(Failure::usage(texts.get("cli-nothing-to-change")));
    }
    Ok(document)
}

fn settings(args: &SettingsArgs) -> TenantInput {
    let some = |domains: &Vec<String>| (!domains.is_empty()).then(|| domains.clone());
    TenantInput {
        name: args.tenant_name.clone(),
        locale: args.tenant_locale.map(tag),
        time_zone: args.tenant_time_zone.clone(),
        policy: PolicyInput {
            activation: args.activation.clone(),
            mail_domains: some(&args.mail_domain),
            approval_life_seconds: args.approval_life_seconds,
            code_life_seconds: args.code_life_seconds,
            confirm_address_first: args.confirm_address_first,
            approver_must_log_in: args.approver_must_log_in,
            key_required: args.key_required,
            device_life_seconds: cleared(args.no_device_life, args.device_life_seconds),
            data_origin: cleared(args.no_data_origin, args.data_origin.clone()),
        },
        contact: ContactInput {
            name: args.contact_name.clone(),
            email: args.contact_email.clone(),
            phone: args.contact_phone.clone(),
        },
        applied_on: args.applied_on.clone(),
        ..TenantInput::default()
    }
}

fn cleared<T>(clear: bool, value: Option<T>) -> Option<Option<T>> {
    if clear { Some(None) } else { value.map(Some) }
}

fn over_file(file: Option<&Path>, input: TenantInput, texts: &Texts) -> Result<Value, Failure> {
    let mut document = match file {
        Some(path) => read(path, texts)?,
        None => json!({}),
    };
    // Safe: strings, numbers and booleans under string keys always serialise.
    lay_over(&mut document, serde_json::to_value(input).unwrap_or_default());
    Ok(document)
}

fn read(path: &Path, texts: &Texts) -> Result<Value, Failure> {
    let json = fs::read(path).map_err(|error| Failure::file(path, &error, texts))?;
    match serde_json::from_slice(&json) {
        Ok(document @ Value::Object(_)) => Ok(document),
        _ => {
            let path = [("path", path.display().to_string().into())];
            Err(Failure::usage(texts.with("cli-not-json", path)))
        }
    }
}

/// Members of `above` replace those of `below`; objects are merged.
fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (member, value) in above {
                lay_over(below.entry(member).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

#[cfg(test)]
mod tests {
    use super::lay_over;
    use serde_json::json;

    #[test]
    fn options_replace_single_members_of_a_file() {
        let mut document =
            json!({"name": "青空病院", "policy": {"activation": "mailed_code", "data_origin": "https://a.example"}});
        lay_over(
            &mut document,
            json!({"policy": {"data_origin": null}, "slug": "aozora"}),
        );
        let expected =
            json!({"name": "青空病院", "slug": "aozora", "policy": {"activation": "mailed_code", "data_origin": null}});
        assert_eq!(document, expected);
    }
}
