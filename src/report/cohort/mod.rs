//! What a group's answers say, for a coach or an author of questions.

mod json;
mod words;

pub use json::cohort_json;

use crate::cohort::{self, Cohort, Details, Histogram, QuestionStats, Reliability};

use super::document::{Bar, Block, Document, Item, Table, Tone, Weight, paragraph};
use super::page::Side;

/// Returns what a group's answers say, for people.
#[must_use]
pub fn cohort<'r>(cohort: &Cohort<'r>) -> Document<'r> {
    let bank = cohort.bank;
    let mut blocks = vec![Block::Heading(1, bank.title.clone())];
    blocks.push(paragraph(words::size(cohort.respondents, cohort.rejected)));
    match &cohort.details {
        Some(details) => self::details(details, &mut blocks),
        None => blocks.push(paragraph(words::WITHHELD_GROUP)),
    }
    Document { bank, title: bank.title.clone(), blocks }
}

fn details(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    outcomes(details, blocks);
    distributions(details, blocks);
    careless(details, blocks);
    trust(details, blocks);
    questions(details, blocks);
    blocks.extend([heading(words::LIMITS), list(words::limits())]);
}

fn heading(text: &str) -> Block<'static> {
    Block::Heading(2, text.to_owned())
}

fn list<'r>(items: impl IntoIterator<Item = impl Into<Item<'r>>>) -> Block<'r> {
    Block::List(Tone::Plain, items.into_iter().map(Into::into).collect())
}

/// Verdicts and roles, and the ones by the others.
fn outcomes(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(words::OUTCOMES));
    let bar = |label: &str, people, side| Bar { label: label.to_owned(), people, side };
    let verdicts = details.verdicts.iter();
    blocks.push(Block::Bars(
        verdicts.map(|&(verdict, people)| bar(words::verdict(verdict), people, Side::Other)).collect(),
    ));
    blocks.push(paragraph(words::NEARER));
    let roles = details.roles.iter().zip(Side::ranks());
    let roles = roles.map(|(standing, side)| bar(&standing.role.name, standing.recommended.people, side));
    let tied = bar(words::NOBODY, details.tied.people, Side::Other);
    blocks.push(Block::Bars(roles.chain([tied]).collect()));
    let groups = details.roles.iter().map(|standing| words::group(&standing.role.name, &standing.recommended));
    match groups.collect::<Option<Vec<String>>>() {
        Some(groups) => blocks.push(list(groups)),
        None => blocks.push(paragraph(words::WITHHELD_PARTS)),
    }
}

fn distributions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(words::FITS));
    for (standing, side) in details.roles.iter().zip(Side::ranks()) {
        blocks.push(paragraph(words::fit(standing)));
        blocks.push(histogram(&standing.fit.histogram, side));
    }
    blocks.push(heading(words::LEADS));
    blocks.push(histogram(&details.leads, Side::Other));
}

fn careless(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(words::CARELESS));
    let flag = |&(flag, people)| words::flag(flag, people, details.straight_chance);
    blocks.push(list(details.flags.iter().map(flag)));
    blocks.push(paragraph(words::suspect(details.suspect)));
}

/// How grey figures from this many people are.
fn weight(people: u64) -> Weight {
    if people < words::ROUGH { Weight::Grey } else { Weight::Full }
}

fn trust(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(words::TRUST));
    let lead = details.lead.as_ref().map(|lead| (lean(details), lead));
    let roles = details.roles.iter().map(|standing| (standing.role.name.clone(), &standing.reliability));
    let item = |(name, found): (String, &Reliability)| Item {
        weight: weight(found.respondents),
        ..words::reliability(&name, found).into()
    };
    blocks.push(list(lead.into_iter().chain(roles).map(item)));
    match &details.lead {
        Some(lead) => blocks.extend(words::reading(lead).map(paragraph)),
        None => blocks.push(paragraph(words::NO_LEAN)),
    }
    blocks.push(paragraph(words::ALPHA));
}

/// The name of the sum of which both roles are the ends.
fn lean(details: &Details<'_>) -> String {
    let names: Vec<&str> = details.roles.iter().map(|standing| standing.role.name.as_str()).collect();
    format!("Lean between {}", names.join(" and "))
}

/// The questions in a table for each sum that they are part of, and those that should be rewritten.
fn questions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(words::QUESTIONS));
    let roles = details.roles.iter();
    let of_role = roles.map(|standing| (standing.role.name.clone(), standing.reliability.respondents));
    let of_lean = details.lead.as_ref().map(|lead| vec![(lean(details), lead.respondents)]);
    let sums: Vec<(String, u64)> = of_lean.unwrap_or_else(|| of_role.collect());
    let mut weak = Vec::new();
    for (index, (name, people)) in sums.iter().enumerate() {
        if sums.len() > 1 {
            blocks.push(paragraph(format!("For {name}:")));
        }
        blocks.push(Block::Table(table(details, index, weight(*people))));
        let weakness = |(item, worth): (&cohort::QuestionSummary<'_>, &QuestionStats)| {
            words::weakness(&item.question.id, worth.item_total)
        };
        let found = worths(details, index).filter_map(weakness);
        weak.extend(found.map(|text| Item {
            weight: weight(*people),
            ..if sums.len() > 1 { format!("{text} ({name})") } else { text }.into()
        }));
    }
    blocks.push(paragraph(words::COLUMNS));
    if details.has_upper_lower() {
        blocks.push(paragraph(words::UPPER_LOWER));
    }
    blocks.push(heading(words::REWRITE));
    if weak.is_empty() {
        blocks.push(paragraph(words::NO_WEAKNESS));
    } else {
        blocks.push(list(weak));
    }
}

/// The questions of one sum, each with what it is worth for it.
fn worths<'d>(
    details: &'d Details<'_>,
    sum: usize,
) -> impl Iterator<Item = (&'d cohort::QuestionSummary<'d>, &'d QuestionStats)> {
    details.questions.iter().filter_map(move |item| item.stats.get(sum)?.as_ref().map(|worth| (item, worth)))
}

fn table(details: &Details<'_>, sum: usize, weight: Weight) -> Table {
    let with_index = details.has_upper_lower();
    let mut head = vec!["question", "answered", "skipped", "item-total", "alpha without"];
    head.extend(with_index.then_some("upper-lower"));
    let row = |(item, worth): (&cohort::QuestionSummary<'_>, &QuestionStats)| {
        let mut row = vec![item.question.id.clone(), item.answered.to_string(), item.skipped.to_string()];
        row.extend([worth.item_total, worth.alpha_without].map(words::figure));
        row.extend(with_index.then(|| words::figure(worth.upper_lower)));
        row
    };
    Table { head, rows: worths(details, sum).map(row).collect(), weight }
}

/// The bars of a histogram, without the empty ones at its ends.
fn histogram(histogram: &Histogram, side: Side) -> Block<'static> {
    let bins: Vec<(u32, u32, u64)> = histogram.bins().collect();
    let filled = |&(_, _, people): &(u32, u32, u64)| people > 0;
    let first = bins.iter().position(filled).unwrap_or(0);
    let end = bins.iter().rposition(filled).map_or(0, |last| last + 1);
    let bar = |&(from, to, people): &(u32, u32, u64)| Bar { label: format!("{from}–{to}"), people, side };
    Block::Bars(bins.get(first..end).unwrap_or_default().iter().map(bar).collect())
}
