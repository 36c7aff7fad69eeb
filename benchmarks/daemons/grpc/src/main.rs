//! The same work as `bench-classic`, as a tonic service on a Unix socket.
//!
//! One thread: on few cores it answers sooner than a pool of them does. Windows and
//! limits are as large as the largest message, so that flow control stops nothing.
#![forbid(unsafe_code)]

use std::pin::Pin;
use tokio::net::UnixListener;
use tokio_stream::{Stream, StreamExt, wrappers::UnixListenerStream};
use tonic::{Request, Response, Status, transport::Server};

mod bench {
    tonic::include_proto!("bench");
}

use bench::bench_server::{Bench, BenchServer};
use bench::{Blob, EchoMessage, Size, StreamAsk, Tick};

const LARGEST: u32 = 64 * 1024 * 1024;

struct Commands;

#[tonic::async_trait]
impl Bench for Commands {
    async fn echo(&self, request: Request<EchoMessage>) -> Result<Response<EchoMessage>, Status> {
        Ok(Response::new(request.into_inner()))
    }

    type StreamStream = Pin<Box<dyn Stream<Item = Result<Tick, Status>> + Send>>;

    async fn stream(
        &self,
        request: Request<StreamAsk>,
    ) -> Result<Response<Self::StreamStream>, Status> {
        let StreamAsk { count, size } = request.into_inner();
        let text = text(size as usize);
        let ticks = tokio_stream::iter(0..count).map(move |n| {
            Ok(Tick {
                n,
                text: text.clone(),
            })
        });
        Ok(Response::new(Box::pin(ticks)))
    }

    async fn result(&self, request: Request<Size>) -> Result<Response<Blob>, Status> {
        Ok(Response::new(Blob {
            text: text(request.into_inner().size as usize),
        }))
    }

    async fn sink(&self, request: Request<Blob>) -> Result<Response<Size>, Status> {
        Ok(Response::new(Size {
            size: request.into_inner().text.len() as i64,
        }))
    }
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
    let path = std::env::args().nth(1).ok_or("usage: bench-grpc SOCKET")?;
    let connections = UnixListenerStream::new(UnixListener::bind(path)?);
    let service = BenchServer::new(Commands)
        .max_decoding_message_size(LARGEST as usize)
        .max_encoding_message_size(LARGEST as usize);
    Server::builder()
        .initial_connection_window_size(LARGEST)
        .initial_stream_window_size(LARGEST)
        .max_frame_size(1024 * 1024)
        .max_concurrent_streams(4096)
        .add_service(service)
        .serve_with_incoming(connections)
        .await?;
    Ok(())
}
