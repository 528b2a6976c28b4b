//! The report and the plan as Markdown, for a repository, a wiki or a mentor: headings, tables, boxes to tick, links.
//!
//! Everything that a bank or a person wrote is escaped, so that it reads as it was written and is no markup.

use std::fmt::Write as _;

use crate::bank::Certification;
use crate::plan::{Comparison, Phase, Plan, Step, Subject};
use crate::scoring::{Change, Fit};

use super::bar;
use super::evidence::{Evidence, Row, Sum};
use super::page::Style;
use super::rounding::nearest;
use super::{Report, words};

/// Bars in tables look alike everywhere.
pub(super) const BAR: Style = Style { width: 80, unicode: true, color: false, links: false };

/// A document being written; blank lines go between blocks and nowhere else.
#[derive(Default)]
pub(super) struct Document(String);

impl Document {
    /// The document as text.
    pub(super) fn finish(self) -> String {
        self.0
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.block(&format!("{} {}", "#".repeat(level), escaped(text)));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.block(&escaped(text));
    }

    /// Lines that stand as they are, a blank line before them.
    fn block(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        let _ = writeln!(self.0, "{text}");
    }

    /// A list; nothing where it has no items.
    pub(super) fn list(&mut self, items: &[String]) {
        if !items.is_empty() {
            self.block(&items.join("\n"));
        }
    }

    pub(super) fn table(&mut self, head: &str, rule: &str, rows: &[String]) {
        self.block(&format!("{head}\n{rule}\n{}", rows.join("\n")));
    }
}

/// A whole report.
pub(super) fn report(report: &Report<'_>) -> String {
    let mut document = Document::default();
    let (score, recommendation) = (&report.score, &report.recommendation);
    document.heading(1, &report.bank().title);
    document.block(&format!("**{}**", escaped(&words::verdict(score, recommendation))));
    let fit = |fit: &Fit<'_>| {
        format!("| {} | {} | `{}` |", escaped(&fit.role.name), nearest(fit.fit), bar::fit(fit.fit, 21, BAR))
    };
    document.table(
        "| Role | Fit | 50 is the middle |",
        "| --- | ---: | --- |",
        &score.fits.iter().map(fit).collect::<Vec<_>>(),
    );
    if let Some(chance) = words::chance(score, recommendation) {
        document.paragraph(&chance);
    }
    evidence(report, &mut document);
    flips(report, &mut document);
    document.heading(2, words::BASIS);
    words::basis(score, recommendation).for_each(|sentence| document.paragraph(&sentence));
    common(report, &mut document);
    match &report.plan {
        Some(plan) => write(plan, 2, &mut document),
        None => document.paragraph(words::NO_PLAN),
    }
    document.finish()
}

/// A plan alone.
pub(super) fn plan(plan: &Plan<'_>) -> String {
    let mut document = Document::default();
    write(plan, 1, &mut document);
    document.finish()
}

/// Plans side by side.
pub(super) fn comparison(comparison: &Comparison<'_>) -> String {
    let mut document = Document::default();
    document.heading(1, &words::comparison_title(comparison));
    for aspect in words::aspects(&comparison.plans) {
        document.heading(2, aspect.title);
        let mut lines = Vec::new();
        for (plan, items) in comparison.plans.iter().zip(&aspect.sides) {
            lines.push(format!("- **{}**", escaped(&plan.role.name)));
            lines.extend(items.iter().map(|item| linked("  - ", &escaped(&item.text()), item.url)));
        }
        document.list(&lines);
    }
    document.finish()
}

/// What moved the lead most, and how it adds up to the fits.
fn evidence(report: &Report<'_>, document: &mut Document) {
    let Some(evidence) = Evidence::new(&report.score) else { return };
    document.heading(2, words::EVIDENCE);
    let row = |row: &Row<'_>| {
        let (left, line, right) = bar::diverging(row.points, evidence.most(), 8, BAR);
        // Many readers of Markdown squeeze spaces, even in code.
        let bar = format!(" `{}`", format!("{left}{line}{right}").replace(' ', "░"));
        let bar = if row.is_drawn() { bar } else { String::new() };
        format!("| {} |{bar} | {} |", escaped(&words::origin(row)), escaped(&words::toward(row, &evidence)))
    };
    let rows: Vec<String> = evidence.rows.iter().map(row).collect();
    document.table("| Answer | | Points |", "| --- | --- | --- |", &rows);
    document.paragraph(&words::lead(&evidence));
    let sum = |sum: &Sum<'_>| format!("- {}: {}", escaped(&sum.role.name), escaped(&sum.written()));
    document.list(&evidence.sums.iter().map(sum).collect::<Vec<_>>());
}

fn flips(report: &Report<'_>, document: &mut Document) {
    let Some(sentence) = words::flips(&report.recommendation) else { return };
    document.heading(2, words::FLIPS);
    document.paragraph(&sentence);
    let change = |change: &Change<'_>| {
        format!("- {}\n  - {}", escaped(&change.question.text), escaped(&words::change(change, "→")))
    };
    document.list(&report.recommendation.changes().iter().map(change).collect::<Vec<_>>());
}

/// What can be begun without deciding, where nothing is decided.
fn common(report: &Report<'_>, document: &mut Document) {
    let common = report.common();
    if common.is_empty() {
        return;
    }
    document.heading(2, words::SHARED);
    document.paragraph(&words::undecided(&report.recommendation));
    document.list(&common.iter().map(|topic| format!("- {}", escaped(topic))).collect::<Vec<_>>());
}

/// A plan whose title has a heading of some level.
fn write(plan: &Plan<'_>, level: usize, document: &mut Document) {
    let role = plan.role;
    document.heading(level, &words::plan_title(role));
    let texts = [Some(words::span(plan)), words::patience(plan), Some(role.summary.clone()), role.growth.clone()];
    texts.iter().flatten().for_each(|text| document.paragraph(text));
    for (number, phase) in (1..).zip(plan.phases()) {
        document.heading(level + 1, &format!("{number}. {}", words::phase_title(phase)));
        if let Some(stretch) = words::stretch(plan, phase) {
            document.paragraph(&stretch);
        }
        document.list(&plan.phase(phase).map(step).collect::<Vec<_>>());
        if phase == Phase::Certification {
            others(plan, document);
        }
    }
    if !role.outlook.is_empty() {
        document.heading(level + 1, words::OUTLOOK);
        let fact = |fact| linked("- ", &escaped(&words::fact(fact)), fact.source.as_deref());
        document.list(&role.outlook.iter().map(fact).collect::<Vec<_>>());
    }
}

/// A step with a box to tick and what belongs to it.
fn step(step: &Step<'_>) -> String {
    let mark = if step.dates.is_some() { " " } else { "x" };
    let mut lines = vec![format!("- [{mark}] **{}** ({})", escaped(step.subject.title()), words::dates(step))];
    match step.subject {
        Subject::Topic(topic) => {
            lines.extend(topic.why.iter().map(|why| format!("  - {}", escaped(why))));
            let resource = |resource| linked("  - ", &escaped(&words::resource(resource)), resource.url.as_deref());
            lines.extend(topic.resources.iter().map(resource));
        }
        Subject::Certification(certification) => {
            lines.extend(facts(certification, &words::certification(certification)));
        }
        Subject::Project(project) => {
            let data = project.dataset.iter();
            lines.extend(data.map(|data| linked("  - ", &escaped(&words::data(data)), data.url.as_deref())));
            lines.extend(words::done_when(project).map(|done| format!("  - {}", escaped(&done))));
        }
    }
    lines.join("\n")
}

fn facts(certification: &Certification, facts: &str) -> Vec<String> {
    let url = certification.url.as_deref();
    let mut lines = Vec::new();
    if !facts.is_empty() || url.is_some() {
        lines.push(linked("  - ", &escaped(facts), url));
    }
    lines.extend(certification.note.iter().map(|note| format!("  - {}", escaped(note))));
    lines
}

/// What could be sat instead, and what cannot be sat any more.
fn others(plan: &Plan<'_>, document: &mut Document) {
    let named = |certification: &Certification, facts: &str| {
        let name = format!("- **{}**", escaped(&certification.name));
        std::iter::once(name).chain(self::facts(certification, facts)).collect::<Vec<_>>().join("\n")
    };
    if !plan.alternatives.is_empty() {
        document.paragraph(words::ALTERNATIVES);
        let other = |other: &&Certification| named(other, &words::alternative(other));
        document.list(&plan.alternatives.iter().map(other).collect::<Vec<_>>());
    }
    if !plan.retired.is_empty() {
        document.paragraph(words::GONE);
        let gone = |gone: &&Certification| {
            let successors = escaped(&words::successors(gone, plan.role));
            format!("{}\n  - {successors}", named(gone, &words::certification(gone)))
        };
        document.list(&plan.retired.iter().map(gone).collect::<Vec<_>>());
    }
}

/// Text behind a prefix with its address as a link; banks hold only addresses of the web without spaces or brackets.
fn linked(prefix: &str, text: &str, url: Option<&str>) -> String {
    match url {
        Some(url) if text.is_empty() => format!("{prefix}<{url}>"),
        Some(url) => format!("{prefix}{text} <{url}>"),
        None => format!("{prefix}{text}"),
    }
}

/// Text that means itself: whatever could be markup, also at the beginning of a line, has a backslash before it. An
/// address of the web in it is made a link, which most readers of Markdown would do anyway, each in its own way.
pub(super) fn escaped(text: &str) -> String {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let mut escaped = String::with_capacity(text.len());
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        if is_address(word.trim_end()) {
            let _ = write!(escaped, "<{}>{}", word.trim_end(), &word[word.trim_end().len()..]);
        } else {
            for (index, character) in word.char_indices() {
                let first = at + index == 0 && matches!(character, '-' | '+' | '=' | ':');
                let in_number = at + index == digits && digits > 0 && matches!(character, '.' | ')');
                if first || in_number || is_markup(character) {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
        at += word.len();
    }
    escaped
}

/// Whether a character can be markup wherever it stands.
fn is_markup(character: char) -> bool {
    matches!(
        character,
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '#' | '|' | '~' | '^' | '&' | '$' | '!'
    )
}

/// Whether a word is an address of the web that can stand between angle brackets.
fn is_address(word: &str) -> bool {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?#@!$&'+,;=%:".contains(&byte);
        rest.bytes().all(safe) && rest.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '/')
    })
}
