//! Takes a request line apart without parsing the JSON inside of it.

/// The three parts of a request, as they stand in the line.
pub struct Request<'a> {
    /// Without its quotes.
    pub id: &'a [u8],
    /// Without its quotes.
    pub method: &'a [u8],
    /// The whole JSON value.
    pub params: &'a [u8],
}

impl<'a> Request<'a> {
    /// `None` unless the line is `{"id":"…","method":"…","params":…}` to the letter.
    pub fn split(line: &'a [u8]) -> Option<Self> {
        let (id, rest) = quoted(line.strip_prefix(b"{\"id\":\"")?)?;
        let (method, rest) = quoted(rest.strip_prefix(b",\"method\":\"")?)?;
        let params = rest
            .strip_prefix(b",\"params\":")?
            .trim_ascii_end()
            .strip_suffix(b"}")?;
        Some(Self { id, method, params })
    }

    /// The non-negative integer member `name` of the params, which are known to hold it.
    pub fn number(&self, name: &str) -> Option<usize> {
        let key = format!("\"{name}\":");
        let at = self
            .params
            .windows(key.len())
            .position(|part| part == key.as_bytes())?;
        let digits = &self.params[at + key.len()..];
        let end = digits
            .iter()
            .position(|b| !b.is_ascii_digit())
            .unwrap_or(digits.len());
        std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
    }
}

/// Splits at the closing quote of a string that has no escapes in it.
fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|&b| b == b'"')?;
    Some((&text[..end], &text[end + 1..]))
}
