//! A matching line, as the host gets it.

use std::borrow::Cow;

use grep_matcher::{Matcher, NoError};
use grep_regex::RegexMatcher;
use serde::Serialize;

/// Longer lines are cut to a window of so many bytes.
const MAX_TEXT: usize = 2_000;
/// How much of the window lies before the first match.
const LEAD: usize = 200;

/// A matching line. Positions count UTF-16 code units, as strings of Java and JavaScript do.
#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// Relative to the root; bytes that are not UTF-8 are replaced.
    pub path: String,
    pub line: u64,
    /// Where the first match begins in the whole line, from 1.
    pub column: u64,
    /// The line without its end, or the part around the first match where it is very long.
    pub text: String,
    /// Start and end of each match that lies in `text`.
    pub matches: Vec<[usize; 2]>,
    /// Whether `text` is only a part of the line.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

impl Hit {
    pub fn new(path: String, line: u64, bytes: &[u8], matcher: &RegexMatcher) -> Self {
        let bytes = trim_end(bytes);
        let mut spans = Vec::new();
        let found: Result<(), NoError> = matcher.find_iter(bytes, |span| {
            spans.push((span.start(), span.end()));
            span.end() < first_start(&spans) + MAX_TEXT
        });
        found.expect("the matcher of a regular expression never fails");
        let first = first_start(&spans);
        let window = window(bytes, first);
        let text = String::from_utf8_lossy(&bytes[window.clone()]);
        let matches = spans
            .iter()
            .filter(|(start, _)| *start <= window.end)
            .map(|(start, end)| {
                [*start, (*end).min(window.end)].map(|at| utf16_length(&bytes[window.start..at]))
            })
            .collect();
        Self {
            path,
            line,
            column: utf16_length(&bytes[..first]) as u64 + 1,
            cut: window.len() < bytes.len(),
            text: text.into_owned(),
            matches,
        }
    }
}

fn first_start(spans: &[(usize, usize)]) -> usize {
    spans.first().map_or(0, |(start, _)| *start)
}

fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The part of the line that is shown; it splits no UTF-8 sequence.
fn window(line: &[u8], first_match: usize) -> std::ops::Range<usize> {
    if line.len() <= MAX_TEXT {
        return 0..line.len();
    }
    let start = boundary(
        line,
        first_match.saturating_sub(LEAD).min(line.len() - MAX_TEXT),
    );
    start..boundary(line, start + MAX_TEXT)
}

/// The nearest place at or before `at` that is not within a sequence.
fn boundary(line: &[u8], at: usize) -> usize {
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|at| line.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80))
        .unwrap_or(at)
}

fn utf16_length(bytes: &[u8]) -> usize {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) if text.is_ascii() => text.len(),
        text => text.encode_utf16().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(line: &[u8], pattern: &str) -> Hit {
        let matcher = RegexMatcher::new_line_matcher(pattern).unwrap();
        Hit::new("a.rs".to_owned(), 1, line, &matcher)
    }

    #[test]
    fn the_end_of_the_line_is_left_out() {
        let hit = hit(b"fn main() {\r\n", "main");
        assert_eq!(hit.text, "fn main() {");
        assert_eq!((hit.column, hit.matches), (4, vec![[3, 7]]));
    }

    #[test]
    fn every_match_of_the_line_is_told() {
        assert_eq!(hit(b"aXbXc", "X").matches, [[1, 2], [3, 4]]);
    }

    #[test]
    fn positions_are_those_of_java_strings() {
        let hit = hit("🦀é X".as_bytes(), "X");
        let units: Vec<u16> = hit.text.encode_utf16().collect();
        assert_eq!(units[hit.matches[0][0]], u16::from(b'X'));
        assert_eq!(hit.column, 5);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        let hit = hit(b"\xFF\xFEneedle\xFF", "needle");
        assert_eq!(hit.text, "\u{FFFD}\u{FFFD}needle\u{FFFD}");
        assert_eq!(hit.matches, [[2, 8]]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_first_match() {
        let line = format!("{}needle{}", "ä".repeat(100_000), "ö".repeat(100_000));
        let hit = hit(line.as_bytes(), "needle");
        assert!(hit.cut && hit.text.len() <= MAX_TEXT);
        assert_eq!(hit.column, 100_001);
        let [start, end] = hit.matches[0];
        let units: Vec<u16> = hit.text.encode_utf16().collect();
        assert_eq!(String::from_utf16(&units[start..end]).unwrap(), "needle");
    }

    #[test]
    fn a_match_longer_than_the_window_is_cut() {
        let hit = hit("x".repeat(10_000).as_bytes(), "x+");
        assert_eq!(hit.matches, [[0, MAX_TEXT]]);
    }

    #[test]
    fn an_empty_match_has_a_place() {
        assert_eq!(hit(b"", "^$").matches, [[0, 0]]);
    }
}
