//! Just enough JSON to find members in a line and to write strings.
//!
//! Values stay slices of the line they came in, so an `echo` of 40 MB is copied once.

/// Walks over JSON text without building anything.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Moves past a string, whose opening quote is the current byte.
    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.text.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn value(&mut self) -> Option<&'a [u8]> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => self.skip_string()?,
            b'{' | b'[' => {
                let mut depth = 0_usize;
                loop {
                    match self.text.get(self.at)? {
                        b'"' => {
                            self.skip_string()?;
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => {
                while self.text.get(self.at).is_some_and(|b| {
                    !matches!(b, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
                }) {
                    self.at += 1;
                }
            }
        }
        (self.at > start).then(|| &self.text[start..self.at])
    }
}

/// Calls `visit` with each member of an object, the key without its quotes.
/// `None` when the text is no object.
pub fn members<'a>(text: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) -> Option<()> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.take(b'{')?;
    if scanner.peek()? == b'}' {
        return Some(());
    }
    loop {
        if scanner.peek()? != b'"' {
            return None;
        }
        let key = scanner.value()?;
        scanner.take(b':')?;
        let value = scanner.value()?;
        visit(&key[1..key.len() - 1], value);
        match scanner.peek()? {
            b',' => scanner.at += 1,
            b'}' => {
                scanner.at += 1;
                return scanner.peek().is_none().then_some(());
            }
            _ => return None,
        }
    }
}

/// The raw value of a member.
pub fn get<'a>(object: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let mut found = None;
    members(object, |k, v| {
        if k == key.as_bytes() {
            found = Some(v);
        }
    })?;
    found
}

/// A member that is a whole number.
pub fn number(object: &[u8], key: &str) -> Option<u64> {
    std::str::from_utf8(get(object, key)?).ok()?.parse().ok()
}

/// Whether a member is literally `true`.
pub fn flag(object: &[u8], key: &str) -> bool {
    get(object, key) == Some(b"true")
}

/// A member that is a string, decoded.
pub fn text(object: &[u8], key: &str) -> Option<String> {
    unquote(get(object, key)?)
}

/// The strings of a member that is an array of strings, or of one string.
pub fn texts(object: &[u8], key: &str) -> Vec<String> {
    let Some(value) = get(object, key) else {
        return Vec::new();
    };
    let mut scanner = Scanner { text: value, at: 0 };
    let mut found = Vec::new();
    if scanner.take(b'[').is_none() {
        return unquote(value).into_iter().collect();
    }
    while let Some(item) = scanner.value() {
        found.extend(unquote(item));
        if scanner.take(b',').is_none() {
            break;
        }
    }
    found
}

fn unquote(raw: &[u8]) -> Option<String> {
    let inner = std::str::from_utf8(raw.strip_prefix(b"\"")?.strip_suffix(b"\"")?).ok()?;
    let mut decoded = String::with_capacity(inner.len());
    let mut units = Vec::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            decoded.push(c);
            continue;
        }
        match chars.next()? {
            'n' => decoded.push('\n'),
            'r' => decoded.push('\r'),
            't' => decoded.push('\t'),
            'b' => decoded.push('\u{8}'),
            'f' => decoded.push('\u{c}'),
            'u' => {
                units.push(hex(&mut chars)?);
                // the second half of a pair follows at once
                if (0xD800..0xDC00).contains(&units[0]) && chars.as_str().starts_with("\\u") {
                    chars.nth(1);
                    units.push(hex(&mut chars)?);
                }
                decoded.push_str(&String::from_utf16_lossy(&units));
                units.clear();
            }
            other => decoded.push(other),
        }
    }
    Some(decoded)
}

fn hex(chars: &mut std::str::Chars<'_>) -> Option<u16> {
    let digits: String = chars.by_ref().take(4).collect();
    u16::from_str_radix(&digits, 16).ok()
}

/// A string as JSON.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if (c as u32) < 0x20 => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_whatever_their_order_and_nesting() {
        let line = br#" {"params":{"a":[1,{"b":"}\""}]},"x":null , "id":"r\u0031","method":"m"} "#;
        assert_eq!(get(line, "id"), Some(&br#""r\u0031""#[..]));
        assert_eq!(get(line, "params"), Some(&br#"{"a":[1,{"b":"}\""}]}"#[..]));
        assert_eq!(text(line, "id").as_deref(), Some("r1"));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for line in [
            &b"42"[..],
            b"null",
            b"",
            b"{",
            b"{\"a\"}",
            b"{\"a\":1",
            b"{} x{",
            b"[1]",
        ] {
            assert_eq!(get(line, "a"), None, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn strings_survive_a_round_trip() {
        let text = "a\"b\\c\n\u{1}é😀";
        assert_eq!(unquote(quote(text).as_bytes()).as_deref(), Some(text));
        assert_eq!(unquote(br#""\ud83d\ude00""#).as_deref(), Some("😀"));
    }

    #[test]
    fn texts_take_one_string_or_many() {
        assert_eq!(texts(br#"{"l":["a","b"]}"#, "l"), ["a", "b"]);
        assert_eq!(texts(br#"{"l":"a"}"#, "l"), ["a"]);
        assert!(texts(br#"{"l":[]}"#, "l").is_empty());
    }
}
