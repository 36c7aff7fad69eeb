//! What the commands of the benchmark yield, as JSON.

use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
pub struct Stream {
    pub count: u64,
    pub size: usize,
}

#[derive(Deserialize)]
pub struct Size {
    pub size: usize,
}

#[derive(Deserialize)]
pub struct Blob<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// `size` letters, the alphabet over and over.
pub fn text(size: usize) -> String {
    let alphabet = "abcdefghijklmnopqrstuvwxyz";
    let mut text = alphabet.repeat(size.div_ceil(alphabet.len()));
    text.truncate(size);
    text
}

pub fn bad(e: serde_json::Error) -> std::io::Error {
    std::io::Error::other(format!("not a message of the benchmark: {e}"))
}
