//! The details of a registration, taken from options and, at a terminal, from prompts.

use crate::args::RegisterArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::prompt::Prompt;
use std::{env, fs};
use tegata_client::Error;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::registration::{RegistrationRequest, parse_device_name, parse_name, parse_organization};
use tegata_domain::slug::Slug;

/// The input of `register`.
pub(crate) struct Details {
    pub(crate) edge: EdgeUrl,
    pub(crate) tenant: Slug,
    pub(crate) request: RegistrationRequest,
}

/// Takes the given options and prompts for the rest. Without a terminal, a missing value is a usage error.
pub(crate) async fn collect(
    args: RegisterArgs,
    prompt: Option<&mut Prompt>,
    output: &Output,
) -> Result<Details, Failure> {
    let given = [
        ("--edge", args.edge.is_some()),
        ("--tenant", args.tenant.is_some()),
        ("--name", args.name.is_some()),
        ("--email", args.email.is_some()),
        ("--organization", args.organization.is_some()),
        ("--device-name", args.device_name.is_some()),
    ];
    let missing: Vec<&str> = given
        .into_iter()
        .filter(|(_, given)| !given)
        .map(|(option, _)| option)
        .collect();
    let args = match prompt {
        Some(prompt) if !missing.is_empty() => ask(args, prompt, output).await?,
        None if !missing.is_empty() => return Err(Failure::missing(&missing, &output.texts)),
        _ => args,
    };
    parse(&args, output).map_err(|error| Failure::from_error(error, &output.texts))
}

fn parse(args: &RegisterArgs, output: &Output) -> Result<Details, Error> {
    // Every required value is present by now: an absent one would be reported as empty.
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let request = RegistrationRequest::new(
        &value(&args.name),
        &value(&args.email),
        &value(&args.organization),
        &value(&args.device_name),
        output.texts.locale,
    )?;
    Ok(Details {
        edge: EdgeUrl::parse(&value(&args.edge))?,
        tenant: parse_tenant(&value(&args.tenant))?,
        request,
    })
}

async fn ask(mut args: RegisterArgs, prompt: &mut Prompt, output: &Output) -> Result<RegisterArgs, Failure> {
    let question = |key: &str| output.texts.get(key);
    if args.edge.is_none() {
        let edge = prompt
            .ask(output, &question("cli-ask-edge"), None, EdgeUrl::parse)
            .await?;
        args.edge = Some(edge.into());
    }
    if args.tenant.is_none() {
        let tenant = prompt
            .ask(output, &question("cli-ask-tenant"), None, parse_tenant)
            .await?;
        args.tenant = Some(tenant.to_string());
    }
    if args.name.is_none() {
        args.name = Some(
            prompt
                .ask(output, &question("cli-ask-name"), None, parse_name)
                .await?
                .to_string(),
        );
    }
    if args.email.is_none() {
        args.email = Some(prompt.ask_email(output).await?);
    }
    if args.organization.is_none() {
        let organization = prompt
            .ask(output, &question("cli-ask-organization"), None, parse_organization)
            .await?;
        args.organization = Some(organization.to_string());
    }
    if args.device_name.is_none() {
        let default = host_name();
        let question = question("cli-ask-device-name");
        let name = prompt
            .ask(output, &question, default.as_deref(), parse_device_name)
            .await?;
        args.device_name = Some(name.to_string());
    }
    Ok(args)
}

/// The PC's own name, as a suggestion.
fn host_name() -> Option<String> {
    let variable = ["COMPUTERNAME", "HOSTNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok());
    let name = variable.or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok())?;
    parse_device_name(name.trim()).ok().map(|name| name.to_string())
}
