//! A connection that speaks as much HTTP/1.1 as is needed: the load must cost less than what it is
//! to measure, because both share the machine.

use std::net::SocketAddr;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::{Failure, Outcome};

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is kept open from one request to the next.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    /// What every request says.
    headers: String,
}

/// What was answered.
#[derive(Default)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: u16,
    /// The cookie that was set, as it is sent back.
    pub(crate) cookie: Option<String>,
    /// Body.
    pub(crate) body: Vec<u8>,
}

/// How long the body is.
enum Length {
    Known(usize),
    Chunked,
}

impl Connection {
    /// Connects, with the session cookie if there is one.
    pub(crate) async fn open(address: SocketAddr, session: Option<&str>) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let cookie = session.map(|session| format!("Cookie: {session}\r\n")).unwrap_or_default();
        Ok(Self { stream: BufReader::new(stream), headers: format!("Host: {address}\r\n{cookie}") })
    }

    /// Asks for a page; `encodings` are those that a browser would name.
    pub(crate) async fn get(&mut self, path: &str, encodings: &str) -> Outcome<Answer> {
        let headers = &self.headers;
        let encodings =
            if encodings.is_empty() { String::new() } else { format!("Accept-Encoding: {encodings}\r\n") };
        let request = format!("GET {path} HTTP/1.1\r\n{headers}{encodings}Accept: text/html\r\n\r\n");
        self.exchange(&request).await
    }

    /// Sends a form, or what else is given as the body.
    pub(crate) async fn post(&mut self, path: &str, body: &str) -> Outcome<Answer> {
        let (headers, length) = (&self.headers, body.len());
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let request = format!(
            "POST {path} HTTP/1.1\r\n{headers}{kind}\r\nAccept: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.exchange(&request).await
    }

    /// Sends bytes.
    pub(crate) async fn put(&mut self, path: &str, body: &[u8]) -> Outcome<Answer> {
        let (headers, length) = (&self.headers, body.len());
        let request = format!(
            "PUT {path} HTTP/1.1\r\n{headers}Accept: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        self.exchange_with(&request, body).await
    }

    async fn exchange(&mut self, request: &str) -> Outcome<Answer> {
        self.exchange_with(request, &[]).await
    }

    async fn exchange_with(&mut self, request: &str, body: &[u8]) -> Outcome<Answer> {
        timeout(PATIENCE, async {
            self.stream.write_all(request.as_bytes()).await?;
            self.stream.write_all(body).await?;
            self.read().await
        })
        .await?
    }

    async fn read(&mut self) -> Outcome<Answer> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).ok_or_else(|| Failure::from("no status"))?.parse()?;
        let mut answer = Answer { status, ..Answer::default() };
        let mut length = Length::Known(0);
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| format!("{line:?} is no header"))?;
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Length::Known(value.parse()?),
                "transfer-encoding" => length = Length::Chunked,
                "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        match length {
            Length::Known(length) => self.take(length, &mut answer.body).await?,
            Length::Chunked => self.chunks(&mut answer.body).await?,
        }
        Ok(answer)
    }

    async fn chunks(&mut self, body: &mut Vec<u8>) -> Outcome {
        loop {
            let length = usize::from_str_radix(&self.line().await?, 16)?;
            self.take(length, body).await?;
            self.line().await?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    async fn take(&mut self, length: usize, body: &mut Vec<u8>) -> Outcome {
        let begin = body.len();
        body.resize(begin + length, 0);
        self.stream.read_exact(&mut body[begin..]).await?;
        Ok(())
    }

    /// A line without its end.
    async fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

impl Answer {
    /// What the body says, if all went well.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Outcome<T> {
        if self.status != 200 {
            return Err(format!("{}: {}", self.status, String::from_utf8_lossy(&self.body)).into());
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}
