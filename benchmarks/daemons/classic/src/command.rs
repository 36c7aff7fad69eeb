//! The four commands of the benchmark, the same for every daemon beside this one.

use crate::WRITE_BUFFER;
use crate::request::Request;
use std::io::{self, Write};

const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// Answers one line into `answers`; what is long goes to `output` as it grows.
pub fn answer(line: &[u8], answers: &mut Vec<u8>, output: &mut impl Write) -> io::Result<()> {
    let Some(request) = Request::split(line) else {
        return refuse(b"unknown", "not a request of the benchmark", answers);
    };
    match request.method {
        b"echo" => respond(request.id, request.params, answers),
        b"stream" => return stream(&request, answers, output),
        b"result" => return result(&request, answers, output),
        b"sink" => {
            let size = request.params.len() - br#"{"text":""}"#.len();
            respond(
                request.id,
                format!("{{\"size\":{size}}}").as_bytes(),
                answers,
            );
        }
        _ => return refuse(request.id, "unknown method", answers),
    }
    Ok(())
}

fn respond(id: &[u8], result: &[u8], answers: &mut Vec<u8>) {
    answers.extend_from_slice(b"{\"id\":\"");
    answers.extend_from_slice(id);
    answers.extend_from_slice(b"\",\"success\":true,\"result\":");
    answers.extend_from_slice(result);
    answers.extend_from_slice(b"}\n");
}

fn refuse(id: &[u8], why: &str, answers: &mut Vec<u8>) -> io::Result<()> {
    answers.extend_from_slice(b"{\"id\":\"");
    answers.extend_from_slice(id);
    writeln!(answers, "\",\"success\":false,\"error\":\"{why}\"}}")
}

/// `count` chunks `{"n":0,"text":"…"}`, counted from 0, with `size` bytes of text each.
fn stream(request: &Request, answers: &mut Vec<u8>, output: &mut impl Write) -> io::Result<()> {
    let (Some(count), Some(size)) = (request.number("count"), request.number("size")) else {
        return refuse(request.id, "count and size are missing", answers);
    };
    let text: Vec<u8> = ALPHABET.iter().copied().cycle().take(size).collect();
    let mut head = b"{\"id\":\"".to_vec();
    head.extend_from_slice(request.id);
    head.extend_from_slice(b"\",\"stream\":true,\"data\":{\"n\":");
    for n in 0..count {
        answers.extend_from_slice(&head);
        write!(answers, "{n}")?;
        answers.extend_from_slice(b",\"text\":\"");
        answers.extend_from_slice(&text);
        answers.extend_from_slice(b"\"}}\n");
        if answers.len() >= WRITE_BUFFER {
            output.write_all(answers)?;
            answers.clear();
        }
    }
    respond(
        request.id,
        format!("{{\"count\":{count}}}").as_bytes(),
        answers,
    );
    Ok(())
}

/// A result with `size` bytes of text, written in pieces from one block of memory.
fn result(request: &Request, answers: &mut Vec<u8>, output: &mut impl Write) -> io::Result<()> {
    let Some(size) = request.number("size") else {
        return refuse(request.id, "size is missing", answers);
    };
    // a whole number of alphabets, so that the text goes on where the last piece ended
    const PIECE: usize = 26 * 9 * 1024;
    let piece: Vec<u8> = ALPHABET.iter().copied().cycle().take(PIECE).collect();
    answers.extend_from_slice(b"{\"id\":\"");
    answers.extend_from_slice(request.id);
    answers.extend_from_slice(b"\",\"success\":true,\"result\":{\"text\":\"");
    output.write_all(answers)?;
    answers.clear();
    let mut left = size;
    while left > 0 {
        let part = left.min(PIECE);
        output.write_all(&piece[..part])?;
        left -= part;
    }
    answers.extend_from_slice(b"\"}}\n");
    Ok(())
}
