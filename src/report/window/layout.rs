//! Fits the overview into a window: what gives way, in which order, and how the rest is laid out.

use textwrap::{Options, WordSplitter};

use crate::bank::Resource;
use crate::report::bar;
use crate::report::document::RoleRank;
use crate::report::page::{Style, TextPage, padded, widest, width};
use crate::report::phrases;
use crate::report::result::ResultReport;
use crate::report::rounding::nearest;

use super::overview::{NextSteps, Overview, OverviewFit, OverviewLine, OverviewPart, Priority};

/// Narrowest window in which titles have a column of their own, and the width of that.
const WITH_TITLES: usize = 60;
const TITLES: usize = 11;

/// Narrowest and widest bar of a fit.
const MIN_BAR: usize = 9;
const MAX_BAR: usize = 39;

/// Most roles in a small window.
const FEW_ROLES: usize = 3;

/// Most rows of one sentence; more only hostile banks need.
const MAX_ROWS: usize = 8;

/// The room for the overview of a result, and what stands below it.
#[derive(Clone, Copy, Debug)]
pub struct WindowFrame<'f> {
    /// Rows for the overview and the lines below it.
    pub rows: usize,
    /// Lines below, such as where the result is kept.
    pub ending: &'f [String],
    /// The way on from the window.
    pub next: NextSteps,
}

/// The blank lines of a layout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gaps {
    All,
    /// Around reasons and sureness alone.
    Inner,
    None,
}

/// One way to lay the overview out.
#[derive(Clone, Copy)]
struct WindowLayout {
    gaps: Gaps,
    roles: usize,
    least: Priority,
    /// Most rows of one sentence.
    rows: usize,
}

impl ResultReport<'_> {
    /// Returns the result in one window.
    pub fn window(&self, frame: WindowFrame<'_>, style: Style) -> String {
        let overview = Overview::new(self, frame.next);
        let layouts = layouts();
        let pages = layouts.iter().map(|layout| lines(&overview, frame.ending, *layout, &TextPage::new(style)));
        let mut last = Vec::new();
        for page in pages {
            last = page;
            if last.len() <= frame.rows {
                break;
            }
        }
        last.truncate(frame.rows);
        let mut page = TextPage::new(style);
        for line in &last {
            page.line(line);
        }
        page.finish()
    }
}

/// Returns the layouts from the fullest on, each with something less than the one before.
fn layouts() -> Vec<WindowLayout> {
    use Priority::{Always, Explanation, FurtherReason, FurtherSureness, Later, Reason, Remark, Span, Start, Sureness};
    let full = WindowLayout { gaps: Gaps::All, roles: usize::MAX, least: Explanation, rows: MAX_ROWS };
    let brief = WindowLayout { least: Later, ..full };
    let dense = WindowLayout { gaps: Gaps::None, ..brief };
    let few = WindowLayout { roles: FEW_ROLES, ..dense };
    let mut layouts = vec![full, brief, WindowLayout { gaps: Gaps::Inner, ..brief }, dense];
    layouts.extend([FurtherReason, FurtherSureness, Remark].map(|least| WindowLayout { least, ..dense }));
    layouts.extend([Remark, Reason, Sureness, Span, Start, Always].map(|least| WindowLayout { least, ..few }));
    layouts.extend([3, 2, 1].map(|rows| WindowLayout { least: Always, rows, ..few }));
    layouts
}

/// Returns the lines of one layout.
fn lines(overview: &Overview<'_>, ending: &[String], layout: WindowLayout, page: &TextPage) -> Vec<String> {
    let style = page.style;
    let bold = console::Style::new().bold().force_styling(style.color);
    let mut head: Vec<String> = wrapped("", "", &overview.verdict, layout.rows, style);
    for line in &mut head {
        *line = bold.apply_to(&*line).to_string();
    }
    let parts = |parts: &[OverviewPart<'_>]| parts.iter().flat_map(|part| part_lines(part, layout, page)).collect();
    let (before, last) = overview.parts.split_at(overview.parts.len().saturating_sub(1));
    let (said, mut next): (Vec<String>, Vec<String>) = (parts(before), parts(last));
    let remarks = overview.remark.iter().chain(ending).filter(|_| layout.least <= Priority::Remark);
    let remarks: Vec<String> = remarks.flat_map(|text| wrapped("", "", text, layout.rows, style)).collect();
    let outer = if layout.gaps == Gaps::All { vec![String::new()] } else { Vec::new() };
    head.extend(outer.iter().cloned().chain(fits(overview, layout, page)));
    if !remarks.is_empty() {
        next.extend(outer.into_iter().chain(remarks));
    }
    let mut sections = vec![head, said, next];
    sections.retain(|section| !section.is_empty());
    let gap: &[String] = if layout.gaps == Gaps::None { &[] } else { &[String::new()] };
    sections.join(gap)
}

/// Returns a line or two a role: name, fit, a bar where there is room, and what is liked.
fn fits(overview: &Overview<'_>, layout: WindowLayout, page: &TextPage) -> Vec<String> {
    let style = page.style;
    let shown = &overview.fits[..layout.roles.min(overview.fits.len())];
    let longest = widest(shown.iter().map(|fit| fit.role));
    let liked = widest(shown.iter().filter_map(|fit| fit.liked.as_deref()));
    let is_beside = longest + liked + MIN_BAR + 11 <= style.width;
    let names = if is_beside { longest + 2 } else { 0 };
    let bar = style.width.saturating_sub(names + liked + 9).min(MAX_BAR);
    let mut lines = Vec::new();
    for (fit, rank) in shown.iter().zip(RoleRank::all()) {
        let (name, figures) = (clipped(fit.role, style.width.saturating_sub(2), style), figures(fit, rank, bar, page));
        if is_beside {
            lines.push(format!("  {}{figures}", padded(&name, names)));
        } else {
            lines.extend([name, format!("  {figures}")]);
        }
    }
    if shown.len() < overview.fits.len() {
        lines.push(format!("  and {} more", overview.fits.len() - shown.len()));
    }
    if layout.least == Priority::Explanation {
        lines.extend(wrapped("  ", "  ", phrases::FITS, layout.rows, style).iter().map(|line| page.faint(line)));
    }
    lines
}

fn figures(fit: &OverviewFit<'_>, rank: RoleRank, columns: usize, page: &TextPage) -> String {
    // An odd number of columns has a middle one, where 50 is.
    let columns = if columns.is_multiple_of(2) { columns.saturating_sub(1) } else { columns };
    let bar = if columns < MIN_BAR {
        String::new()
    } else {
        format!("  {}", page.tinted(&bar::fit(fit.fit, columns, page.style), rank))
    };
    let liked = fit.liked.as_ref().map_or_else(String::new, |liked| format!("  {liked}"));
    format!("{:>3}{bar}{liked}", nearest(fit.fit))
}

/// Returns the lines of a part that are important enough, its title or the time of a step in front.
fn part_lines(part: &OverviewPart<'_>, layout: WindowLayout, page: &TextPage) -> Vec<String> {
    let mut shown = part.lines.iter().filter(|line| line.priority >= layout.least).peekable();
    if part.is_prose && shown.peek().is_some() {
        let sentences: Vec<&str> = shown.map(|line| &*line.text).collect();
        return line_rows(part.title, &OverviewLine::new(sentences.join(" "), Priority::Always), layout, page);
    }
    let rows = shown.enumerate().flat_map(|(place, line)| {
        let title = if place == 0 { part.title } else { "" };
        let label = line.time.map_or_else(|| title.to_owned(), |time| format!("  {time}"));
        line_rows(&label, line, layout, page)
    });
    rows.collect()
}

fn line_rows(label: &str, line: &OverviewLine<'_>, layout: WindowLayout, page: &TextPage) -> Vec<String> {
    let style = page.style;
    let has_column = style.width >= WITH_TITLES;
    let (first, rest) = match label.trim_start() {
        _ if has_column => (padded(label, TITLES), " ".repeat(TITLES)),
        "" => (String::new(), "  ".to_owned()),
        label => (format!("{label}: "), "  ".to_owned()),
    };
    let mut rows = wrapped(&first, &rest, &line.text, layout.rows, style);
    if let Some(resource) = line.resource.filter(|_| layout.least <= Priority::Start) {
        rows.extend(resource_rows(&rest, resource, layout, style));
    }
    if let Some(row) = rows.first_mut().filter(|_| !label.is_empty()) {
        let bold = console::Style::new().bold().force_styling(style.color);
        let bold = bold.apply_to(first.trim_end()).to_string();
        row.replace_range(..first.trim_end().len(), &bold);
    }
    rows
}

/// Returns the address of a resource where it fits into a line, else its title.
fn resource_rows(indent: &str, resource: &Resource, layout: WindowLayout, style: Style) -> Vec<String> {
    let address = resource.url.as_deref().filter(|url| url.starts_with("https://"));
    match address.map(|url| (url, url.trim_start_matches("https://").trim_end_matches('/'))) {
        Some((url, short)) if width(indent) + width(short) <= style.width => {
            vec![if style.links {
                format!("{indent}\u{1b}]8;;{url}\u{1b}\\{short}\u{1b}]8;;\u{1b}\\")
            } else {
                format!("{indent}{short}")
            }]
        }
        _ => wrapped(indent, indent, &resource.title, layout.rows, style),
    }
}

/// Returns a text in lines of the window's width, and no more than some; what is left out is marked.
fn wrapped(first: &str, rest: &str, text: &str, most: usize, style: Style) -> Vec<String> {
    let options = Options::new(style.width).initial_indent(first).subsequent_indent(rest);
    let options = options.word_splitter(WordSplitter::NoHyphenation);
    let mut lines: Vec<String> = textwrap::wrap(text, options).iter().map(|line| line.trim_end().to_owned()).collect();
    if lines.len() > most {
        lines.truncate(most);
        lines.iter_mut().skip(most - 1).for_each(|last| *last = cut(last, style.width, style));
    }
    lines
}

/// Returns a text cut to some columns where it is wider.
fn clipped(text: &str, columns: usize, style: Style) -> String {
    if width(text) <= columns { text.to_owned() } else { cut(text, columns, style) }
}

/// Returns the beginning of a text, so that it fits into some columns with a mark that something is cut off.
fn cut(text: &str, columns: usize, style: Style) -> String {
    let mark = if style.unicode { "…" } else { "..." };
    let mut cut = text.to_owned();
    while width(&cut) + width(mark) > columns && cut.pop().is_some() {}
    format!("{}{mark}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::bank::{Answer, Bank, Response, SHIPPED, Sheet};
    use crate::plan::{Pace, Plan, PlanPreferences};
    use crate::scoring::{Length, Recommendation, Scorer};

    const PLAIN: Style = Style { width: 80, unicode: true, color: false, links: false };

    fn shipped() -> Bank {
        Bank::parse(SHIPPED.as_bytes()).unwrap()
    }

    /// Returns a sheet with these choices of the questions by their numbers; `-` skips, `x` leaves open, and all behind
    /// is skipped.
    fn sheet<'b>(bank: &'b Bank, answers: &str) -> Sheet<'b> {
        let mut sheet = Sheet::new(bank);
        for (question, answer) in bank.questions.iter().zip(answers.chars().chain(std::iter::repeat('-'))) {
            let pick = answer.to_digit(10).and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
            let pick = pick.filter(|_| question.picks_allowed() == (1, 1)).map(|pick| pick % question.choices.len());
            let answer = match (answer, pick) {
                ('x', _) => continue,
                (_, Some(pick)) => Answer::Picks(vec![pick]),
                _ => Answer::Skip,
            };
            sheet.put(Response { question, answer });
        }
        sheet
    }

    fn persona<'b>(bank: &'b Bank, id: &str) -> Sheet<'b> {
        let persona = bank.personas.iter().find(|persona| persona.id == id).unwrap();
        let mut sheet = Sheet::new(bank);
        for (question, answer) in &persona.answers {
            sheet.put(Response { question: &bank.questions[*question], answer: answer.clone() });
        }
        sheet.skip_open();
        sheet
    }

    fn window(sheet: &Sheet<'_>, length: Length, rows: usize, style: Style) -> String {
        let scorer = Scorer::new(sheet.bank());
        let score = scorer.score(sheet);
        let recommendation = Recommendation::new(&score, length);
        let pace = Pace { start: date(2026, 11, 30), hours_per_week: 6 };
        let preferences = PlanPreferences::new(sheet);
        let plan =
            Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &preferences, pace).unwrap();
        let ending = ["Kept on this machine: `pathquiz result` shows it again.".to_owned()];
        let frame = WindowFrame { rows, ending: &ending, next: NextSteps::Keys };
        ResultReport::new(sheet, score, recommendation, plan).window(frame, style)
    }

    /// The windows of every verdict as a person sees them; `SNAPSHOTS=overwrite` makes them anew.
    #[test]
    fn the_windows_are_as_they_were_looked_at() {
        let bank = shipped();
        let sheets = [
            ("clear", persona(&bank, "plumber"), Length::Full),
            ("lean", persona(&bank, "curious-developer"), Length::Full),
            ("close", persona(&bank, "torn"), Length::Full),
            ("tie", sheet(&bank, "444444444444444444444444"), Length::Full),
            ("neither", persona(&bank, "not-for-me"), Length::Full),
            ("insufficient", sheet(&bank, "5141524"), Length::Full),
            ("quick", sheet(&bank, "515151515151515151xxxxxx"), Length::Quick),
        ];
        let mut shown = String::new();
        for (name, sheet, length) in &sheets {
            let sizes = [(80, 21), (60, 21), (40, 21), (30, 11)].into_iter();
            for (columns, rows) in sizes.filter(|(columns, _)| *name == "clear" || ![40, 60].contains(columns)) {
                let text = window(sheet, *length, rows, Style { width: columns, ..PLAIN });
                let _ = writeln!(shown, "{name}, {columns} columns, {rows} rows\n\n{text}\n");
            }
        }
        snapbox::assert_data_eq!(shown, snapbox::file!["../../../tests/data/pictures/windows.txt"].raw());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever was answered, nothing is wider or longer than the window, and what may not be dropped is there.
        #[test]
        fn the_window_always_fits(
            answers in "[-12345]{24}",
            (rows, columns) in (11_usize..22, 30_usize..120),
            (unicode, color, links) in any::<(bool, bool, bool)>(),
        ) {
            let bank = shipped();
            let style = Style { width: columns, unicode, color, links };
            let text = window(&sheet(&bank, &answers), Length::Full, rows, style);
            let bare = console::strip_ansi_codes(&text);
            prop_assert!(text.lines().count() <= rows, "{text}");
            prop_assert!(bare.lines().all(|line| width(line) <= columns), "{text}");
            prop_assert!(unicode || text.is_ascii(), "{text}");
            prop_assert_eq!(text.contains('\u{1b}'), color || links && text.contains("]8;;"));
            for role in &bank.roles {
                prop_assert!(bare.contains(&role.name), "{text}");
            }
            let next = ["now", "Spend an", "`pathquiz plan", "Press c", "Look at"];
            prop_assert!(next.iter().any(|next| bare.contains(next)), "{text}");
        }
    }

    #[test]
    fn long_names_and_many_roles_are_cut_and_counted() {
        let mut text = "format = 1\nid = \"test\"\nversion = \"1\"\ntitle = \"Test\"\n".to_owned();
        for role in 0..20 {
            let name = format!("{role}{}", "name ".repeat(80));
            let _ = write!(text, "[[role]]\nid = \"r{role}\"\nname = \"{}\"\nsummary = \"-\"\n", name.trim_end());
        }
        for role in 0..20 {
            let _ = write!(
                text,
                "[[question]]\nid = \"q{role}\"\ntext = \"?\"\nkind = \"scale\"\nkey = {{ r{role} = 1 }}\n"
            );
        }
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let text = window(&sheet(&bank, "52453214532145321453"), Length::Full, 11, Style { width: 30, ..PLAIN });
        assert!(text.lines().count() <= 11 && text.lines().all(|line| width(line) <= 30), "{text}");
        assert!(text.contains("and 17 more") && text.contains("0name name") && text.contains('…'), "{text}");
    }
}
