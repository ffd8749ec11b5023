//! The agent as a Windows service: `tegata agent install` and `uninstall`, and being run by the service manager. What a
//! service does is in `running`.

use super::{failed, given_up};
use crate::args::agent::{AgentCommand, InstallArgs, UninstallArgs};
use crate::args::{Cli, Command as CliCommand};
use crate::exit;
use crate::failure::Failure;
use crate::moment;
use crate::output::Output;
use crate::texts::Texts;
use serde_json::json;
use std::env::current_exe;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tegata_client::agent::Agent;
use tegata_client::agent::service::moving::move_enrolment;
use tegata_client::agent::service::{WINDOWS_SERVICE, machine_folder};
use tegata_client::data_dir::DataDir;
use tegata_client::registration::Locale;
use tokio::sync::Notify;
use windows_service::service::{
    ServiceAccess, ServiceAction, ServiceActionType, ServiceControl, ServiceControlAccept, ServiceErrorControl,
    ServiceExitCode, ServiceFailureActions, ServiceFailureResetPeriod, ServiceInfo, ServiceStartType, ServiceState,
    ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{Error, define_windows_service, service_dispatcher};

/// Windows' error codes.
const ACCESS_DENIED: i32 = 5;
const NO_SUCH_SERVICE: i32 = 1060;
/// The system, and administrators, in every language of Windows.
const SYSTEM: &str = "*S-1-5-18:(OI)(CI)F";
const ADMINISTRATORS: &str = "*S-1-5-32-544";
const RESTART_AFTER: Duration = Duration::from_secs(10);
const RESET_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
const STOP_TRIES: u32 = 100;
const STOP_STEP: Duration = Duration::from_millis(100);

/// Ready when the service manager asks the service to end.
pub(crate) static STOP: Notify = Notify::const_new();
/// The command line, for the thread on which the service manager runs the service.
static STARTED_WITH: Mutex<Option<Cli>> = Mutex::new(None);

define_windows_service!(service_entry, run_as_service);

/// Runs `tegata agent run --service` under the service manager, if that is what started this process. Otherwise gives the
/// command line back.
pub(crate) fn dispatched(cli: Cli) -> Result<ExitCode, Cli> {
    if !matches!(&cli.command, CliCommand::Agent(AgentCommand::Run(args)) if args.service) {
        return Err(cli);
    }
    *STARTED_WITH.lock().unwrap_or_else(PoisonError::into_inner) = Some(cli);
    // It fails at once in a process that somebody started in a console.
    if service_dispatcher::start(WINDOWS_SERVICE, service_entry).is_ok() {
        return Ok(ExitCode::SUCCESS);
    }
    let cli = STARTED_WITH.lock().unwrap_or_else(PoisonError::into_inner).take();
    cli.map_or(Ok(ExitCode::FAILURE), Err)
}

fn run_as_service(_arguments: Vec<OsString>) {
    let Some(cli) = STARTED_WITH.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return;
    };
    let told = service_control_handler::register(WINDOWS_SERVICE, |control| match control {
        ServiceControl::Stop | ServiceControl::Shutdown => {
            STOP.notify_one();
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    });
    let Ok(handle) = told else { return };
    let status = |current_state, code| ServiceStatus {
        service_type: ServiceType::OWN_PROCESS,
        current_state,
        controls_accepted: match current_state {
            ServiceState::Running => ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
            _ => ServiceControlAccept::empty(),
        },
        exit_code: ServiceExitCode::Win32(code),
        checkpoint: 0,
        wait_hint: Duration::default(),
        process_id: None,
    };
    let _ = handle.set_service_status(status(ServiceState::Running, 0));
    let output = Output {
        json: cli.global.json,
        texts: Texts::new(cli.global.language.map_or(Locale::En, Into::into)),
        zone: moment::here(),
    };
    let code = crate::run(cli, &output).unwrap_or_else(|failure| failure.exit);
    let _ = handle.set_service_status(status(ServiceState::Stopped, code.into()));
}

/// Creates the service and starts it.
pub(super) async fn install(args: &InstallArgs, chosen: Option<PathBuf>, output: &Output) -> Result<u8, Failure> {
    let refused = |error| explained(&error, output);
    if args.root.is_some() {
        return Err(Failure::usage(output.texts.get("cli-agent-not-on-windows")));
    }
    let program = match &args.program {
        Some(program) => program.clone(),
        None => current_exe().map_err(|error| Failure::output(&error, &output.texts))?,
    };
    let folder = DataDir::at(chosen.clone().map_or_else(|| usual(output), Ok)?);
    let access = ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE;
    let manager = ServiceManager::local_computer(None::<&OsStr>, access).map_err(refused)?;
    folder.lock().await.map(drop).map_err(|error| failed(error, output))?;
    close_to_others(&folder, output)?;
    if chosen.is_none() {
        let own = DataDir::default_for_users_agent().map_err(|error| failed(error, output))?;
        if move_enrolment(&own, &folder)
            .await
            .map_err(|error| failed(error, output))?
        {
            output.note(&output.texts.get("cli-agent-enrolment-moved"));
        }
    }
    let mut launch_arguments: Vec<OsString> = ["agent", "run", "--service", "--data-dir"].map(Into::into).into();
    launch_arguments.push(folder.path().into());
    if let Some(group) = &args.group {
        launch_arguments.extend(["--group".into(), identifier(group, output)?.into()]);
    }
    let info = ServiceInfo {
        name: WINDOWS_SERVICE.into(),
        display_name: "Tegata agent".into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program,
        launch_arguments,
        dependencies: Vec::new(),
        account_name: None,
        account_password: None,
    };
    let access = ServiceAccess::CHANGE_CONFIG | ServiceAccess::START;
    let service = manager.create_service(&info, access).map_err(refused)?;
    let restart = ServiceAction {
        action_type: ServiceActionType::Restart,
        delay: RESTART_AFTER,
    };
    let actions = ServiceFailureActions {
        reset_period: ServiceFailureResetPeriod::After(RESET_AFTER),
        reboot_msg: None,
        command: None,
        actions: Some(vec![restart]),
    };
    service.update_failure_actions(actions).map_err(refused)?;
    service
        .set_failure_actions_on_non_crash_failures(true)
        .map_err(refused)?;
    service.start::<&OsStr>(&[]).map_err(refused)?;
    let path = [("path", WINDOWS_SERVICE.into())];
    let text = output.texts.with("cli-agent-installed", path);
    output.result(&text, &json!({"service": WINDOWS_SERVICE, "started": true}))?;
    Ok(exit::OK)
}

/// Stops and deletes the service, gives the credential back, and deletes key and files.
pub(super) async fn uninstall(args: &UninstallArgs, chosen: Option<PathBuf>, output: &Output) -> Result<u8, Failure> {
    let refused = |error| explained(&error, output);
    if args.root.is_some() {
        return Err(Failure::usage(output.texts.get("cli-agent-not-on-windows")));
    }
    let manager = ServiceManager::local_computer(None::<&OsStr>, ServiceManagerAccess::CONNECT).map_err(refused)?;
    let access = ServiceAccess::STOP | ServiceAccess::DELETE | ServiceAccess::QUERY_STATUS;
    let was_there = match manager.open_service(WINDOWS_SERVICE, access) {
        Ok(service) => {
            // One that does not run cannot be stopped.
            let _ = service.stop();
            for _ in 0..STOP_TRIES {
                let state = service.query_status().map_err(refused)?.current_state;
                if state == ServiceState::Stopped {
                    break;
                }
                tokio::time::sleep(STOP_STEP).await;
            }
            service.delete().map_err(refused)?;
            true
        }
        Err(Error::Winapi(error)) if error.raw_os_error() == Some(NO_SUCH_SERVICE) => false,
        Err(error) => return Err(refused(error)),
    };
    let folder = chosen.map_or_else(|| usual(output), Ok)?;
    let agent = Agent::new(DataDir::at(folder)).map_err(|error| failed(error, output))?;
    given_up(&agent, was_there, output).await
}

/// The security identifier of a group. An identifier is its own.
fn identifier(group: &str, output: &Output) -> Result<String, Failure> {
    /// The name travels in the environment, so that nothing in it is taken for a part of the script.
    const SCRIPT: &str = "([Security.Principal.NTAccount]$env:TEGATA_GROUP)\
                          .Translate([Security.Principal.SecurityIdentifier]).Value";
    if group.starts_with("S-1-") {
        return Ok(group.to_owned());
    }
    let mut command = Command::new("powershell");
    command
        .args(["-NoProfile", "-NonInteractive", "-Command", SCRIPT])
        .env("TEGATA_GROUP", group);
    let found = command.output().ok().filter(|done| done.status.success());
    let found = found.map(|done| String::from_utf8_lossy(&done.stdout).trim().to_owned());
    found
        .filter(|identifier| identifier.starts_with("S-1-"))
        .ok_or_else(|| {
            let name = [("group", group.to_owned().into())];
            Failure::new(exit::USAGE, "no_group", output.texts.with("cli-agent-no-group", name))
        })
}

fn usual(output: &Output) -> Result<PathBuf, Failure> {
    let none = || Failure::new(exit::GENERAL, "unsupported", output.texts.get("cli-agent-no-service"));
    machine_folder().ok_or_else(none)
}

/// Lets only the system and administrators into the directory: below %ProgramData%, everybody could read the key.
fn close_to_others(folder: &DataDir, output: &Output) -> Result<(), Failure> {
    let administrators = format!("{ADMINISTRATORS}:(OI)(CI)F");
    let orders: [&[&str]; 2] = [
        &["/setowner", ADMINISTRATORS, "/T", "/Q"],
        &["/inheritance:r", "/grant:r", SYSTEM, &administrators, "/Q"],
    ];
    for order in orders {
        let done = Command::new("icacls").arg(folder.path()).args(order).output();
        let detail = match done {
            Ok(done) if done.status.success() => continue,
            Ok(done) => String::from_utf8_lossy(&done.stderr).trim().to_owned(),
            Err(error) => error.to_string(),
        };
        let args = [("command", "icacls".into()), ("detail", detail.into())];
        let message = output.texts.with("cli-agent-systemctl", args);
        return Err(Failure::new(exit::GENERAL, "icacls", message));
    }
    Ok(())
}

fn explained(error: &Error, output: &Output) -> Failure {
    let detail = match error {
        Error::Winapi(error) if error.raw_os_error() == Some(ACCESS_DENIED) => {
            let message = output.texts.get("cli-agent-needs-administrator");
            return Failure::new(exit::GENERAL, "needs_administrator", message);
        }
        Error::Winapi(error) => error.to_string(),
        error => error.to_string(),
    };
    let args = [("command", WINDOWS_SERVICE.into()), ("detail", detail.into())];
    Failure::new(exit::GENERAL, "service", output.texts.with("cli-agent-systemctl", args))
}
