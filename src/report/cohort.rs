//! The report on a group's answers, for a coach or an author of questions.

use crate::cohort::{Cohort, Details, Histogram, QuestionStats, QuestionSummary, Reliability};

use super::document::{Bar, Block, Document, Emphasis, ListItem, Report, RoleRank, Table, Tone, list, paragraph};
use super::json;
use super::phrases::cohort as phrases;

impl Report for Cohort<'_> {
    fn document(&self) -> Document<'_> {
        let title = &self.bank.title;
        let mut blocks = vec![Block::Heading(1, title.clone())];
        blocks.push(paragraph(phrases::size(self.respondents, self.rejected)));
        match &self.details {
            Some(details) => self::details(details, &mut blocks),
            None => blocks.push(paragraph(phrases::WITHHELD_GROUP)),
        }
        Document { bank: self.bank, title: title.clone(), blocks }
    }

    fn json(&self) -> String {
        json::cohort(self)
    }
}

fn details(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    outcomes(details, blocks);
    distributions(details, blocks);
    careless(details, blocks);
    reliability(details, blocks);
    questions(details, blocks);
    blocks.extend([heading("What these figures do not show"), list(Tone::Plain, phrases::limits())]);
}

fn heading(text: &str) -> Block<'static> {
    Block::Heading(2, text.to_owned())
}

/// Adds verdicts and roles, and the ones by the others.
fn outcomes(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading("What came out"));
    let verdicts = details.verdicts.iter();
    let verdicts = verdicts.map(|&(verdict, people)| bar(phrases::verdict(verdict), people, RoleRank::Other));
    blocks.extend([Block::Bars(verdicts.collect()), paragraph(phrases::NEARER)]);
    let roles = details.roles.iter().zip(RoleRank::all());
    let roles = roles.map(|(role, rank)| bar(&role.role.name, role.recommended.people, rank));
    let tied = bar(phrases::NOBODY, details.tied.people, RoleRank::Other);
    blocks.push(Block::Bars(roles.chain([tied]).collect()));
    let groups = details.roles.iter().map(|role| phrases::group(&role.role.name, &role.recommended));
    blocks.push(match groups.collect::<Option<Vec<String>>>() {
        Some(groups) => list(Tone::Plain, groups),
        None => paragraph(phrases::WITHHELD_PARTS),
    });
}

fn bar(label: &str, people: u64, rank: RoleRank) -> Bar {
    Bar { label: label.to_owned(), people, rank }
}

fn distributions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading("Fits, from 0 to 100; 50 is what random answers give"));
    for (role, rank) in details.roles.iter().zip(RoleRank::all()) {
        blocks.extend([paragraph(phrases::fit(role)), histogram(&role.fit.histogram, rank)]);
    }
    blocks.push(heading("Lead of the best role over the second, in points of fit"));
    blocks.push(histogram(&details.leads, RoleRank::Other));
}

fn careless(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading("Signs of careless answers"));
    let flags = details.flags.iter();
    let flags = flags.map(|&(flag, people)| phrases::flag(flag, people, details.straight_chance));
    blocks.extend([list(Tone::Plain, flags), paragraph(phrases::suspect(details.suspect))]);
}

/// Returns how firmly figures from this many people are said.
fn emphasis(people: u64) -> Emphasis {
    if people < phrases::MIN_RELIABLE { Emphasis::Faint } else { Emphasis::Full }
}

fn reliability(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading("How far the sums can be relied on"));
    let lead = details.lead.as_ref().map(|lead| (lean(details), lead));
    let roles = details.roles.iter().map(|role| (role.role.name.clone(), &role.reliability));
    let items = lead.into_iter().chain(roles).map(|(name, found): (String, &Reliability)| ListItem {
        emphasis: emphasis(found.respondents),
        ..phrases::reliability(&name, found).into()
    });
    blocks.push(list(Tone::Plain, items));
    match &details.lead {
        Some(lead) => blocks.extend(phrases::reading(lead).map(paragraph)),
        None => blocks.push(paragraph(phrases::NO_LEAN)),
    }
    blocks.push(paragraph(phrases::ALPHA));
}

/// Returns the name of the sum of which both roles are the ends.
fn lean(details: &Details<'_>) -> String {
    let names: Vec<&str> = details.roles.iter().map(|role| role.role.name.as_str()).collect();
    format!("Lean between {}", names.join(" and "))
}

/// Adds the questions in a table for each sum that they are part of, and those that should be rewritten.
fn questions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading("Questions"));
    let sums: Vec<(String, u64)> = match &details.lead {
        Some(lead) => vec![(lean(details), lead.respondents)],
        None => details.roles.iter().map(|role| (role.role.name.clone(), role.reliability.respondents)).collect(),
    };
    let mut weak = Vec::new();
    for (index, (name, people)) in sums.iter().enumerate() {
        let emphasis = emphasis(*people);
        if sums.len() > 1 {
            blocks.push(paragraph(format!("For {name}:")));
        }
        blocks.push(Block::Table(table(details, index, emphasis)));
        let of_sum = if sums.len() > 1 { format!(" ({name})") } else { String::new() };
        let found = stats(details, index)
            .filter_map(|(question, stats)| phrases::weakness(&question.question.id, stats.item_total));
        weak.extend(found.map(|text| ListItem { emphasis, ..format!("{text}{of_sum}").into() }));
    }
    blocks.push(paragraph(phrases::COLUMNS));
    if details.has_upper_lower() {
        blocks.push(paragraph(phrases::UPPER_LOWER));
    }
    blocks.push(heading("Questions to rewrite"));
    blocks.push(if weak.is_empty() { paragraph(phrases::NO_WEAKNESS) } else { list(Tone::Plain, weak) });
}

/// Returns the questions of one sum, each with its figures for it.
fn stats<'d>(
    details: &'d Details<'_>,
    sum: usize,
) -> impl Iterator<Item = (&'d QuestionSummary<'d>, &'d QuestionStats)> {
    details.questions.iter().filter_map(move |question| Some((question, question.stats.get(sum)?.as_ref()?)))
}

fn table(details: &Details<'_>, sum: usize, emphasis: Emphasis) -> Table {
    let with_index = details.has_upper_lower();
    let mut head = vec!["question", "answered", "skipped", "item-total", "alpha without"];
    head.extend(with_index.then_some("upper-lower"));
    let rows = stats(details, sum).map(|(question, stats)| {
        let mut row = vec![question.question.id.clone(), question.answered.to_string(), question.skipped.to_string()];
        row.extend([stats.item_total, stats.alpha_without].map(phrases::figure));
        row.extend(with_index.then(|| phrases::figure(stats.upper_lower)));
        row
    });
    Table { head, rows: rows.collect(), emphasis }
}

fn histogram(histogram: &Histogram, rank: RoleRank) -> Block<'static> {
    let bins: Vec<(u32, u32, u64)> = histogram.bins().collect();
    let is_filled = |&(_, _, people): &(u32, u32, u64)| people > 0;
    let first = bins.iter().position(is_filled).unwrap_or(0);
    let end = bins.iter().rposition(is_filled).map_or(0, |last| last + 1);
    let bins = bins.get(first..end).unwrap_or_default().iter();
    Block::Bars(bins.map(|(from, to, people)| bar(&format!("{from}–{to}"), *people, rank)).collect())
}
