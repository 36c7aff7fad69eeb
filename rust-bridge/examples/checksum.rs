//! Uploads of raw bytes, raw bytes as chunks, and errors of the daemon's own.
use rustbridge::{Blob, Context, Error, Sidecar, Sink, Upload};
use serde::{Deserialize, Serialize};

#[derive(Debug, thiserror::Error)]
enum ChecksumError {
    #[error("{found} bytes are more than the limit of {limit}")]
    TooLong { found: u64, limit: u64 },
    #[error(transparent)]
    Bridge(#[from] Error),
}

impl From<ChecksumError> for Error {
    fn from(error: ChecksumError) -> Self {
        let text = error.to_string();
        match error {
            ChecksumError::TooLong { limit, .. } => Error::new(text)
                .with_code("TOO_LONG")
                .with_details(serde_json::json!({"limit": limit})),
            ChecksumError::Bridge(error) => error,
        }
    }
}

#[derive(Deserialize)]
struct Limit {
    limit: u64,
}

#[derive(Serialize)]
struct Checksum {
    bytes: u64,
    /// FNV-1a, of 64 bits.
    hash: String,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

async fn checksum(
    _: Context,
    Limit { limit }: Limit,
    mut blobs: Upload<Blob>,
) -> Result<Checksum, ChecksumError> {
    let (mut bytes, mut hash) = (0, SEED);
    while let Some(blob) = blobs.next().await {
        let blob = blob?;
        bytes += blob.len() as u64;
        if bytes > limit {
            return Err(ChecksumError::TooLong {
                found: bytes,
                limit,
            });
        }
        hash = fnv(hash, &blob);
    }
    Ok(Checksum {
        bytes,
        hash: format!("{hash:016x}"),
    })
}

/// Sends as many bytes as are asked for.
async fn noise(_: Context, length: usize, noise: Sink<Blob>) -> Result<(), Error> {
    let mut hash = SEED;
    let bytes = std::iter::repeat_with(|| {
        hash = fnv(hash, b"noise");
        hash.to_le_bytes()[0]
    });
    noise.send(Blob(bytes.take(length).collect())).await
}

fn main() -> std::process::ExitCode {
    Sidecar::new()
        .upload("checksum", checksum)
        .streaming("noise", noise)
        .main()
}
