//! Keys: what bytes mean, however they come, and the prompt that is steered by them on a terminal that is a list.

use std::cell::RefCell;
use std::io;

use pathquiz::bank::{Answer, Bank};
use pathquiz::terminal::{
    Capabilities, Decoder, Event, Key, KeyPrompt, Position, Prompt, PromptError, PromptStep, Screen, Size, Terminal,
    Timeout,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn keys(chunks: &[&[u8]]) -> Vec<Key> {
    let mut decoder = Decoder::default();
    let mut keys = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        keys.extend(std::iter::from_fn(|| decoder.next()));
    }
    keys.extend(decoder.settle());
    keys
}

#[test]
fn bytes_are_the_keys_that_sent_them() {
    use Key::{Char, Down, Enter, Escape, Interrupt, Left, Other, Right, Up};
    let cases: [(&[u8], &[Key]); 25] = [
        (b"5q ", &[Char('5'), Char('q'), Char(' ')]),
        (b"\x1b[A\x1bOB\x1b[1;1C\x1b[D", &[Up, Down, Right, Left]),
        (b"\r\n\x7f\x08\t\x1b[Z", &[Enter, Enter, Key::Backspace, Key::Backspace, Key::Tab, Key::BackTab]),
        (b"\x1b[H\x1b[4~\x1b[5~\x1b[6~", &[Key::Home, Key::End, Key::PageUp, Key::PageDown]),
        (b"\x1b", &[Escape]),
        (b"\x1b\x1b", &[Escape, Escape]),
        (b"\x1b\x1b5", &[Escape, Other]),
        (b"\x1b5", &[Other]),
        (b"\x1b\xc3\xa9", &[Other]),
        (b"\x1b\x1b[A5", &[Other, Char('5')]),
        (b"\x1b[1;5C5", &[Other, Char('5')]),
        (b"\x1bO5C", &[Other]),
        (b"\x1bOP\x1b[15~\x1b[[A", &[Other, Other, Other]),
        (b"\x1b[M !!1", &[Other, Char('1')]),
        (b"\x1b[<0;3;4M1", &[Other, Char('1')]),
        (b"\x1b[200~1\r2\x1b[A\x1b[201~3", &[Other, Char('3')]),
        (b"\x1b]11;rgb:1/2/3\x1b\\4", &[Other, Char('4')]),
        (b"\x1b]11;rgb:1/2/3\x074", &[Other, Char('4')]),
        (b"\x1bP1$r\x03", &[Other, Interrupt]),
        (b"\x1b[12\x03", &[Other, Interrupt]),
        (b"\x1b\x03", &[Other, Interrupt]),
        (b"\x1b[12", &[]),
        (b"\x1bP", &[Other]),
        ("é×５".as_bytes(), &[Char('é'), Char('×'), Char('５')]),
        (b"\xff\xc3(\x1a\x0c", &[Other, Other, Char('('), Key::Suspend, Key::Redraw]),
    ];
    for (bytes, expected) in cases {
        assert_eq!(keys(&[bytes]), expected, "{}", bytes.escape_ascii());
    }
}

/// Bytes in which sequences, pastes and nonsense are likely.
fn typed() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&[u8]; 16] = [
        b"\x1b",
        b"\x1b[",
        b"\x1bO",
        b"A",
        b"5",
        b"~",
        b";",
        b"\x1b[200~",
        b"\x1b[201~",
        b"\x1b]",
        b"\x07",
        b"\x03",
        "é".as_bytes(),
        "👍🏽".as_bytes(),
        b"\x1b[M",
        b"\r",
    ];
    let piece =
        prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 1..4)];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_bytes_are_the_same_keys_however_they_are_cut(bytes in typed(), cuts in vec(any::<prop::sample::Index>(), 0..8)) {
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).chain([0, bytes.len()]).collect();
        places.sort_unstable();
        let chunks: Vec<&[u8]> = places.windows(2).map(|ends| &bytes[ends[0]..ends[1]]).collect();
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(keys(&chunks), keys(&[&bytes]));
        prop_assert_eq!(keys(&single), keys(&[&bytes]));
    }
}

/// A terminal whose events are known beforehand; it writes down how long it was to wait and what was written.
#[derive(Default)]
struct List<'l> {
    events: Vec<Event>,
    waits: Option<&'l RefCell<Vec<Timeout>>>,
    written: Option<&'l RefCell<String>>,
}

impl Terminal for List<'_> {
    fn wait(&mut self, patience: Timeout) -> io::Result<Event> {
        if let Some(waits) = self.waits {
            waits.borrow_mut().push(patience);
        }
        Ok(if self.events.is_empty() { Event::Closed } else { self.events.remove(0) })
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if let Some(written) = self.written {
            written.borrow_mut().push_str(text);
        }
        Ok(())
    }

    fn size(&self) -> Size {
        Size { rows: 24, columns: 80 }
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.write("<suspended>")
    }
}

/// What a question of a kind makes of some events.
fn ask(id: &str, terminal: List<'_>) -> Result<PromptStep, PromptError> {
    let bank = Bank::parse(include_bytes!("../../data/banks/kinds.toml")).unwrap();
    let question = bank.question(id).unwrap();
    let position = Position { number: 2, of: 4, answered: 1 };
    let scene = Screen { question, position, earlier: None, offer: None, may_finish: false, trouble: None };
    KeyPrompt::new(terminal, Capabilities { unicode: true, color: true }).ask(&scene)
}

fn bytes(text: &str) -> Event {
    Event::Bytes(text.as_bytes().to_vec())
}

#[test]
fn an_escape_is_told_from_a_slow_sequence_by_the_silence_behind_it() {
    let waits = RefCell::new(Vec::new());
    let events = vec![bytes("\x1b"), bytes("["), bytes("B"), bytes("\r")];
    let step = ask("step", List { events, waits: Some(&waits), ..List::default() }).unwrap();
    assert_eq!(step, PromptStep::Answer(Answer::Picks(vec![0])), "an arrow and Enter");
    let (brief, endless) = (Timeout::Brief, Timeout::Endless);
    assert_eq!(waits.into_inner(), [endless, brief, endless, endless]);
    let events = vec![bytes("\x1b"), Event::Quiet];
    assert_eq!(ask("step", List { events, ..List::default() }).unwrap(), PromptStep::Back);
    // However long the rest of a sequence takes, its digits are no answer.
    let events = vec![bytes("\x1b["), Event::Quiet, bytes("3"), Event::Quiet, bytes("~"), bytes("2")];
    assert_eq!(ask("step", List { events, ..List::default() }).unwrap(), PromptStep::Answer(Answer::Picks(vec![1])));
}

#[test]
fn marks_that_were_not_accepted_are_there_again() {
    let bank = Bank::parse(include_bytes!("../../data/banks/kinds.toml")).unwrap();
    let position = Position { number: 2, of: 4, answered: 1 };
    let scene = |id| {
        let question = bank.question(id).unwrap();
        Screen { question, position, earlier: None, offer: None, may_finish: false, trouble: None }
    };
    let events = vec![bytes("3\x7f"), bytes("31r"), bytes("\r")];
    let mut prompt = KeyPrompt::new(List { events, ..List::default() }, Capabilities { unicode: false, color: false });
    assert_eq!(prompt.ask(&scene("some")).unwrap(), PromptStep::Back);
    assert_eq!(prompt.ask(&scene("order")).unwrap(), PromptStep::Review);
    assert_eq!(prompt.ask(&scene("some")).unwrap(), PromptStep::Answer(Answer::Picks(vec![2])));
    prompt = KeyPrompt::new(
        List { events: vec![bytes("31"), bytes("r\r")], ..List::default() },
        Capabilities { unicode: false, color: false },
    );
    assert_eq!(prompt.ask(&scene("order")).unwrap(), PromptStep::Review);
    assert_eq!(prompt.ask(&scene("order")).unwrap(), PromptStep::Answer(Answer::Picks(vec![2, 0])));
}

#[test]
fn signals_and_a_closed_terminal_end_the_asking() {
    let signal = ask("step", List { events: vec![Event::Resized, Event::Signal], ..List::default() });
    assert!(matches!(signal, Err(PromptError::Interrupted)));
    assert!(matches!(ask("step", List::default()), Err(PromptError::Ended)));
}

#[test]
fn suspending_takes_the_frame_away_and_paints_it_again() {
    let written = RefCell::new(String::new());
    let step = ask("step", List { events: vec![bytes("\x1a2")], written: Some(&written), ..List::default() });
    assert_eq!(step.unwrap(), PromptStep::Answer(Answer::Picks(vec![1])));
    let written = written.into_inner();
    let (before, after) = written.split_once("<suspended>").unwrap();
    assert!(before.ends_with("\x1b[J") && before.contains("Do you like it?"), "{before:?}");
    assert!(after.contains("Do you like it?") && after.ends_with("\x1b[J"), "{after:?}");
}

#[test]
fn only_changed_lines_are_written_anew() {
    let written = RefCell::new(String::new());
    let step = ask("step", List { events: vec![bytes("j"), bytes("2")], written: Some(&written), ..List::default() });
    assert_eq!(step.unwrap(), PromptStep::Answer(Answer::Picks(vec![1])));
    let written = written.into_inner();
    assert_eq!(written.matches("Do you like it?").count(), 1, "{written:?}");
    assert_eq!(written.matches("1  no").count(), 2, "{written:?}");
    assert_eq!(written.matches("neither").count(), 1, "{written:?}");
}
