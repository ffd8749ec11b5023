//! Drives an SMTP session over the platform's TCP sockets.
//!
//! Uses the socket's two web streams directly: `worker::Socket` wraps the same reads and writes in tokio's traits, but
//! its `start_tls` panics when the runtime refuses the upgrade.

use std::cell::Cell;
use std::time::Duration;

use worker::js_sys::{Object, Reflect, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStreamDefaultReader, WritableStreamDefaultWriter};
use worker::worker_sys;

use super::DeliveryError;
use super::settings::{Security, SmtpServer};
use super::smtp::{Next, Session};
use crate::timer;

/// How long to wait for the server's reply to QUIT.
const FAREWELL_LIMIT: Duration = Duration::from_secs(1);

/// Submits the mail of `session`. `Ok` means that the server has accepted it; the connection is still open, for
/// [`quit`].
pub(super) async fn submit(server: &SmtpServer, mut session: Session<'_>) -> Result<Connection, DeliveryError> {
    let mut connection = Connection::open(server).await?;
    let mut next = Next::Read;
    loop {
        next = match next {
            Next::Accepted => return Ok(connection),
            Next::StartTls => {
                connection = connection.start_tls()?;
                session.tls_started()
            }
            Next::Send(bytes) => {
                connection.write(&bytes).await?;
                Next::Read
            }
            Next::Read => match connection.read().await? {
                Some(bytes) => session.receive(&bytes)?,
                None => {
                    session.closed()?;
                    return Ok(connection);
                }
            },
        };
    }
}

/// Ends a session whose mail was accepted. Failures are ignored, because they no longer matter.
pub(super) async fn quit(connection: Connection) {
    let farewell = async {
        connection.write(b"QUIT\r\n").await?;
        connection.read().await
    };
    drop(timer::within(FAREWELL_LIMIT, farewell).await);
}

/// An open connection; dropping it closes it, also when an attempt is abandoned half-way.
pub(super) struct Connection {
    socket: CloseOnDrop,
    reader: ReadableStreamDefaultReader,
    writer: WritableStreamDefaultWriter,
    /// The error text if it breaks. The runtime does not distinguish a rejected certificate from other failures.
    broken: &'static str,
}

const BROKEN: &str = "the connection to the mail server broke";
const BROKEN_IN_TLS: &str =
    "the encrypted connection to the mail server broke (is its certificate valid for SMTP_HOST?)";

impl Connection {
    async fn open(server: &SmtpServer) -> Result<Self, DeliveryError> {
        let failed = |error: JsValue| failure("the mail server cannot be reached", &error);
        let address = Object::new();
        Reflect::set(&address, &"hostname".into(), &server.host.as_str().into()).map_err(failed)?;
        Reflect::set(&address, &"port".into(), &server.port.into()).map_err(failed)?;
        let options = Object::new();
        let transport = match server.security {
            Security::StartTls => "starttls",
            Security::Tls => "on",
            Security::None => "off",
        };
        Reflect::set(&options, &"secureTransport".into(), &transport.into()).map_err(failed)?;
        let socket = worker_sys::connect(address.into(), options.into()).map_err(failed)?;
        let connection = Self::new(socket, BROKEN).map_err(failed)?;
        let opened = connection.socket.0.opened().map_err(failed)?;
        JsFuture::from(opened).await.map_err(failed)?;
        Ok(connection)
    }

    fn new(socket: worker_sys::Socket, broken: &'static str) -> Result<Self, JsValue> {
        let socket = CloseOnDrop(socket, Cell::new(false));
        let reader = socket
            .0
            .readable()?
            .get_reader()
            .dyn_into::<ReadableStreamDefaultReader>()?;
        let writer = socket.0.writable()?.get_writer()?;
        // The same failure also rejects a read, a write or `opened`, where it is handled; without this it would be
        // reported as unhandled.
        let closed = JsFuture::from(socket.0.closed()?);
        worker::wasm_bindgen_futures::spawn_local(async move {
            drop(closed.await);
        });
        Ok(Self {
            socket,
            reader,
            writer,
            broken,
        })
    }

    /// Upgrades to TLS; the handshake happens with the first write.
    fn start_tls(self) -> Result<Self, DeliveryError> {
        let failed = |error: JsValue| failure(BROKEN_IN_TLS, &error);
        self.reader.release_lock();
        self.writer.release_lock();
        let secured = self.socket.0.start_tls().map_err(failed)?;
        // From here on the two are one connection: closing the plain half would end it in the middle of the handshake.
        self.socket.1.set(true);
        Self::new(secured, BROKEN_IN_TLS).map_err(failed)
    }

    /// The server's next bytes, or `None` after it has closed the connection.
    async fn read(&self) -> Result<Option<Vec<u8>>, DeliveryError> {
        let failed = |error: JsValue| failure(self.broken, &error);
        let chunk = JsFuture::from(self.reader.read()).await.map_err(failed)?;
        let done = Reflect::get(&chunk, &"done".into()).map_err(failed)?;
        if done.is_truthy() {
            return Ok(None);
        }
        let value = Reflect::get(&chunk, &"value".into()).map_err(failed)?;
        Ok(Some(value.dyn_into::<Uint8Array>().map_err(failed)?.to_vec()))
    }

    async fn write(&self, bytes: &[u8]) -> Result<(), DeliveryError> {
        let failed = |error: JsValue| failure(self.broken, &error);
        let written = self.writer.write_with_chunk(&Uint8Array::from(bytes));
        JsFuture::from(written).await.map(drop).map_err(failed)
    }
}

/// Closes the socket when dropped, unless it was upgraded to TLS and lives on in another socket.
struct CloseOnDrop(worker_sys::Socket, Cell<bool>);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        if self.1.get() {
            return;
        }
        if let Ok(closing) = self.0.close() {
            let closing = JsFuture::from(closing);
            worker::wasm_bindgen_futures::spawn_local(async move {
                drop(closing.await);
            });
        }
    }
}

/// A connection failure with the runtime's message, which may name the server but knows nothing of the mail.
fn failure(what: &str, error: &JsValue) -> DeliveryError {
    let message = Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string());
    let message: String = message
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    if message.is_empty() {
        return DeliveryError::Temporary(what.to_owned());
    }
    DeliveryError::Temporary(format!("{what}: {message}"))
}
