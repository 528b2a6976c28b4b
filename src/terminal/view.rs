//! How a question, the review and the list of keys look at a given size. Pure: everything shown is handed in.

use crate::bank::{Answer, Kind, Question, QuestionUse};

use crate::terminal::answer_counts::AnswerCounts;
use crate::terminal::frame::{Capabilities, Frame, FrameLine, Layout, LineStyle, Size, wrap};
use crate::terminal::menu::{Menu, MenuMessage};
use crate::terminal::prompt::{Position, ReviewEntry, Screen};

/// A question with its progress, choices and hints.
#[must_use]
pub fn question(screen: &Screen<'_>, menu: &Menu, size: Size, caps: Capabilities) -> Frame {
    let (asked, columns) = (screen.question, size.width());
    let paragraph = |text: &str, style| wrap("", text, columns, style);
    let told = menu.message().map(|message| words(message, asked));
    let offer = screen.offer.map(|offer| offer.words("Press e"));
    let trouble = screen.trouble.map(|why| format!("Answers are not being saved: {why}"));
    let message = told.or(offer).or(trouble);
    let layout = Layout {
        status: status(screen, columns, caps),
        head: paragraph(&asked.text, LineStyle::Strong),
        items: menu.order().enumerate().map(|place| item(asked, menu, place, columns, caps)).collect(),
        active: menu.active(),
        message: message.map_or_else(Vec::new, |text| paragraph(&text, LineStyle::Active)),
        hint: phrases(&hint(screen, menu, caps), columns, caps),
    };
    layout.fit(size.rows, caps)
}

/// All answers, one of them active.
#[must_use]
pub fn review(entries: &[ReviewEntry<'_>], active: usize, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let head = format!("Review: {}", AnswerCounts::of_entries(entries));
    let item = |(index, entry): (usize, &ReviewEntry<'_>)| {
        let pointer = if index == active { caps.pick("❯ ", "> ") } else { "  " };
        let style = if index == active { LineStyle::Active } else { LineStyle::Plain };
        let answer = entry.answer.map_or_else(|| "not answered yet".to_owned(), |given| entry.question.words(given));
        let mut lines = wrap(&format!("{pointer}{:>2} ", index + 1), &entry.question.text, columns, style);
        lines.extend(wrap(&format!("     {}", caps.pick("→ ", "= ")), &answer, columns, style));
        lines
    };
    let arrows = caps.pick("↑↓ or a number", "arrows or a number").to_owned();
    let back = caps.pick("← back", "Left goes back").to_owned();
    let keys = [arrows, "Enter changes".to_owned(), "? keys".to_owned(), back, "q leave".to_owned()];
    let layout = Layout {
        head: wrap("", &head, columns, LineStyle::Strong),
        items: entries.iter().enumerate().map(item).collect(),
        active: Some(active),
        hint: phrases(&keys, columns, caps),
        ..Layout::default()
    };
    layout.fit(size.rows, caps)
}

/// Every key, the one at `top` always visible.
#[must_use]
pub fn help(top: usize, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let item = |(keys, does): &(&str, &str)| {
        if columns >= 60 {
            wrap(&format!("{keys:<26}"), does, columns, LineStyle::Plain)
        } else {
            [wrap("", keys, columns, LineStyle::Strong), wrap("    ", does, columns, LineStyle::Plain)].concat()
        }
    };
    let layout = Layout {
        head: wrap("", "Keys", columns, LineStyle::Strong),
        items: KEYS.iter().map(item).collect(),
        active: Some(top.min(KEYS.len() - 1)),
        hint: wrap("", "Any other key goes back to the question.", columns, LineStyle::Plain),
        ..Layout::default()
    };
    layout.fit(size.rows, caps)
}

/// Number of lines that the list of keys can be moved by.
pub(super) const HELP_LENGTH: usize = KEYS.len();

const KEYS: [(&str, &str); 12] = [
    ("1 to 9", "answer; of several, mark; of a ranking, make a line active, then bring it to that place"),
    ("Up Down, k j, Tab", "move to another line"),
    ("Enter", "answer with the active line, or with what is marked"),
    ("Space", "mark one of several; pick up or put down a line of a ranking"),
    ("Left, Backspace, Esc", "back to the question before"),
    ("Right", "forward again over what is answered"),
    ("s", "skip: adds nothing to any role"),
    ("r", "review all answers and change any of them"),
    ("e", "end with the result, once it cannot change any more"),
    ("q, Ctrl-C", "leave; what you have answered is kept"),
    ("Ctrl-Z", "back to the shell for a while"),
    ("Ctrl-L", "paint everything again"),
];

/// Progress, place and topic in one paragraph.
fn status(screen: &Screen<'_>, columns: usize, caps: Capabilities) -> Vec<FrameLine> {
    let Position { number, of, answered } = screen.position;
    let length = (columns / 4).clamp(1, 24);
    let filled = (length * answered).checked_div(of).unwrap_or(0).min(length);
    let (full, empty) = (caps.pick("━", "#"), caps.pick("┄", "."));
    let place = format!("{}{}  {number} of {of}", full.repeat(filled), empty.repeat(length - filled));
    let about = match (&screen.question.topic, screen.question.purpose) {
        (_, QuestionUse::Plan) => Some("shapes only your plan, not the result"),
        (topic, QuestionUse::Score) => topic.as_deref(),
    };
    let skipped = (screen.earlier == Some(&Answer::Skip)).then_some("skipped");
    let parts: Vec<&str> = std::iter::once(place.as_str()).chain(about).chain(skipped).collect();
    let text = parts.join(caps.pick(" · ", " - "));
    wrap("", &text, columns, LineStyle::Done)
}

/// One choice: pointer, number, mark and text.
fn item(
    asked: &Question,
    menu: &Menu,
    (place, choice): (usize, usize),
    columns: usize,
    caps: Capabilities,
) -> Vec<FrameLine> {
    let active = menu.active() == Some(place);
    let pointer = match (active, menu.is_held()) {
        (true, true) => caps.pick("↕ ", "^ "),
        (true, false) => caps.pick("❯ ", "> "),
        (false, _) => "  ",
    };
    let number = if place < 9 { format!("{}", place + 1) } else { " ".to_owned() };
    let marked = menu.is_marked(choice);
    let mark = match &asked.kind {
        Kind::Multi { .. } => format!("{number} {} ", if marked { "[x]" } else { "[ ]" }),
        Kind::Rank { places } if place < places.len() && menu.is_touched() => format!("{number}. "),
        Kind::Scale | Kind::Single if menu.is_answered() => format!("{number} {} ", if marked { "(x)" } else { "( )" }),
        Kind::Rank { .. } | Kind::Scale | Kind::Single => format!("{number}  "),
    };
    let text = asked.choices.get(choice).map_or("", |choice| choice.text.as_str());
    wrap(&format!("{pointer}{mark}"), text, columns, if active { LineStyle::Active } else { LineStyle::Plain })
}

/// Phrases in a row, broken between them and not inside, unless one is long.
fn phrases(phrases: &[String], columns: usize, caps: Capabilities) -> Vec<FrameLine> {
    const LONGEST: usize = 16;
    const TIED: &str = "\u{a0}";
    let tied = |phrase: &String| if phrase.len() > LONGEST { phrase.clone() } else { phrase.replace(' ', TIED) };
    let text = phrases.iter().map(tied).collect::<Vec<_>>().join(caps.pick("\u{a0}· ", "\u{a0}- "));
    let mut lines = wrap("", &text, columns, LineStyle::Plain);
    for line in &mut lines {
        line.text = line.text.replace(TIED, " ");
    }
    lines
}

/// The keys that matter most for this question.
fn hint(screen: &Screen<'_>, menu: &Menu, caps: Capabilities) -> Vec<String> {
    let (count, arrows) = (screen.question.choices.len().min(9), caps.pick("↑↓", "arrows"));
    let (fewest, most) = screen.question.picks_allowed();
    let answer = match screen.question.kind {
        Kind::Scale | Kind::Single => format!("1-{count} or {arrows} and Enter"),
        Kind::Multi { .. } if fewest == most => format!("Space or 1-{count} marks {most}, Enter goes on"),
        Kind::Multi { .. } => format!("Space or 1-{count} marks {fewest} to {most}, Enter goes on"),
        Kind::Rank { .. } if menu.is_held() => format!("{arrows} move, Space puts down; the first {most} count"),
        Kind::Rank { .. } => format!("Space picks up, arrows move, Enter goes on; the first {most} count"),
    };
    let mut parts = vec![answer, "? keys".to_owned()];
    if screen.position.number > 1 {
        parts.push(caps.pick("← back", "Left goes back").to_owned());
    }
    if menu.is_answered() {
        parts.push(caps.pick("→ forward", "Right goes forward").to_owned());
    }
    parts.push("s skip".to_owned());
    if screen.may_finish {
        parts.push("e result".to_owned());
    }
    parts.extend(["r review", "q leave"].map(str::to_owned));
    parts
}

fn words(message: MenuMessage, asked: &Question) -> String {
    let (fewest, most) = asked.picks_allowed();
    match message {
        MenuMessage::NothingActive => "Press a number, or move to a line first.".to_owned(),
        MenuMessage::NotAnswered => "This question is still open; s skips it.".to_owned(),
        MenuMessage::Count { marked } if fewest == most => format!("Please mark {most}; {marked} marked so far."),
        MenuMessage::Count { marked } => format!("Please mark {fewest} to {most}; {marked} marked so far."),
        MenuMessage::TooMany => format!("No more than {most}: take a mark away first."),
        MenuMessage::NoneMarked => "Nothing is marked. Enter again means none of these.".to_owned(),
        MenuMessage::NotMoved => "Nothing is moved. Enter again keeps this order.".to_owned(),
    }
}
