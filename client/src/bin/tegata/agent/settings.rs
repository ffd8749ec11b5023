//! `tegata agent settings`: shows and changes the agent's settings. A running agent follows by itself.

use crate::agent::failed;
use crate::args::agent::{SettingsArgs, Switch};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::printable::printable;
use crate::texts::Texts;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, IsTerminal as _};
use tegata_client::Error;
use tegata_client::agent::Agent;
use tegata_client::agent::settings::{ManualProxy, Missing, ProxyChoice, Settings};
use tegata_client::proxy::address::ProxyAddress;
use tegata_client::proxy::found::FoundProxy;

/// Shows the settings, or changes those that the options name and shows the outcome.
pub(crate) async fn run(agent: &Agent, args: SettingsArgs, output: &Output) -> Result<u8, Failure> {
    let found = agent.look_for_proxy().await;
    let settings = if changes_something(&args) {
        let password = password(&args, output)?;
        let change = |settings: &mut Settings| change(settings, &args, password.as_deref(), agent, found.as_ref());
        agent.change_settings(change).await
    } else {
        agent.settings()
    };
    let settings = settings.map_err(|error| failed(error, output))?;
    let missing = agent.missing_for_remote_assistance(&settings);
    let text = shown(&settings, found.as_ref(), &missing, &output.texts);
    output.result(&text, &as_json(&settings, found.as_ref(), &missing))?;
    Ok(exit::OK)
}

const fn changes_something(args: &SettingsArgs) -> bool {
    args.remote_service.is_some()
        || args.proxy.is_some()
        || args.adopt_proxy
        || args.proxy_domain.is_some()
        || args.proxy_user.is_some()
        || args.proxy_password_file.is_some()
        || args.remote_assistance.is_some()
}

/// The new password: from the file, or typed when a user name was given at a terminal.
fn password(args: &SettingsArgs, output: &Output) -> Result<Option<String>, Failure> {
    if let Some(path) = &args.proxy_password_file {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error, &output.texts))?;
        return Ok(Some(text.lines().next().unwrap_or_default().to_owned()));
    }
    let asked = args.proxy_user.as_deref().is_some_and(|user| !user.trim().is_empty());
    if !asked || !io::stdin().is_terminal() {
        return Ok(None);
    }
    let question = format!("{}: ", output.texts.get("cli-ask-proxy-password"));
    let typed = rpassword::prompt_password(question);
    typed.map(Some).map_err(|error| Failure::output(&error, &output.texts))
}

fn change(
    settings: &mut Settings,
    args: &SettingsArgs,
    password: Option<&str>,
    agent: &Agent,
    found: Option<&FoundProxy>,
) -> Result<(), Error> {
    if let Some(switch) = args.remote_service {
        settings.remote_service = switch == Switch::On;
    }
    match args.proxy.as_deref() {
        Some("automatic") => settings.proxy = ProxyChoice::Automatic,
        Some("none") => settings.proxy = ProxyChoice::None,
        Some(address) => settings.set_proxy_address(ProxyAddress::parse(address)?),
        None => {}
    }
    if args.adopt_proxy {
        settings.adopt(found.ok_or(Error::InvalidInput { field: "adopt_proxy" })?);
    }
    if let Some(user) = &args.proxy_user {
        manual(settings)?.set_user(user)?;
    }
    if let Some(domain) = &args.proxy_domain {
        manual(settings)?.set_domain(domain)?;
    }
    if let Some(password) = password {
        manual(settings)?.set_password(password)?;
    }
    if let Some(switch) = args.remote_assistance {
        let missing = agent.missing_for_remote_assistance(settings);
        settings.set_remote_assistance(switch == Switch::On, &missing)?;
    }
    Ok(())
}

fn manual(settings: &mut Settings) -> Result<&mut ManualProxy, Error> {
    match &mut settings.proxy {
        ProxyChoice::Manual(manual) => Ok(manual),
        ProxyChoice::Automatic | ProxyChoice::None => Err(Error::InvalidInput {
            field: "proxy_not_manual",
        }),
    }
}

/// What is missing, as a list in a sentence.
pub(crate) fn named(missing: &[Missing], texts: &Texts) -> String {
    let name = |missing: &Missing| {
        texts.get(match missing {
            Missing::Enrolment => "cli-missing-enrolment",
            Missing::Proxy => "cli-missing-proxy",
        })
    };
    missing.iter().map(name).collect::<Vec<_>>().join(texts.comma())
}

fn shown(settings: &Settings, found: Option<&FoundProxy>, missing: &[Missing], texts: &Texts) -> String {
    let switch = |on: bool| texts.get(if on { "cli-setting-on" } else { "cli-setting-off" });
    let line = |key: &str, value: String| texts.with(key, [("value", value.into())]);
    let mut lines = vec![line("cli-setting-remote-service", switch(settings.remote_service))];
    lines.push(line("cli-setting-proxy", proxy(settings, found, texts)));
    if let ProxyChoice::Manual(manual) = &settings.proxy {
        let fields = [
            ("cli-setting-proxy-domain", manual.domain.as_deref().map(printable)),
            ("cli-setting-proxy-user", manual.user.as_deref().map(printable)),
            (
                "cli-setting-proxy-password",
                manual.password.as_ref().map(|_| texts.get("cli-setting-password-set")),
            ),
        ];
        lines.extend(fields.into_iter().filter_map(|(key, value)| Some(line(key, value?))));
    }
    lines.push(line(
        "cli-setting-remote-assistance",
        switch(settings.remote_assistance),
    ));
    if !missing.is_empty() {
        let key = if settings.remote_assistance {
            "cli-setting-assistance-suspended"
        } else {
            "cli-error-assistance-not-ready"
        };
        lines.push(texts.with(key, [("missing", named(missing, texts).into())]));
    }
    lines.join("\n")
}

fn proxy(settings: &Settings, found: Option<&FoundProxy>, texts: &Texts) -> String {
    match (&settings.proxy, found) {
        (ProxyChoice::Automatic, Some(found)) => texts.with(
            "cli-setting-proxy-found",
            [("proxy", printable(&found.address.to_string()).into())],
        ),
        (ProxyChoice::Automatic, None) => texts.get("cli-setting-proxy-none-found"),
        (ProxyChoice::None, _) => texts.get("cli-setting-proxy-none"),
        (ProxyChoice::Manual(manual), _) => printable(&manual.address.to_string()),
    }
}

fn as_json(settings: &Settings, found: Option<&FoundProxy>, missing: &[Missing]) -> Value {
    let proxy = match &settings.proxy {
        ProxyChoice::Automatic => json!({"mode": "automatic"}),
        ProxyChoice::None => json!({"mode": "none"}),
        ProxyChoice::Manual(manual) => json!({
            "mode": "manual",
            "host": manual.address.host,
            "port": manual.address.port,
            "domain": manual.domain,
            "user": manual.user,
            "password_set": manual.password.is_some(),
        }),
    };
    let found = found.map(|found| {
        json!({
            "host": found.address.host,
            "port": found.address.port,
            "user": found.user,
            "source": found.source,
        })
    });
    json!({
        "remote_service": settings.remote_service,
        "proxy": proxy,
        "found_proxy": found,
        "remote_assistance": settings.remote_assistance,
        "missing_for_remote_assistance": missing,
    })
}
