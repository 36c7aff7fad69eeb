//! The same work as `bench-classic`, as an axum application on a Unix socket.
//!
//! The echo gives back the bytes of the body unparsed, as the daemon of the line
//! protocol does. One thread: on few cores it answers sooner than a pool of them does.
#![forbid(unsafe_code)]

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Json};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::post};
use bytes::Bytes;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use tokio::net::UnixListener;

const LARGEST: usize = 64 * 1024 * 1024;
/// Lines of a stream are joined up to this size.
const PIECE: usize = 64 * 1024;

#[derive(Deserialize)]
struct StreamAsk {
    count: u64,
    size: usize,
}

#[derive(Deserialize, Serialize)]
struct Size {
    size: usize,
}

#[derive(Deserialize)]
struct Blob {
    text: String,
}

fn json(body: impl Into<Body>) -> Response {
    ([(CONTENT_TYPE, "application/json")], body.into()).into_response()
}

async fn echo(body: Bytes) -> Response {
    json(body)
}

async fn ticks(Json(ask): Json<StreamAsk>) -> Response {
    let text = text(ask.size);
    let pieces = stream::unfold(0, move |mut n| {
        let mut piece = String::with_capacity(PIECE + 1024);
        while n < ask.count && piece.len() < PIECE {
            piece.push_str(&format!("{{\"n\":{n},\"text\":\"{text}\"}}\n"));
            n += 1;
        }
        let more = (!piece.is_empty()).then(|| (Ok::<_, Infallible>(Bytes::from(piece)), n));
        std::future::ready(more)
    });
    (
        [(CONTENT_TYPE, "application/x-ndjson")],
        Body::from_stream(pieces),
    )
        .into_response()
}

async fn result(Json(ask): Json<Size>) -> Response {
    json(format!("{{\"text\":\"{}\"}}", text(ask.size)))
}

async fn sink(Json(blob): Json<Blob>) -> Json<Size> {
    Json(Size {
        size: blob.text.len(),
    })
}

/// `size` letters, the alphabet over and over.
fn text(size: usize) -> String {
    let alphabet = "abcdefghijklmnopqrstuvwxyz";
    let mut text = alphabet.repeat(size.div_ceil(alphabet.len()));
    text.truncate(size);
    text
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bench-http SOCKET")?;
    let routes = Router::new()
        .route("/echo", post(echo))
        .route("/stream", post(ticks))
        .route("/result", post(result))
        .route("/sink", post(sink))
        .layer(DefaultBodyLimit::max(LARGEST));
    axum::serve(UnixListener::bind(path)?, routes).await?;
    Ok(())
}
