//! The sender of an action, and their rights.

use std::collections::BTreeSet;

use tegata_domain::account::Account;
use tegata_domain::audit::{self, Actor};
use tegata_domain::console_session::{ConsoleSession, SessionState};
use tegata_domain::error::Refusal;
use tegata_domain::id::{OrganizationId, UserId};
use tegata_domain::organization::Tree;
use tegata_domain::panel::{Act, Action, Credential, Panel};
use tegata_domain::personal_token::PersonalToken;
use tegata_domain::right::{Right, Role, allows};
use tegata_domain::secret::HashedSecret;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{organizations, personal_tokens, sessions};

use crate::context::{Context, OrStorage as _};
use crate::tenant::people::{Person, person};

/// How the visitor authenticated.
pub(super) enum Entrance {
    /// With a session cookie; the hash is the cookie's.
    Session(HashedSecret, ConsoleSession),
    /// With a personal access token.
    Token(PersonalToken),
}

/// An authenticated visitor.
pub(super) struct Visitor {
    pub(super) person: Person,
    pub(super) entrance: Entrance,
    pub(super) tenant: TenantRecord,
    pub(super) client: String,
}

/// The organisations that the visitor administers.
pub(super) enum Scope {
    /// All organisations, and everything outside of any.
    All,
    /// Only these.
    Within(BTreeSet<OrganizationId>),
}

impl Scope {
    /// Whether things that belong to `organization` are in scope.
    pub(super) fn holds(&self, organization: Option<&OrganizationId>) -> bool {
        match self {
            Self::All => true,
            Self::Within(theirs) => organization.is_some_and(|id| theirs.contains(id)),
        }
    }

    /// The organisations in scope that are among `wanted`, as a JSON array; `None` if nothing is ruled out.
    pub(super) fn narrowed(self, wanted: Option<BTreeSet<OrganizationId>>) -> Option<String> {
        let within = match (self, wanted) {
            (Self::All, wanted) => wanted,
            (Self::Within(theirs), None) => Some(theirs),
            (Self::Within(theirs), Some(wanted)) => Some(theirs.intersection(&wanted).cloned().collect()),
        };
        within.map(|ids| serde_json::to_string(&ids).unwrap_or_default())
    }
}

impl Visitor {
    /// The user, unless a token speaks for them: its owner may not know what is done with it.
    pub(super) const fn present(&self) -> Option<&UserId> {
        match self.entrance {
            Entrance::Session(..) => Some(&self.person.user.id),
            Entrance::Token(_) => None,
        }
    }

    /// Authenticates the credential of a command.
    pub(super) fn enter(ctx: &Context<'_>, tenant: TenantRecord, command: &Panel) -> Result<Self, Refusal> {
        let (entrance, user) = match &command.credential {
            Credential::Session(token) => {
                let hash = token.hashed();
                let mut session = sessions::load(ctx.sql, &hash)
                    .or_storage()?
                    .filter(|session| session.is_alive(ctx.now))
                    .ok_or(Refusal::NotSignedIn)?;
                if session.touch(ctx.now) {
                    sessions::save(ctx.sql, &hash, &session).or_storage()?;
                }
                let user = session.user.clone();
                (Entrance::Session(hash, session), user)
            }
            Credential::Token(token) => {
                let hash = token.hashed();
                let mut token = personal_tokens::load(ctx.sql, &hash)
                    .or_storage()?
                    .filter(|token| ctx.now < token.expires_at)
                    .ok_or(Refusal::NotSignedIn)?;
                if token.touch(ctx.now) {
                    personal_tokens::save(ctx.sql, &hash, &token).or_storage()?;
                }
                let user = token.user.clone();
                (Entrance::Token(token), user)
            }
        };
        Ok(Self {
            person: person(ctx, &user)?.ok_or(Refusal::NotSignedIn)?,
            entrance,
            tenant,
            client: command.client.clone(),
        })
    }

    /// Whether the visitor holds `right`.
    pub(super) fn may(&self, right: Right) -> bool {
        self.check_may(right).is_ok()
    }

    /// Fails unless the visitor holds `right`.
    pub(super) fn check_may(&self, right: Right) -> Result<(), Refusal> {
        let account = &self.person.account;
        let allowed = allows(account.role, self.tenant.kind, account.support_option, right);
        match &self.entrance {
            Entrance::Session(_, session) if allowed && session.state == SessionState::SignedIn => Ok(()),
            Entrance::Token(token) if allowed && token.scopes.hold(right) => Ok(()),
            Entrance::Token(_) if allowed && right.fits_token() => Err(Refusal::InsufficientScope { scope: right }),
            // No token holds a right to decide, and a person's own account is out of reach for every token.
            Entrance::Token(_) if allowed && right != Right::Own => Err(Refusal::LoginRequired),
            Entrance::Session(..) | Entrance::Token(_) => Err(Refusal::Forbidden),
        }
    }

    /// Fails unless the visitor may take `action` now.
    pub(super) fn check(&self, ctx: &Context<'_>, action: &Action) -> Result<(), Refusal> {
        if let Entrance::Session(_, session) = &self.entrance
            && session.state != SessionState::SignedIn
        {
            // A session with pending login steps allows only those steps and logging out.
            return match session.state {
                state if action.fits(state) => self.check_tenant(action),
                SessionState::NewPassword => Err(Refusal::NewPasswordRequired),
                SessionState::Passkey | SessionState::SignedIn => Err(Refusal::PasskeyRequired),
            };
        }
        if !action.deferred {
            self.check_may(action.right)?;
        }
        self.check_tenant(action)?;
        if action.fresh { self.check_fresh(ctx) } else { Ok(()) }
    }

    /// Fails unless the tenant is active. Some actions are always allowed: seeing that it is suspended, and logging
    /// out.
    fn check_tenant(&self, action: &Action) -> Result<(), Refusal> {
        if !action.always {
            self.tenant.clone().working()?;
        }
        Ok(())
    }

    /// Fails unless the visitor authenticated recently. A token counts as fresh, because creating one needed a fresh
    /// authentication.
    pub(super) fn check_fresh(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        match &self.entrance {
            Entrance::Session(_, session) if ctx.now >= session.fresh_until() => Err(Refusal::FreshLoginRequired),
            Entrance::Session(..) | Entrance::Token(_) => Ok(()),
        }
    }

    /// Fails unless the visitor holds every right of `account`: a token must not grant rights that it lacks.
    pub(super) fn check_holds(&self, account: &Account) -> Result<(), Refusal> {
        let Entrance::Token(token) = &self.entrance else {
            return Ok(());
        };
        let given = |right: &&Right| allows(account.role, self.tenant.kind, account.support_option, **right);
        let lacks = |right: &&Right| **right != Right::Own && !token.scopes.hold(**right);
        let lacking = || Right::ALL.iter().filter(given).filter(lacks);
        match lacking().find(|right| right.fits_token()).or_else(|| lacking().next()) {
            Some(&scope) if scope.fits_token() => Err(Refusal::InsufficientScope { scope }),
            Some(_) => Err(Refusal::LoginRequired),
            None => Ok(()),
        }
    }

    /// Fails unless the visitor may change the account `target`. An organisation administrator may change only
    /// organisation administrators within `scope`, which is their own organisation and those below it.
    pub(super) fn check_target(&self, scope: &Scope, target: &Account) -> Result<(), Refusal> {
        let below = target.role == Role::OrganizationAdministrator && scope.holds(target.organization.as_ref());
        if self.person.account.role == Role::SystemAdministrator || below {
            return Ok(());
        }
        Err(Refusal::Forbidden)
    }

    /// The organisations that the visitor administers.
    pub(super) fn scope(&self, ctx: &Context<'_>) -> Result<Scope, Refusal> {
        if self.person.account.role != Role::OrganizationAdministrator {
            return Ok(Scope::All);
        }
        let tree = Tree::of(&organizations::list(ctx.sql).or_storage()?);
        let own = self.person.account.organization.as_ref();
        Ok(Scope::Within(own.map(|id| tree.below(id)).unwrap_or_default()))
    }

    /// Whether the visitor gave a passkey in this session.
    pub(super) fn with_passkey(&self) -> bool {
        matches!(&self.entrance, Entrance::Session(_, session) if session.with_passkey)
    }

    /// The visitor as an actor in the audit log.
    pub(super) fn actor(&self) -> Actor {
        let id = self.person.user.id.as_str();
        match &self.entrance {
            Entrance::Session(..) => Actor::new("account", Some(id), Some(&self.client)),
            Entrance::Token(token) => Actor::new("token", Some(&format!("{id}/{}", token.id)), Some(&self.client)),
        }
    }

    /// The visitor as an approver in the audit log.
    pub(super) fn approver(&self) -> Actor {
        Actor {
            kind: "approver".to_owned(),
            ..self.actor()
        }
    }

    /// Logs the action `A`.
    pub(super) fn audit<A: Act>(&self, ctx: &Context<'_>, object: String, outcome: &str) -> Result<(), Refusal> {
        const { assert!(!A::ACTION.entries.is_empty(), "the action declares no entry") };
        self.note(ctx, A::ACTION.entry(), object, outcome)
    }

    /// Logs an entry whose name differs from the action's usual one.
    pub(super) fn note(&self, ctx: &Context<'_>, name: &str, object: String, outcome: &str) -> Result<(), Refusal> {
        ctx.audit(audit::Act::new(self.actor(), name, object, outcome))
    }
}
