//! How a question, the review and the list of keys look at a given size. Pure: everything shown is handed in.

use crate::bank::{Answer, Kind, Purpose, Question};

use super::frame::{Frame, Layout, Line, Look, Size, Tone, wrap};
use super::menu::{Menu, Message};
use super::{Entry, Position, Scene, Tally};

/// A question with its progress, choices and hints.
#[must_use]
pub fn question(scene: &Scene<'_>, menu: &Menu, size: Size, look: Look) -> Frame {
    let (asked, columns) = (scene.question, size.width());
    let paragraph = |text: &str, tone| wrap("", text, columns, tone);
    let told = menu.message().map(|message| words(message, asked));
    let offer = scene.offer.map(|offer| offer.words("Press e"));
    let trouble = scene.trouble.map(|why| format!("Answers are not being saved: {why}"));
    let message = told.or(offer).or(trouble);
    let layout = Layout {
        status: status(scene, columns, look),
        head: paragraph(&asked.text, Tone::Strong),
        items: menu.order().enumerate().map(|place| item(asked, menu, place, columns, look)).collect(),
        active: menu.active(),
        message: message.map_or_else(Vec::new, |text| paragraph(&text, Tone::Active)),
        hint: phrases(&hint(scene, menu, look), columns, look),
    };
    layout.fit(size.rows, look)
}

/// All answers, one of them active.
#[must_use]
pub fn review(entries: &[Entry<'_>], active: usize, size: Size, look: Look) -> Frame {
    let columns = size.width();
    let head = format!("Review: {}", Tally::of_entries(entries));
    let item = |(index, entry): (usize, &Entry<'_>)| {
        let pointer = if index == active { look.pick("❯ ", "> ") } else { "  " };
        let tone = if index == active { Tone::Active } else { Tone::Plain };
        let answer = entry.answer.map_or_else(|| "not answered yet".to_owned(), |given| entry.question.words(given));
        let mut lines = wrap(&format!("{pointer}{:>2} ", index + 1), &entry.question.text, columns, tone);
        lines.extend(wrap(&format!("     {}", look.pick("→ ", "= ")), &answer, columns, tone));
        lines
    };
    let arrows = look.pick("↑↓ or a number", "arrows or a number").to_owned();
    let back = look.pick("← back", "Left goes back").to_owned();
    let keys = [arrows, "Enter changes".to_owned(), "? keys".to_owned(), back, "q leave".to_owned()];
    let layout = Layout {
        head: wrap("", &head, columns, Tone::Strong),
        items: entries.iter().enumerate().map(item).collect(),
        active: Some(active),
        hint: phrases(&keys, columns, look),
        ..Layout::default()
    };
    layout.fit(size.rows, look)
}

/// Every key, the one at `top` always visible.
#[must_use]
pub fn help(top: usize, size: Size, look: Look) -> Frame {
    let columns = size.width();
    let item = |(keys, does): &(&str, &str)| {
        if columns >= 60 {
            wrap(&format!("{keys:<26}"), does, columns, Tone::Plain)
        } else {
            [wrap("", keys, columns, Tone::Strong), wrap("    ", does, columns, Tone::Plain)].concat()
        }
    };
    let layout = Layout {
        head: wrap("", "Keys", columns, Tone::Strong),
        items: KEYS.iter().map(item).collect(),
        active: Some(top.min(KEYS.len() - 1)),
        hint: wrap("", "Any other key goes back to the question.", columns, Tone::Plain),
        ..Layout::default()
    };
    layout.fit(size.rows, look)
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
fn status(scene: &Scene<'_>, columns: usize, look: Look) -> Vec<Line> {
    let Position { number, of, answered } = scene.position;
    let length = (columns / 4).clamp(1, 24);
    let filled = (length * answered).checked_div(of).unwrap_or(0).min(length);
    let (full, empty) = (look.pick("━", "#"), look.pick("┄", "."));
    let place = format!("{}{}  {number} of {of}", full.repeat(filled), empty.repeat(length - filled));
    let about = match (&scene.question.topic, scene.question.purpose) {
        (_, Purpose::Plan) => Some("shapes only your plan, not the result"),
        (topic, Purpose::Score) => topic.as_deref(),
    };
    let skipped = (scene.earlier == Some(&Answer::Skip)).then_some("skipped");
    let parts: Vec<&str> = std::iter::once(place.as_str()).chain(about).chain(skipped).collect();
    let text = parts.join(look.pick(" · ", " - "));
    wrap("", &text, columns, Tone::Done)
}

/// One choice: pointer, number, mark and text.
fn item(asked: &Question, menu: &Menu, (place, choice): (usize, usize), columns: usize, look: Look) -> Vec<Line> {
    let active = menu.active() == Some(place);
    let pointer = match (active, menu.is_held()) {
        (true, true) => look.pick("↕ ", "^ "),
        (true, false) => look.pick("❯ ", "> "),
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
    wrap(&format!("{pointer}{mark}"), text, columns, if active { Tone::Active } else { Tone::Plain })
}

/// Phrases in a row, broken between them and not inside, unless one is long.
fn phrases(phrases: &[String], columns: usize, look: Look) -> Vec<Line> {
    const LONGEST: usize = 16;
    const TIED: &str = "\u{a0}";
    let tied = |phrase: &String| if phrase.len() > LONGEST { phrase.clone() } else { phrase.replace(' ', TIED) };
    let text = phrases.iter().map(tied).collect::<Vec<_>>().join(look.pick("\u{a0}· ", "\u{a0}- "));
    let mut lines = wrap("", &text, columns, Tone::Plain);
    for line in &mut lines {
        line.text = line.text.replace(TIED, " ");
    }
    lines
}

/// The keys that matter most for this question.
fn hint(scene: &Scene<'_>, menu: &Menu, look: Look) -> Vec<String> {
    let (count, arrows) = (scene.question.choices.len().min(9), look.pick("↑↓", "arrows"));
    let (fewest, most) = scene.question.picks_allowed();
    let answer = match scene.question.kind {
        Kind::Scale | Kind::Single => format!("1-{count} or {arrows} and Enter"),
        Kind::Multi { .. } if fewest == most => format!("Space or 1-{count} marks {most}, Enter goes on"),
        Kind::Multi { .. } => format!("Space or 1-{count} marks {fewest} to {most}, Enter goes on"),
        Kind::Rank { .. } if menu.is_held() => format!("{arrows} move, Space puts down; the first {most} count"),
        Kind::Rank { .. } => format!("Space picks up, arrows move, Enter goes on; the first {most} count"),
    };
    let mut parts = vec![answer, "? keys".to_owned()];
    if scene.position.number > 1 {
        parts.push(look.pick("← back", "Left goes back").to_owned());
    }
    if menu.is_answered() {
        parts.push(look.pick("→ forward", "Right goes forward").to_owned());
    }
    parts.push("s skip".to_owned());
    if scene.may_finish {
        parts.push("e result".to_owned());
    }
    parts.extend(["r review", "q leave"].map(str::to_owned));
    parts
}

fn words(message: Message, asked: &Question) -> String {
    let (fewest, most) = asked.picks_allowed();
    match message {
        Message::NothingActive => "Press a number, or move to a line first.".to_owned(),
        Message::NotAnswered => "This question is still open; s skips it.".to_owned(),
        Message::Count { marked } if fewest == most => format!("Please mark {most}; {marked} marked so far."),
        Message::Count { marked } => format!("Please mark {fewest} to {most}; {marked} marked so far."),
        Message::TooMany => format!("No more than {most}: take a mark away first."),
        Message::NoneMarked => "Nothing is marked. Enter again means none of these.".to_owned(),
        Message::NotMoved => "Nothing is moved. Enter again keeps this order.".to_owned(),
    }
}
