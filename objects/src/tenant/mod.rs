//! A tenant's object: all data and decisions of one customer contract or one provider. [`Hosted::handle`] is the only
//! entry point. Each command is implemented in the file of its resource, and runs in one transaction that is rolled
//! back when the store fails.

mod agents;
mod alerts;
mod applications;
mod appointments;
mod approvals;
mod asking;
mod attended;
mod audit;
mod customers;
mod deliveries;
mod desk_equipment;
mod enrolments;
mod equipment;
mod events;
mod faces;
mod grants;
mod inquiries;
mod launches;
mod login;
mod mails;
mod object;
mod operator;
mod outbox;
mod panel;
mod passkeys;
mod people;
mod polls;
mod registrations;
mod session_events;
mod session_record;
mod setup;
mod tokens;
mod waiting;

use tegata_domain::command::{self, TenantCommand};
use tegata_domain::control::MALFORMED;
use tegata_domain::error::Refusal;
use tegata_domain::events::{Event, Topic};
use tegata_domain::outbox::{DeliveryError, OutboxRow};
use tegata_domain::secret::HashedSecret;
use tegata_domain::socket::{Admission, Holder};
use tegata_domain::time::UnixSeconds;

use crate::context::{Context, whole};
use crate::hosted::{Aftermath, Delivery, Heard, Hosted};
use crate::travelling::reply;

pub use object::Tenant;

impl Hosted for Tenant {
    type Class = command::Tenant;

    fn handle(&self, ctx: &Context<'_>, command: TenantCommand) -> Result<String, Refusal> {
        let undone = command.effects().whole;
        let mut command = Some(command);
        let mut outcome = Err(Refusal::Storage);
        let mut stays = false;
        let committed = ctx.sql.transaction(&mut || {
            if let Some(command) = command.take() {
                outcome = self.carry_out(ctx, command);
            }
            stays = match &outcome {
                Ok(_) | Err(Refusal::WrongCredentials) => true,
                Err(Refusal::Storage) => false,
                Err(_) => !undone,
            };
            stays
        });
        if committed.is_err() || !stays {
            self.record.replace(None);
            ctx.news.forget();
        }
        committed.map_err(|_| Refusal::Storage).and(outcome)
    }

    fn aftermath(command: &TenantCommand) -> Aftermath {
        let effects = command.effects();
        match (effects.quiet, effects.touches_copies) {
            (true, false) => Aftermath::Quiet,
            (true, true) => Aftermath::QuietOrCopies,
            (false, false) => Aftermath::Alarm,
            (false, true) => Aftermath::Copies,
        }
    }

    fn next_wake(&self, ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal> {
        match self.tenant(ctx.sql) {
            Ok(_) => {}
            Err(Refusal::UnknownTenant) => return Ok(None),
            Err(refusal) => return Err(refusal),
        }
        deliveries::next_wake(ctx)
    }

    fn tidy(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        let tenant = self.tenant(ctx.sql)?;
        whole(ctx, &mut || {
            login::write_gathered(ctx)?;
            audit::sign_head(ctx, &tenant)?;
            launches::due::attend(ctx)?;
            attended::attend(ctx)?;
            appointments::deadlines::attend(ctx, &tenant)?;
            deliveries::forget_ended(ctx)
        })
    }

    fn admit(&self, ctx: &Context<'_>, admission: &Admission) -> Result<Holder, Refusal> {
        match admission {
            Admission::Console(ticket) => self.admit_console(ctx, ticket),
            Admission::Agent(agent, proof) => whole(ctx, &mut || self.admit_agent(ctx, agent, proof)),
            Admission::Person(..) => Err(Refusal::Forbidden),
        }
    }

    fn tell(&self, ctx: &Context<'_>, session: &HashedSecret, topics: &[Topic]) -> Result<Option<Event>, Refusal> {
        self.tell_console(ctx, session, topics)
    }

    fn heard(&self, ctx: &Context<'_>, holder: &Holder, text: &str) -> Result<Heard, Refusal> {
        match holder {
            // Nobody has anything to say on an event socket; the platform answers pings itself.
            Holder::Console(_) | Holder::Participant(_) => Ok(Heard::Close(MALFORMED)),
            Holder::Agent(agent, _) => whole(ctx, &mut || agents::heard(ctx, &self.tenant(ctx.sql)?, agent, text)),
        }
    }

    fn closed(&self, ctx: &Context<'_>, holder: &Holder) -> Result<(), Refusal> {
        match holder {
            Holder::Console(_) | Holder::Participant(_) => Ok(()),
            Holder::Agent(agent, _) => whole(ctx, &mut || agents::closed(ctx, agent)),
        }
    }

    fn due(&self, ctx: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        self.take_due(ctx)
    }

    fn settle(&self, ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
        whole(ctx, &mut || deliveries::settle(ctx, row, result))
    }
}

impl Tenant {
    fn carry_out(&self, ctx: &Context<'_>, command: TenantCommand) -> Result<String, Refusal> {
        if let TenantCommand::CreateTenant(command) = command {
            return reply(self.create(ctx, command, operator::operator()));
        }
        if let TenantCommand::Desk(command) = command {
            return reply(self.desk(ctx, command));
        }
        let tenant = self.tenant(ctx.sql)?;
        match command {
            TenantCommand::CreateTenant(_) | TenantCommand::Desk(_) => Err(Refusal::Conflict),
            TenantCommand::NoteCustomer(command) => reply(customers::note(ctx, &tenant, &command)),
            TenantCommand::NoteFace(command) => reply(faces::note(ctx, &tenant, &command)),
            TenantCommand::ShowLogo(_) => reply(faces::logo(ctx)),
            TenantCommand::NoteInquiry(command) => reply(customers::note_inquiry(ctx, &tenant, command)),
            TenantCommand::NoteQuestion(command) => reply(customers::note_question(ctx, &tenant, command)),
            TenantCommand::NoteLaunch(command) => reply(launches::copies::note(ctx, &tenant, command)),
            TenantCommand::NoteAttended(command) => reply(attended::copies::note(ctx, &tenant, &command)),
            TenantCommand::NoteAppointment(command) => reply(appointments::copies::note(ctx, &tenant, command)),
            TenantCommand::ShowCalendarFeed(command) => {
                reply(appointments::copies::feed_text(ctx, &tenant.working()?, &command.token))
            }
            TenantCommand::ViewAppointment(command) => reply(appointments::page::view(ctx, &tenant, &command)),
            TenantCommand::AnswerAppointment(command) => {
                reply(self.answer_appointment(ctx, &tenant.working()?, command))
            }
            TenantCommand::ReportPreflight(command) => reply(self.report_preflight(ctx, &tenant.working()?, command)),
            TenantCommand::FetchAppointmentReceipt(command) => {
                reply(appointments::page::receipt(ctx, &tenant, &command.token))
            }
            TenantCommand::ViewAttended(command) => reply(attended::consent::view(ctx, &tenant, &command)),
            TenantCommand::ConsentAttended(command) => reply(self.consent(ctx, &tenant.working()?, command)),
            TenantCommand::VouchForKnock(command) => reply(self.vouch_for_knock(ctx, &tenant.working()?, command)),
            TenantCommand::LinkAttended(command) => reply(attended::knock::link(ctx, &tenant.working()?, &command)),
            TenantCommand::NoteEquipment(command) => reply(enrolments::serials::note(ctx, &tenant, &command)),
            TenantCommand::NoteMachine(command) => reply(enrolments::customer::note(ctx, &tenant, command)),
            TenantCommand::NoteMachineAnswer(command) => reply(enrolments::note_answer(ctx, &tenant, &command)),
            TenantCommand::NoteSession(command) => reply(launches::session::note(ctx, command)),
            TenantCommand::ShowTenant(_) => reply(Ok(tenant.view())),
            TenantCommand::UpdateTenant(command) => reply(self.update(ctx, tenant, command)),
            TenantCommand::SetTenantState(command) => reply(self.set_state(ctx, tenant, command.state, None)),
            TenantCommand::AddAdministrator(command) => reply(operator::add_administrator(ctx, &tenant, command)),
            TenantCommand::RenewIntrospectionSecret(_) => reply(self.renew_introspection_secret(ctx, tenant)),
            TenantCommand::ListDevices(command) => reply(operator::list_devices(ctx, command.cursor.as_deref())),
            TenantCommand::RevokeDevice(command) => reply(operator::revoke_device(ctx, &command.device)),
            TenantCommand::ListAudit(command) => reply(audit::list(ctx, &command)),
            TenantCommand::ListAuditHeads(command) => reply(audit::list_heads(ctx, command.cursor.as_deref())),
            TenantCommand::ListOutbox(command) => reply(operator::list_outbox(ctx, command.cursor.as_deref())),
            TenantCommand::RetryOutbox(command) => reply(operator::retry_outbox(ctx, &command.id)),
            TenantCommand::Register(command) => reply(self.register(ctx, &tenant.working()?, command)),
            TenantCommand::ShowRegistration(command) => reply(registrations::show(ctx, &command.device_code)),
            TenantCommand::ResendMail(command) => {
                tenant.working()?;
                reply(self.resend(ctx, &command))
            }
            TenantCommand::WithdrawRegistration(command) => reply(registrations::withdraw(ctx, &command.device_code)),
            TenantCommand::RedeemDeviceCode(command) => reply(self.redeem(ctx, &tenant.working()?, command)),
            TenantCommand::EnrolAgent(command) => reply(self.enrol(ctx, &tenant.working()?, command)),
            TenantCommand::IdentifyMachine(command) => reply(self.identify(ctx, &tenant.working()?, &command)),
            TenantCommand::PollEnrolment(command) => {
                tenant.working()?;
                reply(self.poll_enrolment(ctx, &command))
            }
            TenantCommand::RefreshTokens(command) => reply(self.refresh(ctx, &tenant.working()?, &command)),
            TenantCommand::RevokeToken(command) => reply(self.revoke(ctx, &command)),
            TenantCommand::Introspect(command) => reply(tokens::introspect(ctx, &tenant, &command)),
            TenantCommand::ViewApproval(command) => reply(approvals::view(ctx, &tenant, &command)),
            TenantCommand::DecideApproval(command) => reply(approvals::decide(ctx, &tenant.working()?, command)),
            TenantCommand::FetchReceipt(command) => reply(approvals::receipt(ctx, &tenant, &command.token)),
            TenantCommand::ViewConfirmation(command) => {
                reply(registrations::view_confirmation(ctx, &tenant, &command.token))
            }
            TenantCommand::ConfirmAddress(command) => {
                reply(registrations::confirm_address(ctx, &tenant.working()?, &command))
            }
            TenantCommand::EnterCodes(command) => reply(self.enter_codes(ctx, &tenant.working()?, &command)),
            TenantCommand::StartLogin(command) => reply(self.start_login(ctx, &command)),
            TenantCommand::FinishLogin(command) => reply(self.finish_login(ctx, &tenant, command)),
            TenantCommand::StartPasskeyLogin(command) => reply(self.start_passkey_login(ctx, &command)),
            TenantCommand::FindPasskey(command) => reply(self.find_passkey(ctx, &command)),
            TenantCommand::FinishPasskeyLogin(command) => reply(passkeys::finish_login(ctx, &tenant, command)),
            TenantCommand::RequestReset(command) => {
                tenant.working()?;
                reply(self.request_reset(ctx, &command))
            }
            TenantCommand::OpenReset(command) => reply(login::open_reset(ctx, &tenant, &command)),
            TenantCommand::CompleteReset(command) => reply(login::complete_reset(ctx, &tenant.working()?, command)),
            TenantCommand::Panel(command) => self.panel(ctx, tenant, command),
        }
    }
}
