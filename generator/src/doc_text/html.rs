//! A piece of HTML as tags and text.

pub(super) enum Token<'a> {
    /// Entities decoded.
    Text(String),
    Tag(HtmlTag<'a>),
}

pub(super) struct HtmlTag<'a> {
    /// In lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    /// The whole tag as it was written.
    pub(super) source: &'a str,
}

/// Comments are left out. What is no tag after all is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    let mut text = 0;
    // Where one comment has no end, the comments after it have no end either.
    let mut comments = true;
    while let Some(at) = rest[text..].find('<').map(|at| at + text) {
        let found = &rest[at..];
        let end = if comments && found.starts_with("<!--") {
            let end = found.find("-->").map(|it| it + 3);
            comments = end.is_some();
            end.map(|end| (end, None))
        } else {
            tag(found).map(|tag| (tag.source.len(), Some(Token::Tag(tag))))
        };
        let Some((len, token)) = end else {
            text = at + 1;
            continue;
        };
        if at > 0 {
            tokens.push(Token::Text(decode(&rest[..at])));
        }
        tokens.extend(token);
        rest = &rest[at + len..];
        text = 0;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(decode(rest)));
    }
    tokens
}

/// The tag that the text starts with.
fn tag(text: &str) -> Option<HtmlTag<'_>> {
    let body = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let closing = body.len() + 1 < text.len();
    let name: String = body.chars().take_while(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let len = 1 + text[1..].find(['<', '>']).filter(|it| text[1 + it..].starts_with('>'))? + 1;
    let next = body[name.len()..].chars().next();
    let ends = next.is_some_and(|c| c.is_whitespace() || c == '/' || c == '>');
    ends.then(|| HtmlTag { name: name.to_ascii_lowercase(), closing, source: &text[..len] })
}

impl HtmlTag<'_> {
    /// The value of an attribute, decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.source.to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = lower[from..].find(name).map(|at| at + from) {
            from = at + name.len();
            let free = lower[..at].ends_with(|c: char| c.is_whitespace() || "\"'".contains(c));
            let Some(value) = self.source[from..].trim_start().strip_prefix('=') else { continue };
            if free {
                return Some(decode(unquoted(value.trim_start())));
            }
        }
        None
    }
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return inner.split(quote).next().unwrap_or_default();
        }
    }
    value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
}

/// The entities that one meets; others stay as they are.
fn decode(text: &str) -> String {
    const NAMED: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let entity = part.split_once(';').filter(|(name, _)| name.len() < 10);
        let decoded = entity.and_then(|(name, rest)| {
            let named = NAMED.iter().find(|it| it.0 == name).map(|it| it.1);
            Some((named.or_else(|| numeric(name))?, rest))
        });
        if let Some((c, rest)) = decoded {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    out
}

fn numeric(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?)
}
