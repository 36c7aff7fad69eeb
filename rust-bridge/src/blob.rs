//! Raw bytes as chunks and uploaded items.

use std::ops::Deref;

/// Raw bytes: as a chunk of a [`Sink`](crate::Sink), or an item of an [`Upload`](crate::Upload).
///
/// They cross the wire as they are where the caller asked for raw bytes, else as base64 strings. A large blob is
/// sent in pieces of 64 KiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Blob(pub Vec<u8>);

impl Deref for Blob {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_owned())
    }
}

impl From<Blob> for Vec<u8> {
    fn from(blob: Blob) -> Self {
        blob.0
    }
}
