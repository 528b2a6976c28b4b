//! Fields of a line of JSON beside its answers: the person, and what a previous result says of itself.

use std::borrow::Cow;

use serde::Deserialize;

/// What a result says of how its quiz ended.
#[derive(Deserialize)]
pub(super) struct RecommendationFields {
    pub(super) asked: Option<u64>,
    pub(super) of: Option<u64>,
    pub(super) chance: Option<f64>,
}

/// The bank that a result was made with.
#[derive(Deserialize)]
pub(super) struct BankName {
    pub(super) id: String,
}

/// Returns the first value of a key, `None` where there is none.
pub(super) fn get<'t>(reserved: &[(&str, &'t str)], key: &str) -> Option<&'t str> {
    reserved.iter().find(|(other, _)| *other == key).map(|(_, value)| *value)
}

/// Returns a value read from JSON, `None` where it is something else.
pub(super) fn parsed<'t, T: Deserialize<'t>>(json: &'t str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// Returns the JSON that names a person, `None` for null, or what names nobody. Names with escapes are written anew, so
/// that equal names are written alike.
pub(super) fn person(value: &str) -> Result<Option<Cow<'_, str>>, &str> {
    match value.as_bytes() {
        b"null" => Ok(None),
        // Programs that read it as a float would make something else of a number that no float can hold.
        [b'-' | b'0'..=b'9', ..] if parsed::<f64>(value).is_some() => Ok(Some(value.into())),
        [b'"', name @ ..] if !name.contains(&b'\\') => Ok(Some(value.into())),
        _ => match parsed::<String>(value).and_then(|name| serde_json::to_string(&name).ok()) {
            Some(name) => Ok(Some(name.into())),
            None => Err(value),
        },
    }
}
