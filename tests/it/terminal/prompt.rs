//! The prompt without a terminal: what keys do, how frames fit, what bytes mean, and the way through the questions.

use std::fmt::Write as _;

use pathquiz::bank::{Answer, Bank, Choice, Kind, Place, PlanEffect, Question, QuestionUse, Sheet, Value, clean};
use pathquiz::scoring::{Length, Model, SettledOutcome};
use pathquiz::terminal::{
    Capabilities, EarlyStopOffer, Frame, Interview, Key, LinePrompt, LineStyle, Menu, MenuMessage, MenuOutcome,
    Position, Prompt, PromptError, PromptStep, ReviewEntry, Screen, Size, help_view, question_view, review_view,
};
use proptest::collection::vec;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

const KINDS: &str = include_str!("../../data/banks/kinds.toml");

fn kinds() -> Bank {
    Bank::parse(KINDS.as_bytes()).unwrap()
}

/// Answers by a list; writes down what was asked, with the earlier answer if there was one.
struct Script {
    steps: Vec<Result<PromptStep, PromptError>>,
    /// What is chosen in the reviews, the last one first.
    chosen: Vec<Option<usize>>,
    asked: Vec<String>,
}

impl Script {
    fn new(steps: impl IntoIterator<Item = PromptStep>) -> Self {
        Self { steps: steps.into_iter().map(Ok).collect(), chosen: Vec::new(), asked: Vec::new() }
    }
}

impl Prompt for Script {
    fn ask(&mut self, scene: &Screen<'_>) -> Result<PromptStep, PromptError> {
        let mut line = format!("{}/{} {}", scene.position.number, scene.position.of, scene.question.id);
        if let Some(earlier) = scene.earlier {
            let _ = write!(line, " was {}", scene.question.words(earlier));
        }
        if let Some(trouble) = scene.trouble {
            let _ = write!(line, " ({trouble})");
        }
        self.asked.push(line);
        if self.steps.is_empty() { Err(PromptError::Ended) } else { self.steps.remove(0) }
    }

    fn review(&mut self, entries: &[ReviewEntry<'_>], at: usize) -> Result<Option<usize>, PromptError> {
        let answered = entries.iter().filter(|entry| entry.answer.is_some()).count();
        self.asked.push(format!("review at {at}: {answered} of {}", entries.len()));
        Ok(self.chosen.pop().flatten())
    }
}

fn pick(position: usize) -> PromptStep {
    PromptStep::Answer(Answer::Picks(vec![position]))
}

fn words(sheet: &Sheet<'_>) -> Vec<String> {
    sheet.responses().map(|(question, answer)| format!("{}: {}", question.id, question.words(answer))).collect()
}

#[test]
fn scored_questions_come_first_and_a_way_leads_back_and_forward() {
    let bank = kinds();
    let model = Model::new(&bank);
    let mut interview = Interview::new(&model, Sheet::new(&bank), Length::Full);
    let steps =
        [PromptStep::Back, pick(2), pick(0), PromptStep::Back, PromptStep::Back, PromptStep::Forward, pick(1), pick(0)];
    let mut script = Script::new(steps.into_iter().chain([PromptStep::Answer(Answer::Skip)]));
    let mut saved = Vec::new();
    let run = interview.run(&mut script, |sheet| {
        saved.push(sheet.responses().count());
        Ok(())
    });
    run.unwrap();
    let expected = [
        "1/4 step",
        "1/4 step",
        "2/4 some",
        "3/4 order",
        "2/4 some was The first",
        "1/4 step was yes",
        "2/4 some was The first",
        "3/4 order",
        "4/4 pace",
    ];
    assert_eq!(script.asked, expected);
    assert_eq!(words(interview.sheet()), ["pace: skipped", "step: yes", "some: The second", "order: Upper"]);
    assert_eq!(saved, [1, 2, 2, 3, 4], "every answer is kept as it is given");
}

#[test]
fn the_review_leads_to_any_question_and_back() {
    let bank = kinds();
    let model = Model::new(&bank);
    let mut sheet = Sheet::new(&bank);
    sheet.put(bank.respond("some", &Value::Text("y".to_owned())).unwrap());
    let mut interview = Interview::new(&model, sheet, Length::Full);
    let mut script = Script::new([pick(0), PromptStep::Review, pick(2), PromptStep::Back, pick(1)]);
    script.chosen = vec![Some(1)];
    assert!(matches!(interview.run(&mut script, |_| Ok(())), Err(PromptError::Ended)));
    let expected = [
        "1/4 step",
        "3/4 order",
        "review at 2: 2 of 4",
        "2/4 some was The second",
        "3/4 order",
        "1/4 step was no",
        "3/4 order",
    ];
    assert_eq!(script.asked, expected, "what was given beforehand is met in the review alone");
    assert_eq!(words(interview.sheet()), ["step: neither", "some: The third"]);
}

#[test]
fn a_question_opened_from_an_opened_one_is_not_asked_twice() {
    let bank = kinds();
    let model = Model::new(&bank);
    let mut interview = Interview::new(&model, Sheet::new(&bank), Length::Full);
    // At the third question the first is opened, and from there the third again.
    let steps = [
        pick(0),
        pick(0),
        PromptStep::Review,
        PromptStep::Review,
        PromptStep::Answer(Answer::Picks(vec![1, 0])),
        pick(1),
    ];
    let mut script = Script::new(steps);
    script.chosen = vec![Some(2), Some(0)];
    interview.run(&mut script, |_| Ok(())).unwrap();
    let expected = [
        "1/4 step",
        "2/4 some",
        "3/4 order",
        "review at 2: 2 of 4",
        "1/4 step was no",
        "review at 0: 2 of 4",
        "3/4 order",
        "4/4 pace",
    ];
    assert_eq!(script.asked, expected);
}

#[test]
fn only_what_is_open_is_asked_and_trouble_is_told() {
    let bank = kinds();
    let model = Model::new(&bank);
    let mut interview = Interview::new(&model, Sheet::new(&bank), Length::Full);
    interview.warn(Some("locked"));
    interview.resume(vec![bank.respond("step", &Value::Integer(1)).unwrap()]);
    let mut script = Script::new([pick(0), pick(0), PromptStep::Finish]);
    let stopped = interview.run(&mut script, |_| Err("no room".to_owned()));
    assert!(matches!(stopped, Err(PromptError::Ended)), "a result that can still change is not shown");
    assert_eq!(script.asked, ["2/4 some (locked)", "3/4 order (no room)", "4/4 pace (no room)", "4/4 pace (no room)"]);
}

/// Keys as names, and what they lead to on a question of a kind.
fn after(id: &str, earlier: Option<&Answer>, keys: &[Key]) -> (Menu, MenuOutcome) {
    let bank = kinds();
    let mut menu = Menu::new(bank.question(id).unwrap(), earlier);
    let mut outcome = MenuOutcome::Stay;
    for &key in keys {
        assert_eq!(outcome, MenuOutcome::Stay, "nothing follows an answer");
        outcome = menu.update(key);
    }
    (menu, outcome)
}

fn answer(picks: &[usize]) -> MenuOutcome {
    MenuOutcome::Answer(Answer::Picks(picks.to_vec()))
}

const SPACE: Key = Key::Char(' ');

#[test]
fn a_fresh_question_is_answered_only_on_purpose() {
    for id in ["step", "pace"] {
        let (menu, outcome) = after(id, None, &[Key::Enter, SPACE, Key::Other, Key::Char('9'), Key::Char('x')]);
        assert_eq!((menu.active(), outcome), (None, MenuOutcome::Stay));
        assert_eq!(menu.message(), None, "a digit too high is no complaint");
        assert_eq!(after(id, None, &[Key::Char('2')]).1, answer(&[1]));
        assert_eq!(after(id, None, &[Key::Down, Key::Enter]).1, answer(&[0]));
        assert_eq!(after(id, None, &[Key::Tab, Key::Tab, Key::Char('k'), Key::Char('j'), SPACE]).1, answer(&[1]));
        assert_eq!(after(id, None, &[Key::Right]).0.message(), Some(MenuMessage::NotAnswered));
    }
}

#[test]
fn every_kind_goes_back_skips_and_leaves() {
    for id in ["step", "some", "order", "pace"] {
        for key in [Key::Left, Key::Backspace, Key::Escape] {
            assert_eq!(after(id, None, &[Key::Down, key]).1, MenuOutcome::Back);
        }
        assert_eq!(after(id, None, &[Key::Char('s')]).1, MenuOutcome::Answer(Answer::Skip));
        assert_eq!(after(id, None, &[Key::Char('q')]).1, MenuOutcome::Leave);
        assert_eq!(after(id, None, &[Key::Interrupt]).1, MenuOutcome::Leave);
        assert_eq!(after(id, None, &[Key::Char('r')]).1, MenuOutcome::Review);
        assert_eq!(after(id, None, &[Key::Char('?')]).1, MenuOutcome::Help);
        assert_eq!(after(id, None, &[Key::Suspend]).1, MenuOutcome::Suspend);
        assert_eq!(after(id, Some(&Answer::Skip), &[Key::Right]).1, MenuOutcome::Forward);
    }
}

#[test]
fn several_are_marked_within_their_limits() {
    let one = Key::Char('1');
    assert_eq!(after("some", None, &[Key::Enter]).0.message(), Some(MenuMessage::Count { marked: 0 }));
    assert_eq!(after("some", None, &[Key::Char('3'), one, Key::Enter]).1, answer(&[0, 2]));
    assert_eq!(after("some", None, &[one, one, Key::Down, SPACE, Key::Enter]).1, answer(&[1]));
    let (menu, _) = after("some", None, &[one, Key::Char('2'), Key::Char('3')]);
    assert_eq!(menu.message(), Some(MenuMessage::TooMany));
    assert!(menu.is_marked(0) && menu.is_marked(1) && !menu.is_marked(2));
    // Forward accepts what was changed on the way.
    let earlier = Answer::Picks(vec![1]);
    assert_eq!(after("some", Some(&earlier), &[Key::Enter]).1, answer(&[1]));
    assert_eq!(after("some", Some(&earlier), &[one, Key::Right]).1, answer(&[0, 1]));
    let (menu, outcome) = after("some", Some(&earlier), &[Key::Char('2'), Key::Right]);
    assert_eq!((menu.message(), outcome), (Some(MenuMessage::Count { marked: 0 }), MenuOutcome::Stay));
}

#[test]
fn an_empty_choice_takes_a_second_enter() {
    let bank = Bank::parse(KINDS.replace("pick = [1, 2]", "pick = [0, 2]").as_bytes()).unwrap();
    let mut menu = Menu::new(bank.question("some").unwrap(), None);
    assert_eq!(menu.update(Key::Enter), MenuOutcome::Stay);
    assert_eq!(menu.message(), Some(MenuMessage::NoneMarked));
    assert_eq!(menu.update(Key::Down), MenuOutcome::Stay);
    assert_eq!(menu.update(Key::Enter), MenuOutcome::Stay, "another key in between begins anew");
    assert_eq!(menu.update(Key::Enter), answer(&[]));
}

#[test]
fn a_ranking_is_moved_line_by_line() {
    let order = |keys: &[Key]| after("order", None, keys).0.order().collect::<Vec<_>>();
    assert_eq!(order(&[Key::Down, SPACE, Key::Down, Key::Down, Key::Down]), [1, 2, 0], "it stops at the end");
    assert_eq!(order(&[Key::Char('3'), Key::Char('1')]), [2, 0, 1], "the third line to the first place");
    assert_eq!(order(&[Key::End, SPACE, Key::Home, SPACE, Key::Down]), [2, 0, 1]);
    let moved = [Key::Down, SPACE, Key::Down, Key::Enter, Key::Enter];
    assert_eq!(after("order", None, &moved).1, answer(&[1, 0]), "Enter puts down, then answers");
    assert_eq!(after("order", None, &[Key::Enter]).0.message(), Some(MenuMessage::NotMoved));
    assert_eq!(after("order", None, &[Key::Enter, Key::Enter]).1, answer(&[0, 1]));
    let earlier = Answer::Picks(vec![2, 1]);
    assert_eq!(after("order", Some(&earlier), &[Key::Enter]).1, answer(&[2, 1]));
}

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
    fn question()(
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
        let choice = |text: String| Choice { id: "c".to_owned(), place: Place::default(), text, points: vec![0, 0], effect: PlanEffect::default() };
        let choices = choices.into_iter().map(choice).collect();
        Question { index: 0, id: "q".to_owned(), place: Place::default(), topic, text: head, kind, purpose: QuestionUse::Score, choices }
    }
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
        question in question(),
        pressed in vec(key(), 0..6),
        earlier in proptest::option::of(0_usize..2),
        (rows, columns) in (1_usize..30, 1_usize..120),
        (unicode, offered, trouble) in (any::<bool>(), any::<bool>(), proptest::option::of(text())),
    ) {
        let earlier = earlier.map(|pick| Answer::Picks(vec![pick]));
        let mut menu = Menu::new(&question, earlier.as_ref());
        for key in pressed {
            menu.update(key);
        }
        let position = Position { number: 7, of: 27, answered: 6 };
        let offer = offered.then_some(EarlyStopOffer { certain: SettledOutcome::Close, scored: 7, plan: 3 });
        let (may_finish, trouble) = (offered, trouble.as_deref());
        let scene = Screen { question: &question, position, earlier: earlier.as_ref(), offer, may_finish, trouble };
        let (size, look) = (Size { rows, columns }, Capabilities { unicode, color: false });
        let frame = question_view(&scene, &menu, size, look);
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
            let first = question.text.split_whitespace().next().unwrap_or_default();
            prop_assert!(first.len() > 10 || shown.contains(first), "the question begins on the screen: {shown}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_review_and_the_keys_always_fit(
        questions in vec(question(), 1..6),
        active in any::<prop::sample::Index>(),
        (rows, columns) in (1_usize..30, 1_usize..120),
    ) {
        let answer = Answer::Picks(vec![1]);
        let entry = |(index, question)| ReviewEntry { question, answer: (index % 2 == 0).then_some(&answer) };
        let entries: Vec<ReviewEntry<'_>> = questions.iter().enumerate().map(entry).collect();
        let (size, look) = (Size { rows, columns }, Capabilities { unicode: true, color: false });
        let frame = review_view(&entries, active.index(entries.len()), size, look);
        fits(&frame, size)?;
        if columns > 12 {
            prop_assert!(frame.lines[frame.cursor].text.starts_with('❯'), "{frame:#?}");
        }
        fits(&help_view(active.index(40), size, look), size)?;
    }
}

/// The plain prompt on typed lines: steps taken until the input ends, and everything written.
fn plain(id: &str, earlier: Option<&Answer>, lines: &str) -> (Vec<Result<PromptStep, String>>, String) {
    let bank = kinds();
    let question = bank.question(id).unwrap();
    let mut output = Vec::new();
    let mut prompt = LinePrompt::new(lines.as_bytes(), &mut output, 80);
    let position = Position { number: 1, of: 4, answered: 0 };
    let scene = Screen { question, position, earlier, offer: None, may_finish: false, trouble: None };
    let mut steps = Vec::new();
    loop {
        let step = prompt.ask(&scene).map_err(|stopped| stopped.to_string());
        steps.push(step.clone());
        if step.is_err() {
            break;
        }
    }
    (steps, String::from_utf8(output).unwrap())
}

#[test]
fn typed_lines_answer_and_steer() {
    let (steps, text) = plain("some", None, "1 3\n2,1\n x , y \nback\nskip\nreview\nquit\n");
    let picks = |picks: &[usize]| Ok(PromptStep::Answer(Answer::Picks(picks.to_vec())));
    let quit = Err("the quiz was left before its end".to_owned());
    let skip = Ok(PromptStep::Answer(Answer::Skip));
    assert_eq!(
        steps,
        [picks(&[0, 2]), picks(&[0, 1]), picks(&[0, 1]), Ok(PromptStep::Back), skip, Ok(PromptStep::Review), quit]
    );
    assert_eq!(text.matches("Type the number").count(), 1, "the keys are explained once");
    let ended = Err("the input ended before the quiz did".to_owned());
    let (steps, text) = plain("order", None, "\n1 1\n7\nnone\n\u{1b}[2J\nresult\n?\n2 1");
    assert_eq!(steps, [picks(&[1, 0]), ended.clone()]);
    assert!(text.contains("There is no `7`") && text.contains("There is no `^[[2j`"), "{text}");
    assert!(!text.contains('\u{1b}'));
    assert_eq!(text.matches("Type the number").count(), 2);
    let earlier = Answer::Picks(vec![0]);
    let (steps, _) = plain("step", Some(&earlier), "\nnext\n2\n");
    assert_eq!(steps, [Ok(PromptStep::Forward), Ok(PromptStep::Forward), picks(&[1]), ended.clone()]);
    let flood = format!("{}\n3\n", "9".repeat(200_000));
    assert_eq!(plain("step", None, &flood).0, [picks(&[2]), ended]);
}
