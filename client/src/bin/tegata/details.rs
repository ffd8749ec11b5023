//! The details of a registration, taken from options and, at a terminal, from prompts. The tenant comes first, and the
//! edge is asked whether it exists, so that a wrong tenant is reported before further questions.

use crate::args::RegisterArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::prompt::Prompt;
use std::{env, fs};
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::metadata::Found;
use tegata_client::registration::{RegistrationRequest, parse_device_name, parse_name, parse_organization};
use tegata_client::{Error, Viewer};
use tegata_domain::slug::Slug;

/// The input of `register`.
pub(crate) struct Details {
    pub(crate) at: Found,
    pub(crate) request: RegistrationRequest,
}

/// Takes the given options and prompts for the rest. Without a terminal, a missing value is a usage error.
pub(crate) async fn collect(
    viewer: &Viewer,
    args: RegisterArgs,
    prompt: Option<&mut Prompt>,
    output: &Output,
) -> Result<Details, Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
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
    match prompt {
        Some(prompt) if !missing.is_empty() => {
            let (edge, tenant) = ask_place(&args, prompt, output).await?;
            let at = find(viewer, edge, tenant, output).await?;
            let args = ask(args, prompt, output).await?;
            let request = request(&args, output).map_err(failed)?;
            Ok(Details { at, request })
        }
        None if !missing.is_empty() => Err(Failure::missing(&missing, &output.texts)),
        _ => {
            let request = request(&args, output).map_err(failed)?;
            let edge = EdgeUrl::parse(&or_empty(&args.edge)).map_err(failed)?;
            let tenant = parse_tenant(&or_empty(&args.tenant)).map_err(failed)?;
            let at = find(viewer, edge, tenant, output).await?;
            Ok(Details { at, request })
        }
    }
}

/// By now every value is present. An absent one would be reported as an empty one.
fn or_empty(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn request(args: &RegisterArgs, output: &Output) -> Result<RegistrationRequest, Error> {
    RegistrationRequest::new(
        &or_empty(&args.name),
        &or_empty(&args.email),
        &or_empty(&args.organization),
        &or_empty(&args.device_name),
        output.texts.locale,
    )
}

/// Looks the tenant up, and says what to correct when it is not there.
async fn find(viewer: &Viewer, edge: EdgeUrl, tenant: Slug, output: &Output) -> Result<Found, Failure> {
    let texts = &output.texts;
    let (address, name) = (edge.as_str().to_owned(), tenant.as_str().to_owned());
    viewer.find(edge, tenant).await.map_err(|error| {
        let address = ("edge", address.into());
        let message = match &error {
            Error::Problem(problem) if problem.status == 404 => {
                texts.with("cli-error-unknown-tenant", [("tenant", name.into()), address])
            }
            // Something answered, but not as an edge does.
            Error::Status(404) | Error::Protocol(_) => {
                let detail = ("detail", error.to_string().into());
                texts.with("cli-error-not-a-service", [address, detail])
            }
            _ => return Failure::from_error(error, texts),
        };
        Failure {
            message,
            ..Failure::from_error(error, texts)
        }
    })
}

/// The tenant and its deployment, from the options or the person.
async fn ask_place(args: &RegisterArgs, prompt: &mut Prompt, output: &Output) -> Result<(EdgeUrl, Slug), Failure> {
    let failed = |error| Failure::from_error(error, &output.texts);
    let question = |key: &str| output.texts.get(key);
    let edge = match &args.edge {
        Some(edge) => EdgeUrl::parse(edge).map_err(failed)?,
        None => {
            prompt
                .ask(output, &question("cli-ask-edge"), None, EdgeUrl::parse)
                .await?
        }
    };
    let tenant = match &args.tenant {
        Some(tenant) => parse_tenant(tenant).map_err(failed)?,
        None => {
            prompt
                .ask(output, &question("cli-ask-tenant"), None, parse_tenant)
                .await?
        }
    };
    Ok((edge, tenant))
}

/// Who asks, and for which PC.
async fn ask(mut args: RegisterArgs, prompt: &mut Prompt, output: &Output) -> Result<RegisterArgs, Failure> {
    let question = |key: &str| output.texts.get(key);
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
pub(crate) fn host_name() -> Option<String> {
    let variable = ["COMPUTERNAME", "HOSTNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok());
    let name = variable.or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok())?;
    parse_device_name(name.trim()).ok().map(|name| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::collect;
    use crate::args::RegisterArgs;
    use crate::exit;
    use crate::failure::Failure;
    use crate::output::Output;
    use crate::prompt::Prompt;
    use crate::texts::Texts;
    use axum::Router;
    use axum::http::StatusCode;
    use tegata_client::Viewer;
    use tegata_client::data_dir::DataDir;
    use tegata_client::registration::Locale;
    use tegata_domain::time::TimeZone;
    use tokio::net::TcpListener;

    const PROBLEM: (&str, &str) = (
        "application/problem+json",
        r#"{"title":"Unknown tenant","code":"unknown-tenant"}"#,
    );

    /// The failure after typing `lines` at an edge that answers everything with 404 and this document.
    async fn asked(tenant: Option<&str>, answer: (&'static str, &'static str), lines: &[&str]) -> (Failure, usize) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let edge = format!("http://{}", listener.local_addr().unwrap());
        let (kind, body) = answer;
        let router =
            Router::new().fallback(move || async move { (StatusCode::NOT_FOUND, [("content-type", kind)], body) });
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folder = tempfile::tempdir().unwrap();
        let viewer = Viewer::new(DataDir::at(folder.path())).unwrap();
        let args = RegisterArgs {
            edge: Some(edge),
            tenant: tenant.map(str::to_owned),
            name: None,
            email: None,
            organization: None,
            device_name: None,
            no_wait: false,
        };
        let output = Output {
            json: false,
            texts: Texts::new(Locale::En),
            zone: TimeZone::UTC,
        };
        let mut prompt = Prompt::typed(lines);
        let found = collect(&viewer, args, Some(&mut prompt), &output).await;
        let failure = found.err().expect("the edge has no tenant");
        (failure, prompt.left())
    }

    #[tokio::test]
    async fn an_unknown_tenant_is_told_before_the_person_is_asked_for_anything() {
        let (failure, left) = asked(Some("aozoru"), PROBLEM, &["山田 太郎", "taro@aozora.example"]).await;
        assert_eq!(
            (failure.exit, failure.code.as_str(), left),
            (exit::GENERAL, "unknown-tenant", 2)
        );
        assert!(
            failure.message.contains("\"aozoru\" at http://127.0.0.1:"),
            "{}",
            failure.message
        );
        assert!(failure.message.contains("--tenant"), "{}", failure.message);
        let (typed, left) = asked(None, PROBLEM, &["Aozoru", "山田 太郎"]).await;
        assert_eq!(
            (typed.message.contains("\"aozoru\""), left),
            (true, 1),
            "only the tenant was asked for"
        );
    }

    #[tokio::test]
    async fn an_address_without_the_service_is_told_as_such() {
        let (failure, left) = asked(Some("aozora"), ("text/html", "<h1>Not found</h1>"), &["山田 太郎"]).await;
        assert_eq!((failure.exit, left), (exit::GENERAL, 1));
        assert!(failure.message.contains("--edge or TEGATA_EDGE"), "{}", failure.message);
    }
}
