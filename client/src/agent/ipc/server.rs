//! Answers the programs that ask the running agent.

use super::line::Lines;
use super::settings::{Change, Shown};
use super::{Answer, Caller, Listener, Refusal, Reply, Request, Told};
use crate::agent::diagnose::Diagnosis;
use crate::agent::identification::Identification;
use crate::agent::preflight::Tried;
use crate::agent::status::Status;
use crate::agent::support::Support;
use crate::edge::EdgeUrl;
use crate::secret::Secret;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tegata_domain::id::CommandId;
use tegata_domain::slug::Slug;
use tegata_domain::text::ChatText;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Programs that are connected at once.
const MOST: usize = 32;
/// How long a program may be connected without asking anything, or take for one request.
const ARRIVAL: Duration = Duration::from_secs(30);

/// What the agent does when it is asked. Who may ask for what has been decided before.
pub trait Service: Send + Sync + 'static {
    /// The light and what goes with it.
    fn status(&self) -> impl Future<Output = Result<Status, Refusal>> + Send;

    /// The settings.
    fn settings(&self) -> impl Future<Output = Result<Shown, Refusal>> + Send;

    /// Tests the connection.
    fn test(&self, edge: Option<EdgeUrl>) -> impl Future<Output = Result<Diagnosis, Refusal>> + Send;

    /// Tries what a session needs, and reports it.
    fn check(&self) -> impl Future<Output = Result<Tried, Refusal>> + Send;

    /// What people at the machine see of remote support.
    fn support(&self) -> impl Future<Output = Result<Support, Refusal>> + Send;

    /// Starts it at the machine (K6).
    fn start_support(&self) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Ends it.
    fn end_support(&self) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Writes something in the session.
    fn write(&self, text: ChatText) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Accepts a file that is offered, or declines it.
    fn decide(&self, offer: CommandId, accept: bool) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Changes the settings.
    fn change(&self, change: Change) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Identifies this machine (P2).
    fn identify(
        &self,
        edge: EdgeUrl,
        identification: Identification,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Enrols this machine.
    fn enrol(&self, edge: EdgeUrl, tenant: Slug, code: Secret) -> impl Future<Output = Result<(), Refusal>> + Send;
}

/// Answers for ever.
pub async fn serve(mut listener: Listener, service: Arc<impl Service>) {
    let seats = Arc::new(Semaphore::new(MOST));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else {
            return;
        };
        let Ok((stream, caller)) = listener.accept().await else {
            // Too many open files, most likely: they become free again.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = Arc::clone(&service);
        tokio::spawn(async move {
            converse(stream, caller, &*service).await;
            drop(seat);
        });
    }
}

/// One program, until it hangs up, says nothing for too long, or sends a line that is too long.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, caller: Caller, service: &impl Service) {
    let mut lines = Lines::new(stream);
    loop {
        let reply: Reply = match timeout(ARRIVAL, lines.read()).await {
            Ok(Ok(Some(line))) => answer(&line, caller, service).await.into(),
            Ok(Err(error)) if error.kind() == ErrorKind::FileTooLarge => {
                let _ = timeout(ARRIVAL, lines.write(&Reply::from(Err(Refusal::TooLarge)))).await;
                return;
            }
            Ok(Ok(None) | Err(_)) | Err(_) => return,
        };
        if !matches!(timeout(ARRIVAL, lines.write(&reply)).await, Ok(Ok(()))) {
            return;
        }
    }
}

async fn answer(line: &[u8], caller: Caller, service: &impl Service) -> Result<Answer, Refusal> {
    let request: Request = serde_json::from_slice(line).map_err(|_| Refusal::Malformed)?;
    if !request.is_open_to(caller) {
        return Err(Refusal::NotAdministrator);
    }
    match request {
        Request::Status => service
            .status()
            .await
            .map(|status| Answer::Status(Box::new(Told { caller, status }))),
        Request::Settings => service
            .settings()
            .await
            .map(|settings| Answer::Settings(Box::new(settings))),
        Request::Test { edge } => service
            .test(edge)
            .await
            .map(|diagnosis| Answer::Test(Box::new(diagnosis))),
        Request::Check => service.check().await.map(|tried| Answer::Check(Box::new(tried))),
        Request::SupportState => service
            .support()
            .await
            .map(|support| Answer::Support(Box::new(support))),
        Request::SupportStart => service.start_support().await.map(|()| Answer::Done {}),
        Request::SupportEnd => service.end_support().await.map(|()| Answer::Done {}),
        Request::SupportChat { text } => service.write(text).await.map(|()| Answer::Done {}),
        Request::FileAccept { id } => service.decide(id, true).await.map(|()| Answer::Done {}),
        Request::FileDecline { id } => service.decide(id, false).await.map(|()| Answer::Done {}),
        Request::Change { change } => service.change(change).await.map(|()| Answer::Done {}),
        Request::Identify {
            edge,
            organization,
            verification_code,
            serial_number,
        } => {
            let identification = Identification::parse(&organization, verification_code.expose(), &serial_number)?;
            service.identify(edge, identification).await.map(|()| Answer::Done {})
        }
        Request::Enrol { edge, tenant, code } => service.enrol(edge, tenant, code).await.map(|()| Answer::Done {}),
    }
}
