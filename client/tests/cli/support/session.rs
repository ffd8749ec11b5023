//! The edge's end of a session with one member of the desk in it, whose wishes the test speaks.

use crate::support::control::upgraded;
use crate::support::fake_edge::FakeEdge;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::Response;
use futures::{SinkExt as _, StreamExt as _};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;
use tegata_client::clock;
use tegata_domain::session::frame::{AGENT, Act, FIRST_CREDIT, Header, Kind, SESSION, cost, read, write};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

pub(crate) const NUMBER: &str = "123456789";
/// The address of the desk's connection.
const DESK: u16 = 2;

/// What the session is to send.
pub(crate) enum Send {
    /// A control message.
    Say(Value),
    /// A message as it is.
    Raw(Vec<u8>),
}

/// What happened in the session, and what is still to happen.
#[derive(Default)]
pub(crate) struct Session {
    /// What is sent next.
    pub(crate) sends: VecDeque<Send>,
    /// The control messages of the agent.
    pub(crate) heard: Vec<Value>,
    /// The requests without an outcome, which are repeated to an agent that comes back.
    pub(crate) pending: Vec<Value>,
    /// What came on each stream.
    pub(crate) streams: HashMap<u32, Vec<u8>>,
    /// The same, frame by frame.
    pub(crate) frames: HashMap<u32, Vec<Vec<u8>>>,
    /// The streams that the agent has opened.
    pub(crate) opened: Vec<u32>,
    /// The kind of each stream.
    pub(crate) kinds: HashMap<u32, Kind>,
    /// What the desk has sent on each stream, as an offset, and up to where the agent has paid.
    pub(crate) sent: HashMap<u32, (u64, u64)>,
    /// What everybody has written, and what is offered: said in `welcome`.
    pub(crate) chats: Vec<Value>,
    pub(crate) offers: Vec<Value>,
    /// Whether what the agent writes is lost.
    pub(crate) deaf: bool,
    /// The streams that the agent has closed.
    pub(crate) closed: Vec<u32>,
    /// Up to where the desk pays; raised as data come if `pays`.
    pub(crate) pays: bool,
    /// Whether nobody of the desk is in it.
    pub(crate) alone: bool,
    /// How often the agent has connected.
    pub(crate) connections: u32,
    /// The codes with which it has closed connections.
    pub(crate) codes: Vec<u16>,
    /// The code with which the open connection is closed.
    pub(crate) closes: Option<u16>,
}

impl Session {
    /// The desk opens `stream` and requests `deed`.
    pub(crate) fn request(&mut self, id: &str, deed: &Value, stream: Option<u32>) {
        if let Some(stream) = stream {
            let lists = deed["what"] == "list_files";
            self.open(stream, if lists { Kind::File } else { Kind::Diagnostics });
        }
        let mut request = json!({"type": "request", "id": id, "by": DESK, "name": "Morgan Reed", "deed": deed});
        if let Some(stream) = stream {
            request["stream"] = stream.into();
        }
        self.pending.push(request.clone());
        self.sends.push_back(Send::Say(request));
    }

    /// The desk opens a stream.
    pub(crate) fn open(&mut self, stream: u32, kind: Kind) {
        self.frame(Act::Open, stream, kind, &[]);
    }

    /// The desk closes a stream.
    pub(crate) fn close(&mut self, stream: u32) {
        let kind = self.kinds[&stream];
        self.frame(Act::Close, stream, kind, &[]);
    }

    /// The desk sends a frame on a stream.
    pub(crate) fn send(&mut self, stream: u32, bytes: &[u8]) {
        let kind = self.kinds[&stream];
        self.frame(Act::Data, stream, kind, bytes);
    }

    fn frame(&mut self, act: Act, stream: u32, kind: Kind, bytes: &[u8]) {
        self.kinds.insert(stream, kind);
        let mut header = Header::new(act, kind, AGENT, stream);
        header.from = DESK;
        if act == Act::Data {
            let (sent, _) = self.sent.entry(stream).or_insert((0, FIRST_CREDIT));
            header.offset = *sent;
            *sent += cost(u32::try_from(bytes.len()).unwrap());
        }
        self.sends.push_back(Send::Raw(write(header, bytes).unwrap()));
    }

    /// How many bytes the desk may still send on a stream.
    pub(crate) fn room(&self, stream: u32) -> u64 {
        let (sent, paid) = self.sent.get(&stream).copied().unwrap_or((0, FIRST_CREDIT));
        paid.saturating_sub(sent)
    }

    pub(crate) fn say(&mut self, message: Value) {
        self.sends.push_back(Send::Say(message));
    }

    /// The outcome of a request, each time that the agent has told it.
    pub(crate) fn outcomes(&self, id: &str) -> Vec<String> {
        let told = self
            .heard
            .iter()
            .filter(|said| said["type"] == "result" && said["id"] == id);
        told.map(|said| said["outcome"].as_str().unwrap().to_owned()).collect()
    }

    /// Somebody writes something. Returns the message for everybody.
    fn write(&mut self, id: &Value, by: u16, role: &str, text: &Value) -> Option<Value> {
        if let Some(known) = self.chats.iter().find(|chat| chat["id"] == *id) {
            return Some(known.clone());
        }
        let number = self.chats.len() + 1;
        let name = if role == "agent" { "line-7" } else { "Morgan Reed" };
        let message = json!({
            "type": "chat", "number": number, "id": id, "by": by, "role": role, "name": name,
            "at": clock::now(), "text": text,
        });
        self.chats.push(message.clone());
        Some(message)
    }

    /// The desk writes something. `told` says whether the agent hears it at once.
    pub(crate) fn desk_writes(&mut self, id: &str, text: &str, told: bool) {
        let message = self.write(&id.into(), DESK, "desk", &text.into());
        if told {
            self.sends.extend(message.map(Send::Say));
        }
    }

    /// What the session says of an offer of the agent's.
    fn offered(&mut self, said: &Value) -> Value {
        if said["size"].as_i64().unwrap() > 1_000_000_000 {
            return json!({"type": "not_offered", "id": said["id"], "why": "size"});
        }
        let mut offered = said.clone();
        offered["type"] = "offered".into();
        offered["by"] = 1.into();
        offered["person"] = "line-7".into();
        if !self.offers.contains(&offered) {
            self.offers.push(offered.clone());
        }
        offered
    }

    /// The desk offers a file.
    pub(crate) fn desk_offers(&mut self, id: &str, name: &str, size: u64, sha256: &str) {
        let offered = json!({
            "type": "offered", "by": DESK, "person": "Morgan Reed", "id": id, "name": name, "size": size,
            "sha256": sha256,
        });
        self.offers.push(offered.clone());
        self.say(offered);
    }

    fn hear(&mut self, said: Value) -> Vec<Value> {
        let mut answers = Vec::new();
        match said["type"].as_str() {
            Some("hello") => {
                let now = clock::now();
                let mut roster = vec![json!({"id": 1, "role": "agent", "name": "line-7"})];
                if !self.alone {
                    roster.push(json!({"id": DESK, "role": "desk", "name": "Morgan Reed"}));
                }
                answers.push(json!({
                    "type": "welcome", "you": 1, "time": now, "until": now + 3600,
                    "roster": roster,
                    "abilities": ["diagnostics"], "tenant_name": "青空病院", "equipment": "5軸加工機 7号機", "serial_number": "SN-0007",
                    "chats": self.chats.len(), "offers": self.offers,
                }));
                answers.extend(self.pending.iter().cloned());
                // Streams end with their connection.
                self.sent.clear();
                self.connections += 1;
            }
            Some("chats") => {
                let after = usize::try_from(said["after"].as_i64().unwrap()).unwrap();
                // A few at a time, as the edge answers what fits.
                let messages: Vec<Value> = self.chats.iter().skip(after).take(3).cloned().collect();
                answers.push(json!({"type": "chats", "messages": messages, "last": self.chats.len()}));
            }
            Some("chat") if !self.deaf => answers.extend(self.write(&said["id"], 1, "agent", &said["text"])),
            Some("offer") => answers.push(self.offered(&said)),
            Some("result") => self.pending.retain(|request| request["id"] != said["id"]),
            _ => {}
        }
        self.heard.push(said);
        answers
    }
}

pub(crate) async fn connect(
    State(edge): State<FakeEdge>,
    Path(number): Path<String>,
    request: Request,
) -> Response<Body> {
    assert_eq!(number, NUMBER);
    upgraded(edge, request, &format!("sessions/{number}"), "tegata.session.v1", serve)
}

type Socket = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// One connection.
struct Line {
    socket: Socket,
    said: u64,
    /// What came on each stream, and up to where the desk has paid.
    offsets: HashMap<u32, (u64, u64)>,
}

impl Line {
    async fn say(&mut self, message: &Value) {
        let text = message.to_string();
        let mut header = Header::new(Act::Data, Kind::Control, AGENT, 0);
        header.offset = self.said;
        self.said += cost(u32::try_from(text.len()).unwrap());
        let frame = write(header, text.as_bytes()).unwrap();
        let _ = self.socket.send(Message::binary(frame)).await;
    }
}

async fn serve(edge: FakeEdge, socket: Socket) {
    let mut line = Line {
        socket,
        said: 0,
        offsets: HashMap::new(),
    };
    loop {
        let (closes, next) = {
            let session = &mut edge.now().session;
            // Nothing is said before `hello`.
            let ready = line.said > 0;
            (
                session.closes.take_if(|_| ready),
                if ready { session.sends.pop_front() } else { None },
            )
        };
        if let Some(code) = closes {
            let reason = "".into();
            let code = code.into();
            let _ = line.socket.close(Some(CloseFrame { code, reason })).await;
            return;
        }
        match next {
            Some(Send::Say(message)) => line.say(&message).await,
            Some(Send::Raw(bytes)) => {
                if let Ok((header, _)) = read(&bytes)
                    && header.act == Act::Credit
                    && let Some((_, paid)) = line.offsets.get_mut(&header.stream)
                {
                    *paid = header.offset;
                }
                let _ = line.socket.send(Message::binary(bytes)).await;
            }
            None => {}
        }
        match tokio::time::timeout(Duration::from_millis(10), line.socket.next()).await {
            Err(_) => {}
            Ok(Some(Ok(Message::Text(text)))) if text == "ping" => {
                let _ = line.socket.send(Message::text("pong")).await;
            }
            Ok(Some(Ok(Message::Binary(bytes)))) => frame(&edge, &mut line, &bytes).await,
            Ok(Some(Ok(Message::Close(frame)))) => {
                let code = frame.map_or(1000, |frame| u16::from(frame.code));
                edge.now().session.codes.push(code);
                return;
            }
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(_)) | None) => return,
        }
    }
}

async fn frame(edge: &FakeEdge, line: &mut Line, bytes: &[u8]) {
    let (header, payload) = read(bytes).expect("agents send frames");
    if header.kind == Kind::Control {
        assert_eq!((header.to, header.stream), (SESSION, 0));
        if header.act == Act::Data {
            assert_eq!(header.offset, 0);
            let answers = edge.now().session.hear(serde_json::from_slice(payload).unwrap());
            for answer in answers {
                line.say(&answer).await;
            }
        }
        return;
    }
    assert_eq!(header.to, DESK);
    let (received, paid) = line.offsets.entry(header.stream).or_insert((0, FIRST_CREDIT));
    match header.act {
        Act::Data => {
            assert_eq!(header.offset, *received, "in order");
            *received += cost(header.length);
            assert!(*received <= *paid, "unpaid");
            let pays = {
                let session = &mut edge.now().session;
                let stream = session.streams.entry(header.stream).or_default();
                stream.extend_from_slice(payload);
                let frames = session.frames.entry(header.stream).or_default();
                frames.push(payload.to_vec());
                session.pays
            };
            if pays {
                *paid = *received + FIRST_CREDIT;
                let mut credit = Header::new(Act::Credit, header.kind, AGENT, header.stream);
                (credit.from, credit.offset) = (DESK, *paid);
                let _ = line.socket.send(Message::binary(write(credit, &[]).unwrap())).await;
            }
        }
        Act::Close => edge.now().session.closed.push(header.stream),
        Act::Open => {
            let session = &mut edge.now().session;
            session.kinds.insert(header.stream, header.kind);
            session.opened.push(header.stream);
        }
        Act::Credit => {
            let session = &mut edge.now().session;
            let (_, paid) = session.sent.entry(header.stream).or_insert((0, FIRST_CREDIT));
            *paid = header.offset;
        }
    }
}
