//! Just enough of the syntax of Rust to see what a file uses.

pub(super) fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Returns the words and signs of a text; comments and literals are left out.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if let Some(length) = literal_len(rest) {
            (length, false)
        } else if is_word(rest) {
            (rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()), true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        tokens.extend(is_token.then(|| &rest[..length]));
        rest = &rest[length..];
    }
    tokens
}

/// Returns the length of the string or character that the text begins with, `None` if it begins with neither.
fn literal_len(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r').filter(|raw| raw.trim_start_matches('#').starts_with('"')) {
        let (hashes, body) = raw.split_once('"')?;
        let end = format!("\"{hashes}");
        return Some(1 + hashes.len() + 1 + body.find(&end)? + end.len());
    }
    if let Some(body) = text.strip_prefix('"') {
        let mut is_escaped = false;
        let end = body.find(|c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        return Some(1 + end? + 1);
    }
    let body = text.strip_prefix('\'')?;
    let escape = usize::from(body.starts_with('\\'));
    let character = escape + body[escape..].chars().next()?.len_utf8();
    // Without an end it is a lifetime; `\u{…}` may be longer than one character.
    let end = body[character..].find('\'').filter(|end| *end == 0 || escape == 1)?;
    Some(1 + character + end + 1)
}

/// Returns each name that a `use` line brings in, with its path.
pub(super) fn leaves(tokens: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut leaves = Vec::new();
    let (mut prefix, mut path): (Vec<usize>, Vec<String>) = (Vec::new(), Vec::new());
    let mut name = None;
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match *token {
            "{" => prefix.push(path.len()),
            "as" => name = tokens.next().map(|name| (*name).to_owned()),
            "::" => {}
            "," | "}" => {
                let depth = prefix.last().copied().unwrap_or(0);
                if path.len() > depth {
                    let last = path.last().cloned().unwrap();
                    leaves.push((name.take().unwrap_or(last), path.clone()));
                }
                path.truncate(depth);
                if *token == "}" {
                    prefix.pop();
                    path.truncate(prefix.last().copied().unwrap_or(0));
                }
            }
            "self" if !path.is_empty() => leaves.push((path.last().cloned().unwrap(), path.clone())),
            segment => path.push(segment.to_owned()),
        }
    }
    if let Some(last) = path.last().cloned() {
        leaves.push((name.unwrap_or(last), path));
    }
    leaves
}
