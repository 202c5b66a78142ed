//! A small HTTP server whose answers, and whose failures, the test writes itself.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What one request said.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// Header lines, lower-cased.
    pub head: String,
    pub body: String,
}

impl Asked {
    /// The first byte asked for by a Range header.
    pub fn range_start(&self) -> Option<usize> {
        let range = self.head.lines().find_map(|line| line.strip_prefix("range: bytes="))?;
        range.trim_end().trim_end_matches('-').parse().ok()
    }
}

/// Listens on a free port until the test's runtime ends. Each connection gets what `answer` returns for its
/// request, written as it is, and is then closed.
pub async fn serve(
    answer: impl Fn(&Asked, SocketAddr) -> Vec<u8> + Send + Sync + 'static,
) -> (SocketAddr, Arc<Mutex<Vec<Asked>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let log = Arc::new(Mutex::new(Vec::new()));
    let asked = log.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let Some(request) = read(&mut stream).await else { continue };
            asked.lock().unwrap().push(request.clone());
            // A client that has gone away is not this server's trouble.
            let _ = stream.write_all(&answer(&request, address)).await;
            let _ = stream.shutdown().await;
        }
    });
    (address, log)
}

/// A whole answer.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let path = text.split(' ').nth(1)?.to_owned();
    let head = text.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&bytes[head_end + 4..]).into_owned();
    Some(Asked { path, head, body })
}

/// Installs the TLS provider that every reqwest client needs, even for plain HTTP.
pub fn install_tls() {
    // Fails when another test of this process was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
