//! The floor of the live updates: axum, a broadcast channel, and nothing else, in a process of its own.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::broadcast;

use crate::Outcome;
use crate::program::Program;

/// Tells this program to be the floor.
pub(crate) const ARGUMENT: &str = "--bare-broadcast";
const READY: &str = "bare: ";

type Sender = broadcast::Sender<Utf8Bytes>;

/// Starts it.
pub(crate) async fn start() -> Outcome<Program> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ARGUMENT);
    Program::spawn(command, READY).await
}

/// Broadcasts what is posted to `/send` to everybody at `/live`, until standard input ends.
pub(crate) async fn serve() -> Outcome {
    let (sender, _) = broadcast::channel::<Utf8Bytes>(1024);
    let router = Router::new().route("/live", get(live)).route("/send", post(send)).with_state(sender);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{READY}{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::select! {
        ended = async { axum::serve(listener, router).await } => ended?,
        _ = async { tokio::io::stdin().read_to_end(&mut Vec::new()).await } => {}
    }
    Ok(())
}

async fn send(State(sender): State<Sender>, text: String) {
    // An error means that nobody is connected.
    let _ = sender.send(text.into());
}

async fn live(State(sender): State<Sender>, upgrade: WebSocketUpgrade) -> Response {
    let mut texts = sender.subscribe();
    // The same small buffers as the office's.
    upgrade.read_buffer_size(512).write_buffer_size(0).on_upgrade(move |mut socket| async move {
        while let Ok(text) = texts.recv().await {
            if socket.send(Message::Text(text)).await.is_err() {
                return;
            }
        }
    })
}
