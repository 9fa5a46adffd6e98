use std::{pin::pin, sync::Arc, time::Duration};

use axum::{
    Error,
    extract::ws::{Message, WebSocket},
};
use callboard_kit::{Code, Credentials, GraphqlResponse, Problem, RequestContext, Viewer};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use http::request::Parts;
use serde_json::{Map, Value};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_stream::StreamMap;

use super::{
    close::Close,
    message::{ClientMessage, ServerMessage, bearer_of},
};
use crate::{
    answer::{error_of, log_cause},
    parameters,
    router::Transport,
};

/// How long the client may take to hang up once told to.
const FAREWELL: Duration = Duration::from_secs(1);

/// One client and its operations; all of them end with it.
pub struct Connection {
    socket: WebSocket,
    parts: Parts,
    transport: Arc<Transport>,
    introduction: Introduction,
    /// Who they are for.
    viewer: Option<Arc<Viewer>>,
    /// `None` follows the last answer of each.
    operations: StreamMap<String, BoxStream<'static, Option<GraphqlResponse>>>,
}

enum Introduction {
    Awaited,
    /// The credentials of the upgrade request count.
    ByRequest,
    ByToken(String),
}

impl Introduction {
    /// Asked anew for each operation, since credentials expire while connections last.
    async fn context(
        &self,
        transport: &Transport,
        parts: &Parts,
        is_new: bool,
    ) -> Result<RequestContext, Close> {
        let credentials = match self {
            Self::ByToken(token) => Credentials::Bearer(token, parts),
            Self::Awaited | Self::ByRequest if is_new => Credentials::Upgrade(parts),
            Self::Awaited | Self::ByRequest => Credentials::Running(parts),
        };
        transport.contexts.context(credentials).await.map_err(|problem| {
            log_cause(&problem);
            Close::refused(&problem)
        })
    }
}

/// Why a conversation is over.
enum End {
    /// The client is not there any more.
    Gone,
    /// The client said goodbye.
    Left,
    Close(Close),
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl Connection {
    pub fn new(socket: WebSocket, parts: Parts, transport: Arc<Transport>) -> Self {
        Self {
            socket,
            parts,
            transport,
            introduction: Introduction::Awaited,
            viewer: None,
            operations: StreamMap::new(),
        }
    }

    /// Talks until either side has enough.
    pub async fn serve(mut self) {
        let Err(end) = self.converse().await else { return };
        self.operations.clear();
        match end {
            End::Gone => {}
            End::Left => self.part(None).await,
            End::Close(close) => self.close(&close).await,
        }
    }

    /// Says why and hangs up.
    pub async fn close(self, close: &Close) {
        self.part(Some(Message::Close(Some(close.frame())))).await;
    }

    async fn part(mut self, last_word: Option<Message>) {
        let farewell = async {
            if let Some(message) = last_word {
                self.socket.send(message).await?;
            }
            // Reading on sends the answer to the client's own farewell; and hanging up with messages unread would
            // reset the connection, so that the client would never learn why.
            while self.socket.recv().await.transpose()?.is_some() {}
            Ok::<_, Error>(())
        };
        if let Ok(Err(error)) = timeout(FAREWELL, farewell).await {
            tracing::debug!(%error, "a WebSocket client left before the farewell");
        }
    }

    async fn converse(&mut self) -> Result<(), End> {
        let options = self.transport.options.clone();
        let mut init_timeout = pin!(sleep(options.connection_init_timeout));
        let mut heartbeat = interval_at(Instant::now() + options.keep_alive, options.keep_alive);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_alive = true;
        loop {
            tokio::select! {
                message = self.socket.recv() => {
                    is_alive = true;
                    match message.ok_or(End::Gone)? {
                        Ok(message) => self.receive(message).await?,
                        Err(_) => return Err(Close::invalid_message("it is too large or malformed").into()),
                    }
                }
                Some((id, answer)) = self.operations.next() => self.deliver(&id, answer).await?,
                _ = heartbeat.tick() => {
                    if !std::mem::take(&mut is_alive) {
                        return Err(End::Gone);
                    }
                    self.send_frame(Message::Ping(bytes::Bytes::new())).await?;
                    self.check_viewer().await?;
                }
                () = &mut init_timeout, if matches!(self.introduction, Introduction::Awaited) => {
                    return Err(Close::initialisation_timeout().into());
                }
                () = options.shutdown.cancelled() => return Err(Close::going_away().into()),
            }
        }
    }

    async fn receive(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::invalid_message("it is not text").into()),
            Message::Close(_) => return Err(End::Left),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        };
        match serde_json::from_str(&text).map_err(Close::invalid_message)? {
            ClientMessage::ConnectionInit { payload } => self.introduce(payload.unwrap_or_default()).await,
            ClientMessage::Ping { payload } => self.send(&ServerMessage::Pong { payload }).await,
            ClientMessage::Pong {} => Ok(()),
            ClientMessage::Subscribe { id, payload } => self.subscribe(id, payload).await,
            ClientMessage::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
        }
    }

    async fn introduce(&mut self, payload: Map<String, Value>) -> Result<(), End> {
        if !matches!(self.introduction, Introduction::Awaited) {
            return Err(Close::too_many_initialisations().into());
        }
        self.introduction = match bearer_of(&payload) {
            Some(token) => Introduction::ByToken(token.to_owned()),
            None => Introduction::ByRequest,
        };
        self.context().await?;
        self.send(&ServerMessage::ConnectionAck).await
    }

    async fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Result<(), End> {
        if matches!(self.introduction, Introduction::Awaited) {
            return Err(Close::unauthorized().into());
        }
        if self.operations.contains_key(&id) {
            return Err(Close::subscriber_exists(&id).into());
        }
        let request = parameters::from_map(payload).map_err(Close::invalid_message)?;
        if self.operations.len() >= self.transport.options.max_operations_per_connection {
            let problem = Problem::new(Code::RateLimited, "too many operations at once on this connection");
            return self.send(&ServerMessage::Error { id: &id, payload: &[error_of(&problem)] }).await;
        }
        let context = self.context().await?;
        // What began before is for somebody else by now.
        if self.viewer.as_ref().is_some_and(|viewer| *viewer != context.viewer) && !self.operations.is_empty()
        {
            return Err(Close::changed().into());
        }
        self.viewer = Some(Arc::clone(&context.viewer));
        let answers = self.transport.service.subscribe(request, context);
        self.operations.insert(id, answers.map(Some).chain(stream::once(async { None })).boxed());
        Ok(())
    }

    async fn context(&mut self) -> Result<RequestContext, Close> {
        self.introduction.context(&self.transport, &self.parts, true).await
    }

    /// Ends the connection where its operations are for somebody who the client is no more.
    async fn check_viewer(&mut self) -> Result<(), Close> {
        let Some(viewer) = self.viewer.as_ref().filter(|_| !self.operations.is_empty()) else {
            return Ok(());
        };
        let context = self.introduction.context(&self.transport, &self.parts, false).await?;
        if context.viewer == *viewer { Ok(()) } else { Err(Close::changed()) }
    }

    async fn deliver(&mut self, id: &str, answer: Option<GraphqlResponse>) -> Result<(), End> {
        let Some(answer) = answer else {
            self.operations.remove(id);
            return self.send(&ServerMessage::Complete { id }).await;
        };
        if answer.data.is_none() && !answer.errors.is_empty() {
            self.operations.remove(id);
            return self.send(&ServerMessage::Error { id, payload: &answer.errors }).await;
        }
        self.send(&ServerMessage::Next { id, payload: &answer }).await
    }

    async fn send(&mut self, message: &ServerMessage<'_>) -> Result<(), End> {
        match serde_json::to_string(message) {
            Ok(text) => self.send_frame(Message::Text(text.into())).await,
            Err(error) => Err(Close::refused(&Problem::internal(error)).into()),
        }
    }

    /// A client that does not read is not waited for: what it asked for would pile up.
    async fn send_frame(&mut self, message: Message) -> Result<(), End> {
        let sent = timeout(self.transport.options.keep_alive, self.socket.send(message)).await;
        sent.ok().and_then(Result::ok).ok_or(End::Gone)
    }
}
