//! Lays out a question, the review and the list of keys for a given size. Pure: everything shown is handed in.

use crate::bank::{Answer, Kind, Question};
use crate::terminal::answer_counts::AnswerCounts;
use crate::terminal::frame::{Capabilities, Frame, FrameLine, FrameParts, LineStyle, Size, width, wrap};
use crate::terminal::menu::{Menu, MenuMessage};
use crate::terminal::prompt::{Position, ReviewEntry, Screen};

/// Lays out a question with its progress, choices and hints.
pub fn question(screen: &Screen<'_>, menu: &Menu, size: Size, caps: Capabilities) -> Frame {
    let (asked, columns) = (screen.question, size.width());
    let paragraph = |text: &str, style| wrap("", text, columns, style);
    let told = menu.message().map(|message| words(message, asked));
    let early_stop = screen.early_stop.map(|early_stop| early_stop.words("Press e"));
    let trouble = screen.trouble.map(|why| format!("Answers are not being saved: {why}"));
    let message = told.or(early_stop).or(trouble);
    let parts = FrameParts {
        status: status(screen, columns, caps),
        head: paragraph(&asked.text, LineStyle::Strong),
        items: menu.order().enumerate().map(|place| item(asked, menu, place, columns, caps)).collect(),
        active: menu.active(),
        message: message.map_or_else(Vec::new, |text| paragraph(&text, LineStyle::Active)),
        hint: phrases(&hint(screen, menu, caps), columns, caps),
    };
    parts.fit(size.rows, caps)
}

/// Lays out all answers, one of them active.
pub fn review(entries: &[ReviewEntry<'_>], active: usize, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let head = format!("Review: {}", AnswerCounts::of(entries.iter().map(|entry| entry.answer)));
    let item = |(index, entry): (usize, &ReviewEntry<'_>)| {
        let pointer = if index == active { caps.pick("❯ ", "> ") } else { "  " };
        let style = if index == active { LineStyle::Active } else { LineStyle::Plain };
        let mut lines = wrap(&format!("{pointer}{:>2} ", index + 1), &entry.question.text, columns, style);
        lines.extend(wrap(&format!("     {}", caps.pick("→ ", "= ")), &entry.answer_words(), columns, style));
        lines
    };
    let arrows = caps.pick("↑↓ or a number", "arrows or a number").to_owned();
    let back = caps.pick("← back", "Left goes back").to_owned();
    let keys = [arrows, "Enter changes".to_owned(), "? keys".to_owned(), back, "q leave".to_owned()];
    let parts = FrameParts {
        head: wrap("", &head, columns, LineStyle::Strong),
        items: entries.iter().enumerate().map(item).collect(),
        active: Some(active),
        hint: phrases(&keys, columns, caps),
        ..FrameParts::default()
    };
    parts.fit(size.rows, caps)
}

/// Lays out the stop before the result.
pub(super) fn stop(remark: &str, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let keys = caps
        .pick("Enter shows the result, ← goes back, r reviews.", "Enter shows the result, Left goes back, r reviews.");
    let parts = FrameParts {
        head: wrap("", &format!("{remark} {keys}"), columns, LineStyle::Strong),
        hint: wrap("", "q leaves and keeps your answers", columns, LineStyle::Plain),
        ..FrameParts::default()
    };
    parts.fit(size.rows, caps)
}

/// Lays out a choice outside the quiz.
pub(super) fn dialog(asked: &Question, menu: &Menu, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let (count, arrows) = (asked.choices.len().min(9), caps.pick("↑↓", "arrows"));
    let answer = match asked.kind {
        Kind::Multi { .. } => format!("Space or 1-{count} marks, Enter goes on"),
        _ => format!("1-{count} or {arrows} and Enter"),
    };
    let message = menu.message().map(|message| words(message, asked));
    let parts = FrameParts {
        head: wrap("", &asked.text, columns, LineStyle::Strong),
        items: menu.order().enumerate().map(|place| item(asked, menu, place, columns, caps)).collect(),
        active: menu.active(),
        message: message.map_or_else(Vec::new, |text| wrap("", &text, columns, LineStyle::Active)),
        hint: phrases(&[answer, "q leave".to_owned()], columns, caps),
        ..FrameParts::default()
    };
    parts.fit(size.rows, caps)
}

/// Lays out a line that is being typed.
pub(super) fn line(title: &str, typed: &str, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let parts = FrameParts {
        head: wrap("", title, columns, LineStyle::Strong),
        items: vec![wrap("> ", typed, columns, LineStyle::Active)],
        active: Some(0),
        hint: phrases(&["Enter goes on".to_owned(), "Esc leaves".to_owned()], columns, caps),
        ..FrameParts::default()
    };
    parts.fit(size.rows, caps)
}

/// Narrowest window in which keys are explained.
const WITH_WORDS: usize = 60;

/// Lays out a result, what the last key under it has done, and the keys in one row.
pub(super) fn window(
    result: impl Fn(Size) -> Vec<String>,
    keys: &[(&str, &str)],
    told: Option<&str>,
    size: Size,
    caps: Capabilities,
) -> Frame {
    let columns = size.width();
    let told = told.map_or_else(Vec::new, |told| wrap("", told, columns, LineStyle::Active));
    let below = [told, wrap("", &key_row(keys, size, caps), columns, LineStyle::Plain)].concat();
    let room = Size { rows: size.rows.saturating_sub(below.len()), ..size };
    let mut lines: Vec<FrameLine> =
        result(room).into_iter().map(|text| FrameLine { text, style: LineStyle::Plain }).collect();
    lines.truncate(room.rows);
    lines.extend(below);
    lines.truncate(size.rows.max(1));
    Frame { cursor: lines.len().saturating_sub(1), lines }
}

fn key_row(keys: &[(&str, &str)], size: Size, caps: Capabilities) -> String {
    if size.columns < WITH_WORDS {
        return keys.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" ");
    }
    let words: Vec<String> = keys.iter().map(|(key, does)| format!("{key} {does}")).collect();
    let row = words.join(caps.pick(" · ", " - "));
    if width(&row) <= size.width() { row } else { words.join("  ") }
}

/// Lists every key, the one at `top` always visible.
pub fn help(top: usize, size: Size, caps: Capabilities) -> Frame {
    let columns = size.width();
    let item = |(keys, does): &(&str, &str)| {
        if columns >= 60 {
            wrap(&format!("{keys:<26}"), does, columns, LineStyle::Plain)
        } else {
            [wrap("", keys, columns, LineStyle::Strong), wrap("    ", does, columns, LineStyle::Plain)].concat()
        }
    };
    let parts = FrameParts {
        head: wrap("", "Keys", columns, LineStyle::Strong),
        items: KEYS.iter().map(item).collect(),
        active: Some(top.min(KEYS.len() - 1)),
        hint: wrap("", "Any other key goes back to the question.", columns, LineStyle::Plain),
        ..FrameParts::default()
    };
    parts.fit(size.rows, caps)
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

/// Returns progress, place and topic in one paragraph.
fn status(screen: &Screen<'_>, columns: usize, caps: Capabilities) -> Vec<FrameLine> {
    let Position { of, answered, .. } = screen.position;
    let length = (columns / 4).clamp(1, 24);
    let filled = (length * answered).checked_div(of).unwrap_or(0).min(length);
    let (full, empty) = (caps.pick("━", "#"), caps.pick("┄", "."));
    let place = format!("{}{}  {}", full.repeat(filled), empty.repeat(length - filled), screen.position.words());
    let skipped = (screen.earlier == Some(&Answer::Skip)).then_some("skipped");
    let parts: Vec<&str> = std::iter::once(place.as_str()).chain(screen.about()).chain(skipped).collect();
    let text = parts.join(caps.pick(" · ", " - "));
    wrap("", &text, columns, LineStyle::Done)
}

/// Returns one choice: pointer, number, mark and text.
fn item(
    asked: &Question,
    menu: &Menu,
    (place, choice): (usize, usize),
    columns: usize,
    caps: Capabilities,
) -> Vec<FrameLine> {
    let active = menu.active() == Some(place);
    let pointer = match (active, menu.is_picked_up()) {
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

/// Returns phrases in a row, broken between them and not inside, unless one is long.
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

/// Returns the keys that matter most for this question.
fn hint(screen: &Screen<'_>, menu: &Menu, caps: Capabilities) -> Vec<String> {
    let (count, arrows) = (screen.question.choices.len().min(9), caps.pick("↑↓", "arrows"));
    let (fewest, most) = screen.question.picks_allowed();
    let answer = match screen.question.kind {
        Kind::Scale | Kind::Single => format!("1-{count} or {arrows} and Enter"),
        Kind::Multi { .. } if fewest == most => format!("Space or 1-{count} marks {most}, Enter goes on"),
        Kind::Multi { .. } => format!("Space or 1-{count} marks {fewest} to {most}, Enter goes on"),
        Kind::Rank { .. } if menu.is_picked_up() => format!("{arrows} move, Space puts down; the first {most} count"),
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::bank::{Answer, Choice, Kind, Place, PlanEffect, QuestionUse, clean};
    use crate::scoring::SettledOutcome;
    use crate::terminal::{EarlyStop, Key};

    /// Text of all kinds of width, cleaned as every foreign text is.
    fn text() -> impl Strategy<Value = String> {
        let pieces = [
            "a",
            "word ",
            "averyveryverylongword",
            "日本語の質問",
            "👨‍👩‍👧‍👦",
            "👍🏽 ",
            "مرحبا ",
            "e\u{301}",
            "\u{200d}",
            "ｗ",
            "\t",
            "- ",
        ];
        let piece = prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"];
        vec(piece, 0..12).prop_map(|pieces| clean(&pieces.concat()))
    }

    prop_compose! {
        fn any_question()(
            head in text(),
            choices in vec(text(), 2..8),
            topic in proptest::option::of(text()),
            kind in prop_oneof![
                Just(Kind::Scale),
                Just(Kind::Single),
                Just(Kind::Multi { fewest: 0, most: 2 }),
                Just(Kind::Rank { places: vec![2, 1] }),
            ],
        ) -> Question {
            let (place, purpose) = (Place::default(), QuestionUse::Score);
            let choices = choices.into_iter().map(choice).collect();
            Question { index: 0, id: "q".to_owned(), place, topic, text: head, aka: Vec::new(), kind, purpose, choices }
        }
    }

    fn choice(text: String) -> Choice {
        let (place, effect) = (Place::default(), PlanEffect::default());
        Choice { id: "c".to_owned(), place, text, aka: Vec::new(), points: vec![0, 0], effect }
    }

    fn key() -> impl Strategy<Value = Key> {
        prop::sample::select(vec![
            Key::Up,
            Key::Down,
            Key::Enter,
            Key::Char(' '),
            Key::Char('3'),
            Key::Right,
            Key::End,
            Key::Other,
        ])
    }

    fn fits(frame: &Frame, size: Size) -> Result<(), TestCaseError> {
        prop_assert!(!frame.lines.is_empty());
        prop_assert!(frame.lines.len() <= size.rows, "{} rows in {}", frame.lines.len(), size.rows);
        for line in &frame.lines {
            prop_assert!(line.text.width() < size.columns.max(2), "{:?} in {} columns", line.text, size.columns);
            prop_assert!(!line.text.contains(char::is_control));
        }
        prop_assert!(frame.cursor < frame.lines.len());
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_frame_always_fits_and_shows_the_active_line(
            asked in any_question(),
            pressed in vec(key(), 0..6),
            earlier in proptest::option::of(0_usize..2),
            (rows, columns) in (1_usize..30, 1_usize..120),
            (unicode, offered, trouble) in (any::<bool>(), any::<bool>(), proptest::option::of(text())),
        ) {
            let earlier = earlier.map(|pick| Answer::Picks(vec![pick]));
            let mut menu = Menu::new(&asked, earlier.as_ref());
            for key in pressed {
                menu.update(key);
            }
            let position = Position { number: 7, of: 27, is_estimate: offered, answered: 6 };
            let certain = SettledOutcome::Close;
            let early_stop = offered.then_some(EarlyStop::Offered { certain, scored: 7, plan: 3 });
            let (may_finish, trouble) = (offered, trouble.as_deref());
            let scene = Screen { question: &asked, position, earlier: earlier.as_ref(), early_stop, may_finish, trouble };
            let (size, look) = (Size { rows, columns }, Capabilities { unicode, color: false });
            let frame = question(&scene, &menu, size, look);
            fits(&frame, size)?;
            let pointers = ["❯", "> ", "↕", "^"];
            let pointed = |line: &str| pointers.iter().any(|pointer| line.starts_with(pointer));
            let waiting = &frame.lines[frame.cursor];
            if menu.active().is_some() && columns > 12 {
                prop_assert!(waiting.style == LineStyle::Active && pointed(&waiting.text), "{frame:#?}");
            }
            if rows >= 12 && columns >= 30 {
                let keys = ["Space ", "1-", "↑↓ ", "arrows "];
                let hinted = frame.lines.iter().any(|line| keys.iter().any(|key| line.text.starts_with(key)));
                prop_assert!(hinted, "the keys that matter are named: {frame:#?}");
            }
            if rows >= 5 && columns >= 20 {
                let shown: String = frame.lines.iter().map(|line| line.text.as_str()).collect();
                let first = asked.text.split_whitespace().next().unwrap_or_default();
                prop_assert!(first.len() > 10 || shown.contains(first), "the question begins on the screen: {shown}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_review_and_the_keys_always_fit(
            questions in vec(any_question(), 1..6),
            active in any::<prop::sample::Index>(),
            (rows, columns) in (1_usize..30, 1_usize..120),
        ) {
            let answer = Answer::Picks(vec![1]);
            let entry = |(index, question)| ReviewEntry { question, answer: (index % 2 == 0).then_some(&answer) };
            let entries: Vec<ReviewEntry<'_>> = questions.iter().enumerate().map(entry).collect();
            let (size, look) = (Size { rows, columns }, Capabilities { unicode: true, color: false });
            let frame = review(&entries, active.index(entries.len()), size, look);
            fits(&frame, size)?;
            if columns > 12 {
                prop_assert!(frame.lines[frame.cursor].text.starts_with('❯'), "{frame:#?}");
            }
            fits(&help(active.index(40), size, look), size)?;
            fits(&stop(&questions[0].text, size, look), size)?;
            fits(&dialog(&questions[0], &Menu::new(&questions[0], None), size, look), size)?;
            fits(&line(&questions[0].text, "a long folder/with names", size, look), size)?;
            let keys = [("o", "page"), ("q", "done")];
            let result = |_| vec!["Result".to_owned(); 3];
            prop_assert!(window(result, &keys, Some("Saved."), size, look).lines.len() <= size.rows);
        }
    }
}
