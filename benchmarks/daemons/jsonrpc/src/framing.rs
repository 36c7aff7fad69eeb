//! How messages are told apart on the pipe.

use std::io::{self, BufRead, Read, Write};

#[derive(Clone, Copy)]
pub enum Framing {
    /// A newline behind each message.
    Lines,
    /// `Content-Length: n`, an empty line, `n` bytes.
    Headers,
}

const LENGTH: &[u8] = b"Content-Length: ";

impl Framing {
    /// Reads the next message into `message`; false at the end of the input.
    pub fn read(self, input: &mut impl BufRead, message: &mut Vec<u8>) -> io::Result<bool> {
        message.clear();
        match self {
            Self::Lines => Ok(input.read_until(b'\n', message)? > 0),
            Self::Headers => {
                let mut length = None;
                loop {
                    message.clear();
                    if input.read_until(b'\n', message)? == 0 {
                        return Ok(false);
                    }
                    let header = message.trim_ascii_end();
                    if header.is_empty() {
                        break;
                    }
                    if let Some(digits) = header.strip_prefix(LENGTH) {
                        length = parse(digits);
                    }
                }
                let length = length.ok_or_else(|| io::Error::other("no Content-Length"))?;
                message.clear();
                input.take(length as u64).read_to_end(message)?;
                Ok(true)
            }
        }
    }

    /// Appends one message with its frame.
    pub fn write(self, json: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Lines => {
                out.extend_from_slice(json);
                out.push(b'\n');
            }
            Self::Headers => {
                write!(out, "Content-Length: {}\r\n\r\n", json.len()).expect("a Vec takes all");
                out.extend_from_slice(json);
            }
        }
    }

    /// Whether the next [`read`](Self::read) can be served from `buffer` alone.
    pub fn holds_whole_message(self, buffer: &[u8]) -> bool {
        match self {
            Self::Lines => buffer.contains(&b'\n'),
            Self::Headers => {
                let Some(head) = buffer.windows(4).position(|part| part == b"\r\n\r\n") else {
                    return false;
                };
                let length = buffer[..head]
                    .split(|&b| b == b'\n')
                    .find_map(|line| parse(line.trim_ascii_end().strip_prefix(LENGTH)?));
                length.is_some_and(|length| buffer.len() >= head + 4 + length)
            }
        }
    }
}

fn parse(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
