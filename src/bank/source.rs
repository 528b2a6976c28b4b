//! The bank file as it is written: every key optional, nothing checked beyond its type. `build` is the one road from
//! here to the [`Bank`](super::Bank).

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::answer::Value;
use super::date::When;
use super::field::{Field, Keys, Located, Map, Read, mismatch, tables};
use super::problem::Problems;

/// Several tables or values of one kind, each with its place.
pub(super) type List<T> = Vec<Located<T>>;

tables! {
    /// The whole file.
    struct File("a bank") {
        format: i64,
        id: String,
        version: String,
        title: String,
        intro: String,
        language: String,
        scale: List<String>,
        verdict: Thresholds,
        role: List<Role>,
        question: List<Question>,
        persona: List<Persona>,
    }

    /// `verdict = { close = 0.20, clear = 0.05 }`
    struct Thresholds("a table such as { close = 0.20, clear = 0.05 }") {
        close: f64,
        clear: f64,
    }

    /// `[[role]]`
    struct Role("a [[role]] table") {
        id: String,
        name: String,
        summary: String,
        growth: String,
        outlook: List<Outlook>,
        knowledge: List<Topic>,
        certification: List<Certification>,
        expertise: List<Project>,
    }

    /// `[[role.outlook]]`
    struct Outlook("a [[role.outlook]] table") {
        claim: String,
        value: String,
        as_of: When,
        source: String,
    }

    /// `[[role.knowledge]]`
    struct Topic("a [[role.knowledge]] table") {
        id: String,
        title: String,
        why: String,
        hours: List<i64>,
        resource: List<Resource>,
    }

    /// `[[role.knowledge.resource]]`
    struct Resource("a [[role.knowledge.resource]] table") {
        title: String,
        kind: String,
        cost: String,
        url: String,
    }

    /// `[[role.certification]]`
    struct Certification("a [[role.certification]] table") {
        id: String,
        name: String,
        code: String,
        provider: String,
        level: String,
        hours: List<i64>,
        price_usd: i64,
        valid_years: i64,
        suits: List<String>,
        note: String,
        url: String,
        as_of: When,
        retired: When,
        successors: List<String>,
    }

    /// `[[role.expertise]]`
    struct Project("a [[role.expertise]] table") {
        id: String,
        title: String,
        level: i64,
        hours: List<i64>,
        dataset: Dataset,
        done_when: String,
    }

    /// `dataset = { name = "…", url = "…" }`
    struct Dataset("a table such as { name = \"…\", url = \"https://…\" }") {
        name: String,
        url: String,
    }

    /// `[[question]]`
    struct Question("a [[question]] table") {
        id: String,
        topic: String,
        kind: String,
        text: String,
        key: Map<i64>,
        pick: List<i64>,
        places: List<i64>,
        choice: List<Choice>,
    }

    /// `[[question.choice]]`
    struct Choice("a [[question.choice]] table") {
        id: String,
        text: String,
        points: Map<i64>,
        prefers: List<String>,
        knows: List<String>,
        hours_per_week: i64,
    }

    /// `[[persona]]`
    struct Persona("a [[persona]] table") {
        id: String,
        about: String,
        answers: Map<Value>,
        expect: Expectation,
    }

    /// `expect = { role = "…", verdict = "clear" }`
    struct Expectation("a table such as { role = \"…\", verdict = \"clear\" }") {
        role: String,
        verdict: String,
    }
}

/// The file of a parsed document.
pub(super) fn read(
    document: Spanned<toml::de::DeTable<'_>>,
    problems: &mut Problems<'_>,
) -> Option<(File, Range<usize>)> {
    // A whole document has no header of its own, so what it lacks is shown at its first line.
    let span = 0..0;
    let file = File::read(Spanned::new(span.clone(), DeValue::Table(document.into_inner())), problems)?;
    Some((file, span))
}
