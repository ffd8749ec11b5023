//! Agents: enrolment with a code, their tokens, their control sockets, and their end.

use tegata_domain::access_token::{AccessClaims, Confirmation, LIFE, Scope, TYP};
use tegata_domain::agent::{Agent, AgentEnd, CLIENT_AGENT, CodeUse, ENROL_RETRY_WINDOW, Enrolment};
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{CheckedProof, EnrolAgent, Granted, RefreshTokens};
use tegata_domain::control::{ENDED, FromAgent, LARGEST, MALFORMED, ToAgent, Welcome};
use tegata_domain::equipment::{Equipment, EquipmentState};
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::{AgentId, EquipmentId};
use tegata_domain::limit::{AGENT_CHECKS, AGENT_REPORTS};
use tegata_domain::random;
use tegata_domain::refresh::RefreshFamily;
use tegata_domain::secret::PlainRefreshToken;
use tegata_domain::socket::{Holder, Tag};
use tegata_domain::tenant::{Tenant as TenantRecord, TenantState};
use tegata_domain::wire::{b64, json};
use tegata_kv_schema::{agents, equipment};

use super::alerts::alert;
use super::appointments;
use super::equipment::object;
use super::launches::machine;
use super::object::{Tenant, take};
use super::tokens::{Turned, turn};
use crate::context::{Context, OrStorage as _};
use crate::hosted::Heard;

/// The agent's equipment, unless it was retired.
fn in_use(ctx: &Context<'_>, id: &EquipmentId) -> Result<Equipment, Refusal> {
    let equipment = equipment::load(ctx.sql, id).or_storage()?;
    equipment
        .filter(|equipment| equipment.state() == EquipmentState::Active)
        .ok_or(Refusal::InvalidGrant)
}

fn actor(agent: &Agent) -> Actor {
    Actor::new("agent", Some(agent.id.as_str()), None)
}

/// The reply with an agent's tokens.
fn granted(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    (agent, equipment): (&Agent, &Equipment),
    refresh_token: PlainRefreshToken,
) -> Granted {
    let issuer = ctx.issuer(&tenant.slug);
    let claims = AccessClaims {
        sub: agent.id.to_string(),
        aud: Scope::Agent.audience(&issuer),
        iss: issuer,
        client_id: CLIENT_AGENT.to_owned(),
        scope: Scope::Agent.name().to_owned(),
        iat: ctx.now,
        exp: ctx.now.plus(LIFE),
        jti: b64::encode(random::bytes::<12>(ctx.random)),
        cnf: Some(Confirmation { jkt: agent.jkt.clone() }),
        name: equipment.description.name.to_string(),
        email: String::new(),
    };
    Granted {
        access_token: ctx.signers.token.sign(TYP, &claims),
        token_type: "DPoP".to_owned(),
        expires_in: LIFE,
        refresh_token,
        scope: claims.scope,
    }
}

/// Ends an agent: its tokens and its socket are worthless from now on.
pub(super) fn end(ctx: &Context<'_>, mut agent: Agent, actor: Actor, why: AgentEnd) -> Result<(), Refusal> {
    if !agent.is_accepted() {
        return Ok(());
    }
    agent.ended = Some((ctx.now, why));
    agents::end(ctx.sql, &agent).or_storage()?;
    ctx.news.close(Tag::agent(&agent.id));
    machine::lost(ctx, &agent, &actor)?;
    ctx.audit(Act::new(actor, "agent.end", object(&agent.equipment), why.name()))
}

/// Ends the agent of `equipment`, and its enrolment code, as when the equipment is retired.
pub(super) fn end_of_equipment(
    ctx: &Context<'_>,
    equipment: &EquipmentId,
    actor: Actor,
    why: AgentEnd,
) -> Result<(), Refusal> {
    agents::end_enrolment(ctx.sql, equipment).or_storage()?;
    match agents::of_equipment(ctx.sql, equipment).or_storage()? {
        Some(agent) => end(ctx, agent, actor, why),
        None => Ok(()),
    }
}

impl Tenant {
    /// Lets an agent in with a code. The code works once; the machine that used it gets another answer to the same
    /// request for ten minutes, as long as it has not used the first.
    pub(super) fn enrol(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: EnrolAgent,
    ) -> Result<Granted, Refusal> {
        let enrolment = agents::enrolment_by_code(ctx.sql, &command.code.hashed()).or_storage()?;
        let enrolment = enrolment.ok_or(Refusal::InvalidGrant)?;
        if enrolment.jkt.as_ref().is_some_and(|jkt| *jkt != command.proof.jkt) {
            return Err(Refusal::WrongKey);
        }
        match enrolment.usable(ctx.now) {
            CodeUse::Expired => Err(Refusal::ExpiredToken),
            CodeUse::First => {
                self.once(ctx, Some(&command.proof))?;
                enrol_first(ctx, tenant, enrolment, command)
            }
            CodeUse::Again(agent) => {
                self.once(ctx, Some(&command.proof))?;
                enrol_again(ctx, tenant, &agent, &command.proof)
            }
        }
    }

    /// Refreshes an agent's tokens. Reuse of a spent token ends the agent: a copy of its key is in use.
    pub(super) fn refresh_agent(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: &RefreshTokens,
    ) -> Result<Granted, Refusal> {
        let (id, token) = (command.refresh_token.agent(), command.refresh_token.hashed());
        let agent = id.map_or(Ok(None), |id| agents::load(ctx.sql, &id).or_storage())?;
        let mut agent = agent.filter(Agent::is_accepted).ok_or(Refusal::InvalidGrant)?;
        if command.client_id != CLIENT_AGENT {
            return Err(Refusal::InvalidGrant);
        }
        let equipment = in_use(ctx, &agent.equipment)?;
        proven(&agent, command.proof.as_ref())?;
        self.once(ctx, command.proof.as_ref())?;
        let next = PlainRefreshToken::generate(ctx.random, &agent.id);
        let holder = agent.id.to_string();
        match turn(ctx, &holder, &mut agent.refresh, None, &token, &next)? {
            Turned::Rotated => {
                agents::save(ctx.sql, &agent).or_storage()?;
                Ok(granted(ctx, tenant, (&agent, &equipment), next))
            }
            Turned::Reused => {
                let actor = actor(&agent);
                end(ctx, agent, actor, AgentEnd::Cloned)?;
                alert(ctx, AlertKind::AgentCloned, equipment.called())?;
                Err(Refusal::InvalidGrant)
            }
            Turned::Unknown => Err(Refusal::InvalidGrant),
        }
    }

    /// Ends the agent that returns its token (RFC 7009), with a proof of its key.
    pub(super) fn give_back(
        &self,
        ctx: &Context<'_>,
        agent: Agent,
        client_id: &str,
        proof: Option<&CheckedProof>,
    ) -> Result<(), Refusal> {
        if client_id != CLIENT_AGENT || !agent.is_accepted() {
            return Ok(());
        }
        proven(&agent, proof)?;
        self.once(ctx, proof)?;
        let actor = actor(&agent);
        end(ctx, agent, actor, AgentEnd::GivenBack)
    }

    /// Admits an agent to its control socket.
    pub(super) fn admit_agent(&self, ctx: &Context<'_>, id: &AgentId, proof: &CheckedProof) -> Result<Holder, Refusal> {
        self.tenant(ctx.sql)?.working()?;
        let agent = agents::load(ctx.sql, id).or_storage()?;
        let mut agent = agent.filter(Agent::is_accepted).ok_or(Refusal::Forbidden)?;
        in_use(ctx, &agent.equipment)?;
        proven(&agent, Some(proof))?;
        self.once(ctx, Some(proof))?;
        agent.seen_at = Some(ctx.now);
        agents::save(ctx.sql, &agent).or_storage()?;
        ctx.news.note(&[Topic::Equipment]);
        Ok(Holder::Agent(agent.id, ctx.now))
    }
}

fn enrol_first(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    mut enrolment: Enrolment,
    command: EnrolAgent,
) -> Result<Granted, Refusal> {
    let mut equipment = in_use(ctx, &enrolment.equipment)?;
    let id = AgentId::generate(ctx.random);
    let refresh_token = PlainRefreshToken::generate(ctx.random, &id);
    let agent = Agent {
        equipment: equipment.id.clone(),
        jkt: command.proof.jkt,
        report: command.report,
        enrolled_at: ctx.now,
        seen_at: None,
        ended: None,
        remote_assistance: false,
        refresh: RefreshFamily::new(refresh_token.hashed(), ctx.now),
        id,
    };
    if let Some(before) = agents::of_equipment(ctx.sql, &equipment.id).or_storage()? {
        let another = before.jkt != agent.jkt;
        if before.is_accepted() {
            end(ctx, before, actor(&agent), AgentEnd::Replaced)?;
        }
        if another {
            forbid_remote_assistance(ctx, &mut equipment, actor(&agent))?;
        }
    }
    agents::save(ctx.sql, &agent).or_storage()?;
    enrolment.used_by = Some(agent.id.clone());
    agents::save_enrolment(ctx.sql, &enrolment).or_storage()?;
    ctx.audit(Act::new(
        actor(&agent),
        "agent.enrol",
        object(&equipment.id),
        agent.jkt.as_str(),
    ))?;
    alert(ctx, AlertKind::AgentEnrolled, equipment.called())?;
    Ok(granted(ctx, tenant, (&agent, &equipment), refresh_token))
}

/// What was allowed on the machine before is not allowed on another that takes its place, until somebody says so.
fn forbid_remote_assistance(ctx: &Context<'_>, equipment: &mut Equipment, by: Actor) -> Result<(), Refusal> {
    if !equipment.remote_assistance {
        return Ok(());
    }
    let was = equipment.clone();
    equipment.switch(Some(false), None, ctx.now)?;
    equipment::save(ctx.sql, equipment).or_storage()?;
    ctx.audit(Act::new(
        by,
        "equipment.switches",
        object(&equipment.id),
        &was.changes(equipment),
    ))
}

fn enrol_again(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &AgentId,
    proof: &CheckedProof,
) -> Result<Granted, Refusal> {
    let agent = agents::load(ctx.sql, id).or_storage()?;
    let unused = |agent: &Agent| agent.is_accepted() && agent.refresh.generation == 0 && agent.seen_at.is_none();
    let mut agent = agent.filter(unused).ok_or(Refusal::InvalidGrant)?;
    let late = ctx.now.since(agent.enrolled_at) > ENROL_RETRY_WINDOW;
    if late || agent.jkt != proof.jkt {
        return Err(Refusal::InvalidGrant);
    }
    let equipment = in_use(ctx, &agent.equipment)?;
    let refresh_token = PlainRefreshToken::generate(ctx.random, &agent.id);
    agent.refresh = RefreshFamily::new(refresh_token.hashed(), ctx.now);
    agents::save(ctx.sql, &agent).or_storage()?;
    Ok(granted(ctx, tenant, (&agent, &equipment), refresh_token))
}

/// Fails unless the caller proves possession of the agent's key.
fn proven(agent: &Agent, proof: Option<&CheckedProof>) -> Result<(), Refusal> {
    match proof {
        Some(proof) if proof.jkt == agent.jkt => Ok(()),
        _ => Err(Refusal::WrongKey),
    }
}

/// What an agent said on its socket.
pub(super) fn heard(ctx: &Context<'_>, tenant: &TenantRecord, id: &AgentId, text: &str) -> Result<Heard, Refusal> {
    let agent = agents::load(ctx.sql, id).or_storage()?.filter(Agent::is_accepted);
    let Some(mut agent) = agent.filter(|_| tenant.state == TenantState::Active) else {
        return Ok(Heard::Close(ENDED));
    };
    let message: Option<FromAgent> = (text.len() <= LARGEST).then(|| json::read(text).ok()).flatten();
    let Some(message) = message else {
        return Ok(Heard::Close(MALFORMED));
    };
    match message {
        FromAgent::Unknown => Ok(Heard::Nothing),
        FromAgent::Switch { remote_assistance } => {
            machine::switch(ctx, &mut agent, remote_assistance).map(|()| Heard::Nothing)
        }
        FromAgent::Started { command } => machine::started(ctx, &agent, &command).map(|()| Heard::Nothing),
        FromAgent::Declined { command, why } => machine::declined(ctx, &agent, &command, why).map(|()| Heard::Nothing),
        FromAgent::Support { command } => match machine::support(ctx, tenant, &agent, &command)? {
            Some(answer) => said(&[answer]),
            None => Ok(Heard::Nothing),
        },
        FromAgent::End { launch } => machine::ended(ctx, &agent, &launch).map(|()| Heard::Nothing),
        FromAgent::Checked(measured) => {
            // One that tries its machine all day keeps its connection.
            if take(ctx, &format!("check/{}", agent.id), AGENT_CHECKS).is_ok() {
                appointments::launches::measured(ctx, &agent.equipment, &measured)?;
            }
            Ok(Heard::Nothing)
        }
        FromAgent::Hello(report) => {
            let equipment = in_use(ctx, &agent.equipment)?;
            if agent.report != report {
                take(ctx, &format!("agent/{}", agent.id), AGENT_REPORTS)?;
                agent.report = report;
                agents::save(ctx.sql, &agent).or_storage()?;
                ctx.news.note(&[Topic::Equipment]);
            }
            let welcome = ToAgent::Welcome(Welcome {
                time: ctx.now,
                equipment: equipment.description.name.to_string(),
                serial_number: equipment.description.serial_number.to_string(),
                remote_assistance: equipment.remote_assistance,
                manual_launch: equipment.manual_launch,
            });
            let mut messages = vec![welcome];
            messages.extend(machine::connected(ctx, &agent)?);
            if appointments::launches::lacks_check(ctx, &agent.equipment)? {
                messages.push(ToAgent::Check);
            }
            said(&messages)
        }
    }
}

/// These messages as the answer.
fn said(messages: &[ToAgent]) -> Result<Heard, Refusal> {
    let texts = messages.iter().map(serde_json::to_string).collect::<Result<_, _>>();
    texts.map(Heard::Answer).map_err(|_| Refusal::Storage)
}

/// Notes that an agent's socket has closed.
pub(super) fn closed(ctx: &Context<'_>, id: &AgentId) -> Result<(), Refusal> {
    if let Some(mut agent) = agents::load(ctx.sql, id).or_storage()? {
        agent.seen_at = Some(ctx.now);
        agents::save(ctx.sql, &agent).or_storage()?;
        ctx.news.note(&[Topic::Equipment]);
    }
    Ok(())
}
