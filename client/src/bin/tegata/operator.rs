//! `tegata operator`: the operator API as commands. Output uses the API's member names in every language, so that users
//! can look them up in the API's documentation.

use crate::args::operator::{
    AddAdministratorArgs, AdministratorCommand, AuditArgs, AuditCommand, DeviceCommand, FilterArgs,
    IntrospectionSecretCommand, ListArgs, OperatorArgs, OperatorCommand, OperatorKeysCommand, OutboxCommand,
    RotateArgs, TenantCommand,
};
use crate::exit;
use crate::export;
use crate::failure::Failure;
use crate::output::Output;
use crate::place::Place;
use crate::table::{facts, rows};
use crate::tenant_input;
use serde::Serialize;
use serde_json::{Value, json};
use tegata_client::Error;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::operator::Operator;
use tegata_client::operator::documents::{AdministratorInput, AuditQuery, Page};
use tegata_client::secret::Secret;
use tegata_domain::slug::Slug;

const TENANT_COLUMNS: [&str; 4] = ["slug", "kind", "state", "name"];
const DEVICE_COLUMNS: [&str; 6] = ["id", "state", "name", "email", "organization", "device_name"];
const AUDIT_COLUMNS: [&str; 6] = ["seq", "at", "actor", "action", "object", "outcome"];
const HEAD_COLUMNS: [&str; 4] = ["seq", "at", "hash", "jws"];
const KEY_COLUMNS: [&str; 4] = ["purpose", "kid", "active_at", "ended"];
const OUTBOX_COLUMNS: [&str; 6] = ["id", "kind", "state", "attempts", "next_at", "last_error"];

/// What stops working when the keys for each purpose are revoked.
const ENDS: [(&str, &str); 3] = [
    ("token", "cli-keys-end-token"),
    ("receipt", "cli-keys-end-receipt"),
    ("link", "cli-keys-end-link"),
];

/// Runs one operator command.
pub(crate) async fn run(args: OperatorArgs, output: &Output) -> Result<u8, Failure> {
    let missing = |option: &str| Failure::missing(&[option], &output.texts);
    let edge = args.edge.ok_or_else(|| missing("--edge"))?;
    let token = args
        .token
        .filter(|token| !token.is_empty())
        .ok_or_else(|| missing("--token"))?;
    let operator = EdgeUrl::parse(&edge)
        .and_then(|edge| Operator::new(&edge, Secret::new(token)))
        .map_err(|error| Failure::from_error(error, &output.texts))?;
    let commands = Commands { operator, output };
    match args.command {
        OperatorCommand::Tenant(command) => commands.tenant(command).await?,
        OperatorCommand::Administrator(AdministratorCommand::Add(args)) => commands.add_administrator(args).await?,
        OperatorCommand::Device(command) => commands.device(command).await?,
        OperatorCommand::Outbox(command) => commands.outbox(command).await?,
        OperatorCommand::Audit(args) => commands.audit(*args).await?,
        OperatorCommand::IntrospectionSecret(IntrospectionSecretCommand::New { slug }) => {
            let secret = commands.operator.new_introspection_secret(&commands.slug(&slug)?).await;
            commands.show(secret)?;
        }
        OperatorCommand::Keys(OperatorKeysCommand::Rotate(args)) => commands.rotate_keys(&args).await?,
    }
    Ok(exit::OK)
}

struct Commands<'a> {
    operator: Operator,
    output: &'a Output,
}

impl Commands<'_> {
    async fn tenant(&self, command: TenantCommand) -> Result<(), Failure> {
        let operator = &self.operator;
        match command {
            TenantCommand::Create(args) => {
                let document = tenant_input::create(&args, &self.output.texts)?;
                self.show(operator.create_tenant(&document, args.idempotency_key.as_deref()).await)
            }
            TenantCommand::List(list) => {
                self.list(&list, &TENANT_COLUMNS, async |cursor| operator.tenants(cursor).await)
                    .await
            }
            TenantCommand::Show { slug } => self.show(operator.tenant(&self.slug(&slug)?).await),
            TenantCommand::Update(args) => {
                let changes = tenant_input::update(&args, &self.output.texts)?;
                self.show(operator.update_tenant(&self.slug(&args.slug)?, &changes).await)
            }
            TenantCommand::Suspend { slug } => self.show(operator.suspend_tenant(&self.slug(&slug)?).await),
            TenantCommand::Resume { slug } => self.show(operator.resume_tenant(&self.slug(&slug)?).await),
        }
    }

    /// Language and time zone of the new administrator default to the tenant's.
    async fn add_administrator(&self, args: AddAdministratorArgs) -> Result<(), Failure> {
        let slug = self.slug(&args.slug)?;
        let tenant = self.operator.tenant(&slug).await.map_err(|error| self.failed(error))?;
        let person = AdministratorInput {
            name: Some(args.administrator_name),
            email: Some(args.administrator_email),
            account: Some(args.administrator_account),
            locale: Some(args.administrator_locale.map_or(tenant.locale, tenant_input::tag)),
            time_zone: Some(args.administrator_time_zone.unwrap_or(tenant.time_zone)),
        };
        let key = args.idempotency_key.as_deref();
        self.show(self.operator.add_administrator(&slug, &person, key).await)
    }

    async fn device(&self, command: DeviceCommand) -> Result<(), Failure> {
        let operator = &self.operator;
        match command {
            DeviceCommand::List { slug, list } => {
                let slug = self.slug(&slug)?;
                self.list(&list, &DEVICE_COLUMNS, async |cursor| {
                    operator.devices(&slug, cursor).await
                })
                .await
            }
            DeviceCommand::Revoke { slug, id } => self.done(operator.revoke_device(&self.slug(&slug)?, &id).await),
        }
    }

    async fn audit(&self, args: AuditArgs) -> Result<(), Failure> {
        let operator = &self.operator;
        match args.command {
            Some(AuditCommand::List {
                slug,
                list,
                filter,
                newest_first,
            }) => {
                let slug = self.slug(&slug)?;
                let query = AuditQuery {
                    newest_first,
                    ..query(filter)
                };
                self.list(&list, &AUDIT_COLUMNS, async |cursor| {
                    operator.audit(&slug, &query, cursor).await
                })
                .await
            }
            Some(AuditCommand::Heads { slug, list }) => {
                let slug = self.slug(&slug)?;
                self.list(&list, &HEAD_COLUMNS, async |cursor| {
                    operator.audit_heads(&slug, cursor).await
                })
                .await
            }
            None => {
                let args = args.export;
                let slug = self.slug(&args.slug.unwrap_or_default())?;
                let file = args.export.unwrap_or_default();
                export::run(operator, &slug, &query(args.filter), &file, args.format, self.output).await
            }
        }
    }

    async fn outbox(&self, command: OutboxCommand) -> Result<(), Failure> {
        let operator = &self.operator;
        match command {
            OutboxCommand::List { slug, list } => {
                let slug = self.slug(&slug)?;
                self.list(&list, &OUTBOX_COLUMNS, async |cursor| {
                    operator.outbox(&slug, cursor).await
                })
                .await
            }
            OutboxCommand::Retry { slug, id } => self.done(operator.retry_outbox(&self.slug(&slug)?, &id).await),
        }
    }

    /// Revoking keys invalidates everything signed or derived with them, so the user has to confirm it.
    async fn rotate_keys(&self, args: &RotateArgs) -> Result<(), Failure> {
        if args.compromised && !args.yes {
            let ends = |purpose: &str| args.purpose.as_deref().is_none_or(|only| only == purpose);
            let texts = &self.output.texts;
            let told = ENDS.iter().filter(|(purpose, _)| ends(purpose));
            let told = told.map(|(_, text)| texts.get(text));
            let lines: Vec<String> = told.chain([texts.get("cli-keys-confirm")]).collect();
            return Err(Failure::usage(lines.join("\n")));
        }
        let mut order = json!({ "compromised": args.compromised });
        for (name, value) in [("purpose", &args.purpose), ("reason", &args.reason)] {
            if let Some(value) = value {
                order[name] = json!(value);
            }
        }
        let rotated = self.operator.rotate_keys(&order, args.idempotency_key.as_deref()).await;
        let rotated = rotated.map_err(|error| self.failed(error))?;
        let keys = rotated["keys"].as_array().cloned().unwrap_or_default();
        self.output.result(&rows(&KEY_COLUMNS, &keys), &rotated)
    }

    /// Reads pages until the list ends or the limit is reached; the result includes the cursor to go on with.
    async fn list<T: Serialize>(
        &self,
        args: &ListArgs,
        columns: &[&str],
        page: impl AsyncFn(Option<&str>) -> Result<Page<T>, Error>,
    ) -> Result<(), Failure> {
        let limit = args.limit.get();
        let mut items: Vec<Value> = Vec::new();
        let mut place = Place::parse(args.cursor.as_deref());
        let next = loop {
            let page = page(place.page.as_deref()).await.map_err(|error| self.failed(error))?;
            let rest = page.items.iter().skip(place.skip);
            let shown = rest.take(limit.saturating_sub(items.len()));
            let before = items.len();
            // Safe: documents parsed from JSON can be written as JSON.
            items.extend(shown.map(|item| serde_json::to_value(item).unwrap_or_default()));
            let read = place.skip + items.len() - before;
            if read < page.items.len() {
                break Some(Place {
                    page: place.page,
                    skip: read,
                });
            }
            if page.cursor.is_none() {
                break None;
            }
            place = Place {
                page: page.cursor,
                skip: 0,
            };
            if items.len() >= limit {
                break Some(place);
            }
        };
        let cursor = next.and_then(Place::written);
        if let (Some(cursor), false) = (&cursor, self.output.json) {
            self.output
                .note(&self.output.texts.with("cli-more", [("cursor", cursor.clone().into())]));
        }
        self.output
            .result(&rows(columns, &items), &json!({"items": items, "cursor": cursor}))
    }

    fn show<T: Serialize>(&self, answer: Result<T, Error>) -> Result<(), Failure> {
        let answer = answer.map_err(|error| self.failed(error))?;
        // Safe: documents parsed from JSON can be written as JSON.
        let object = serde_json::to_value(answer).unwrap_or_default();
        self.output.result(&facts(&object), &object)
    }

    fn done(&self, answer: Result<(), Error>) -> Result<(), Failure> {
        answer.map_err(|error| self.failed(error))?;
        self.output
            .result(&self.output.texts.get("cli-done"), &json!({"done": true}))
    }

    fn slug(&self, text: &str) -> Result<Slug, Failure> {
        parse_tenant(text).map_err(|error| self.failed(error))
    }

    fn failed(&self, error: Error) -> Failure {
        Failure::from_error(error, &self.output.texts)
    }
}

fn query(filter: FilterArgs) -> AuditQuery {
    AuditQuery {
        actor: filter.actor,
        object: filter.object,
        action: filter.action,
        from: filter.from,
        to: filter.to,
        newest_first: false,
    }
}
