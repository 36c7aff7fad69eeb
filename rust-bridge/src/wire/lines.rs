//! Splits a byte stream into lines without ever holding more of one than the limit.

use std::io;

use memchr::memchr;
use tokio::io::{AsyncRead, AsyncReadExt};

/// How much is asked of the kernel at once.
const READ_SIZE: usize = 64 * 1024;
/// How much of an oversized line is kept, so that its id can be found.
const KEPT_PREFIX: usize = 4 * 1024;
/// A buffer that grew beyond this for a large line is given back after it.
const RETAINED_CAPACITY: usize = 1024 * 1024;

/// What was found on the wire.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A whole line, without its newline.
    Whole(&'a [u8]),
    /// The beginning of a line over the limit; the rest of it was discarded.
    Oversized(&'a [u8]),
}

/// Reads lines, and raw payloads between them.
pub(crate) struct LineReader<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the unread bytes begin.
    start: usize,
    /// Up to where no newline was found: every byte is looked at once, however slowly a line arrives.
    scanned: usize,
    limit: usize,
    /// An oversized line is told at once, its rest is left unread.
    strict: bool,
    /// How many reads in a row took all there was room for.
    full_reads: u32,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    pub(crate) fn new(source: R, limit: usize) -> Self {
        Self {
            source,
            buffer: Vec::with_capacity(READ_SIZE),
            start: 0,
            scanned: 0,
            limit,
            strict: false,
            full_reads: 0,
        }
    }

    /// Whether the source gave all there was room for at each of the last `reads` reads. Asked once, it counts anew.
    pub(crate) fn is_flooded(&mut self, reads: u32) -> bool {
        let is_flooded = self.full_reads >= reads;
        if is_flooded {
            self.full_reads = 0;
        }
        is_flooded
    }

    /// From now on nothing can be read after an oversized line: it may have announced raw bytes.
    pub(crate) fn end_at_oversized(&mut self) {
        self.strict = true;
    }

    /// The next line that is not blank, or `None` at the end of the stream. A last line without a newline counts.
    /// Cancel-safe: what was read stays in the buffer, except within an oversized line.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            let end = match memchr(b'\n', &self.buffer[self.scanned..]) {
                Some(offset) => self.scanned + offset,
                None => {
                    self.scanned = self.buffer.len();
                    // One byte more than the limit may be a carriage return.
                    if self.scanned - self.start > self.limit + 1 {
                        return self.discard_line().await.map(Some);
                    }
                    if self.fill().await? > 0 {
                        continue;
                    }
                    if self.start == self.buffer.len() {
                        return Ok(None);
                    }
                    self.buffer.len()
                }
            };
            let begin = self.start;
            self.start = (end + 1).min(self.buffer.len());
            self.scanned = self.start;
            let end = end - usize::from(self.buffer[begin..end].ends_with(b"\r"));
            if end - begin > self.limit {
                return Ok(Some(Line::Oversized(
                    &self.buffer[begin..begin + KEPT_PREFIX.min(end - begin)],
                )));
            }
            if !self.buffer[begin..end].trim_ascii().is_empty() {
                return Ok(Some(Line::Whole(&self.buffer[begin..end])));
            }
        }
    }

    /// The raw bytes that follow a line, and the newline behind them.
    pub(crate) async fn payload(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut payload = Vec::with_capacity(length);
        while payload.len() < length {
            let piece = self.take(length - payload.len()).await?;
            payload.extend_from_slice(piece);
        }
        self.end_of_payload().await?;
        Ok(payload)
    }

    /// Passes over raw bytes that nobody wants, without holding them.
    pub(crate) async fn skip_payload(&mut self, length: usize) -> io::Result<()> {
        let mut left = length;
        while left > 0 {
            left -= self.take(left).await?.len();
        }
        self.end_of_payload().await
    }

    async fn end_of_payload(&mut self) -> io::Result<()> {
        match self.take(1).await? {
            b"\n" => Ok(()),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "raw bytes without a newline behind them",
            )),
        }
    }

    /// Up to `most` of the bytes that come next, at least one.
    async fn take(&mut self, most: usize) -> io::Result<&[u8]> {
        if self.start == self.buffer.len() && self.fill().await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let begin = self.start;
        self.start += most.min(self.buffer.len() - begin);
        self.scanned = self.start;
        Ok(&self.buffer[begin..self.start])
    }

    /// Skips the rest of a line that is already known to be too long, keeping its beginning.
    async fn discard_line(&mut self) -> io::Result<Line<'_>> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let kept = KEPT_PREFIX.min(self.buffer.len());
        if self.strict {
            return Ok(Line::Oversized(&self.buffer[..kept]));
        }
        loop {
            self.buffer.truncate(kept);
            let newline = match self.fill_behind(kept).await? {
                0 => Some(self.buffer.len()),
                _ => memchr(b'\n', &self.buffer[kept..]).map(|offset| kept + offset),
            };
            if let Some(end) = newline {
                self.start = (end + 1).min(self.buffer.len());
                self.scanned = self.start;
                return Ok(Line::Oversized(&self.buffer[..kept]));
            }
        }
    }

    /// Reads once more behind what is unread; 0 at the end of the stream.
    async fn fill(&mut self) -> io::Result<usize> {
        if self.start > 0 {
            let unread = self.buffer.len() - self.start;
            if unread == 0 || self.buffer.capacity() - self.buffer.len() < READ_SIZE / 4 {
                self.buffer.drain(..self.start);
                self.scanned -= self.start;
                self.start = 0;
            }
            if unread == 0 && self.buffer.capacity() > RETAINED_CAPACITY {
                self.buffer.shrink_to(READ_SIZE);
            }
        }
        self.fill_behind(self.buffer.len()).await
    }

    async fn fill_behind(&mut self, length: usize) -> io::Result<usize> {
        debug_assert_eq!(length, self.buffer.len());
        if self.buffer.capacity() - length < READ_SIZE / 4 {
            // Doubling keeps the cost of a large line linear.
            self.buffer.reserve(length.max(READ_SIZE));
        }
        let room = self.buffer.capacity() - length;
        let read = self.source.read_buf(&mut self.buffer).await?;
        self.full_reads = if read == room { self.full_reads + 1 } else { 0 };
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::ReadBuf;

    use super::*;

    /// Hands out one piece at each read.
    struct Pieces(VecDeque<Vec<u8>>);

    impl AsyncRead for Pieces {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            if let Some(mut piece) = self.0.pop_front() {
                let rest = piece.split_off(piece.len().min(buffer.remaining()));
                buffer.put_slice(&piece);
                if !rest.is_empty() {
                    self.0.push_front(rest);
                }
            }
            Poll::Ready(Ok(()))
        }
    }

    fn reader(input: &[u8], piece: usize, limit: usize) -> LineReader<Pieces> {
        let pieces = input.chunks(piece).map(<[u8]>::to_vec).collect();
        LineReader::new(Pieces(pieces), limit)
    }

    /// All lines; oversized ones as `!` and the length of what was kept.
    async fn lines(input: &[u8], piece: usize, limit: usize) -> Vec<String> {
        let mut reader = reader(input, piece, limit);
        let mut lines = Vec::new();
        while let Some(line) = reader.next().await.unwrap() {
            lines.push(match line {
                Line::Whole(line) => String::from_utf8(line.to_vec()).unwrap(),
                Line::Oversized(prefix) => format!("!{}", prefix.len()),
            });
        }
        lines
    }

    #[tokio::test]
    async fn lines_are_the_same_however_they_are_split() {
        let input = b"one\n\r\n\n  \ntwo\r\nthree \xc3\xa4\n123456789\n12345678\n12345678\r\nlast";
        let expected = [
            "one",
            "two",
            "three \u{e4}",
            "!9",
            "12345678",
            "12345678",
            "last",
        ];
        for piece in 1..=input.len() {
            assert_eq!(lines(input, piece, 8).await, expected, "{piece}");
        }
    }

    #[tokio::test]
    async fn an_oversized_line_is_kept_only_at_its_beginning() {
        let mut input = vec![b'x'; 1_000_000];
        input.extend_from_slice(b"\nnext\n");
        for piece in [1_000, 4_096, 65_536, 1_000_007] {
            assert_eq!(
                lines(&input, piece, 10_000).await,
                ["!4096", "next"],
                "{piece}"
            );
        }
        let mut reader = reader(&input, 1_000, 10_000);
        reader.next().await.unwrap();
        assert!(reader.buffer.capacity() < 200_000);
    }

    #[tokio::test]
    async fn the_limit_does_not_count_the_end_of_the_line() {
        assert_eq!(lines(b"12345678\n", 3, 8).await, ["12345678"]);
        assert_eq!(lines(b"12345678\r\n", 3, 8).await, ["12345678"]);
        assert_eq!(lines(b"123456789\r\n", 3, 8).await, ["!9"]);
    }

    #[tokio::test]
    async fn payloads_may_hold_anything_and_are_split_anywhere() {
        let input = b"head\n\n\x00\r\n{}\ntail\n";
        for piece in 1..=input.len() {
            let mut reader = reader(input, piece, 100);
            assert_eq!(reader.next().await.unwrap(), Some(Line::Whole(b"head")));
            assert_eq!(reader.payload(6).await.unwrap(), b"\n\x00\r\n{}");
            assert_eq!(reader.next().await.unwrap(), Some(Line::Whole(b"tail")));
        }
    }

    #[tokio::test]
    async fn a_skipped_payload_is_not_held() {
        let mut input = vec![b'x'; 10_000_000];
        input.extend_from_slice(b"\ntail\n");
        let mut reader = reader(&input, 65_536, 100);
        reader.skip_payload(10_000_000).await.unwrap();
        assert!(reader.buffer.capacity() < 200_000);
        assert_eq!(reader.next().await.unwrap(), Some(Line::Whole(b"tail")));
    }

    #[tokio::test]
    async fn a_payload_that_is_cut_off_or_unended_is_an_error() {
        assert!(reader(b"abc", 2, 100).payload(4).await.is_err());
        assert!(reader(b"abc", 2, 100).skip_payload(3).await.is_err());
        assert!(reader(b"abcd", 2, 100).payload(3).await.is_err());
    }

    #[tokio::test]
    async fn the_buffer_shrinks_after_a_large_line() {
        let mut input = vec![b'x'; 8_000_000];
        input.extend_from_slice(b"\nnext\n");
        let mut reader = reader(&input, 65_536, 10_000_000);
        reader.next().await.unwrap();
        while reader.next().await.unwrap().is_some() {}
        assert!(reader.buffer.capacity() <= RETAINED_CAPACITY);
    }
}
