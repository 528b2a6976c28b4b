//! Asks by typed lines: numbered lines out, one typed line an answer in, and no escape sequence. For screen readers,
//! for terminals that can do no more, and for pipes.

use std::io::{self, BufRead, Read as _, Write};

use crate::bank::{Answer, Kind, Question, Value, WrongAnswer, quoted};
use crate::terminal::answer_counts::AnswerCounts;
use crate::terminal::prompt::{LastStep, Prompt, PromptError, PromptStep, ReviewEntry, Screen};

/// Most bytes of a line; a flood behind them is dropped.
const MAX_LINE: u64 = 1 << 16;

/// The mark that Windows programs put in front of a text that they pipe.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

const HELP: &str = "Type the number of your answer and press Enter. Or type a word:
  back     to the question before
  next     forward again, keeping the answer
  skip     leave the question out: it adds nothing to any role
  review   see all answers and change one
  result   end with the result, once it cannot change any more
  quit     leave; what you have answered is kept
  ?        this list";

/// The origin of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSource {
    /// A person, who can correct a line.
    Person,
    /// A pipe or file, in which nothing behind a wrong line answers the question that it was meant for.
    Pipe,
}

#[derive(Debug)]
pub struct LinePrompt<R: BufRead, W: Write> {
    input: R,
    source: LineSource,
    /// Lines that have been read.
    lines: u64,
    output: W,
    columns: usize,
    /// True once the words have been explained: with the first question, and then only when asked for.
    explained: bool,
    /// The last trouble told; telling it at every question would drown them.
    trouble: Option<String>,
}

enum Typed {
    Nothing,
    Back,
    Next,
    Skip,
    Review,
    Quit,
    Help,
    Finish,
    Answer,
}

impl<R: BufRead, W: Write> LinePrompt<R, W> {
    /// Begins to ask by writing to one stream and reading from another; text is wrapped to some columns.
    pub fn new(input: R, output: W, columns: usize, source: LineSource) -> Self {
        Self { input, source, lines: 0, output, columns: columns.clamp(20, 100), explained: false, trouble: None }
    }

    pub fn say(&mut self, text: &str) -> Result<(), PromptError> {
        let wrapped = textwrap::fill(text, self.columns);
        Ok(writeln!(self.output, "{wrapped}")?)
    }

    /// Tells a person why a line is no answer, and ends what comes from a pipe.
    fn refuse(&mut self, why: &str) -> Result<(), PromptError> {
        match self.source {
            LineSource::Person => self.say(why),
            LineSource::Pipe => Err(PromptError::Refused { line: self.lines, why: why.to_owned() }),
        }
    }

    /// Offers some ways to go on, and returns the position of the one taken.
    pub(crate) fn choose(&mut self, title: &str, ways: &[String]) -> Result<usize, PromptError> {
        self.say(title)?;
        self.list(ways.iter())?;
        loop {
            let typed = self.read(&format!("Type 1 to {}: ", ways.len()))?;
            let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            match (number, self::typed(&typed)) {
                (Some(way), _) if way < ways.len() => return Ok(way),
                (_, Typed::Quit) => return Err(PromptError::Quit),
                (_, Typed::Nothing) => {}
                _ => self.refuse(&format!("There is no {}.", quoted(&typed)))?,
            }
        }
    }

    fn list(&mut self, texts: impl Iterator<Item = impl AsRef<str>>) -> Result<(), PromptError> {
        for (number, text) in (1..).zip(texts) {
            let first = format!("{number:>3}. ");
            let options = textwrap::Options::new(self.columns).initial_indent(&first).subsequent_indent("     ");
            writeln!(self.output, "{}", textwrap::fill(text.as_ref(), options))?;
        }
        Ok(())
    }

    /// Reads a typed line. The invitation ends without a line break, so that a person types behind it.
    fn read(&mut self, invitation: &str) -> Result<String, PromptError> {
        write!(self.output, "{invitation}").and_then(|()| self.output.flush())?;
        let mut line = Vec::new();
        self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        if self.lines == 0 && line.starts_with(BYTE_ORDER_MARK) {
            line.drain(..BYTE_ORDER_MARK.len());
        }
        self.lines += 1;
        if line.is_empty() {
            let _ = writeln!(self.output);
            return Err(PromptError::Ended);
        }
        if line.len() as u64 == MAX_LINE && line.last() != Some(&b'\n') {
            drop_line(&mut self.input)?;
        }
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    }

    fn present(&mut self, screen: &Screen<'_>) -> Result<(), PromptError> {
        let question = screen.question;
        if let Some(early_stop) = screen.early_stop {
            self.say(&format!("\n{}", early_stop.words("Type result")))?;
        }
        if screen.trouble != self.trouble.as_deref() {
            self.trouble = screen.trouble.map(str::to_owned);
            if let Some(why) = screen.trouble {
                self.say(&format!("\nAnswers are not being saved: {why}"))?;
            }
        }
        let about = screen.about().map(|about| format!(" ({about})")).unwrap_or_default();
        self.say(&format!("\nQuestion {}{about}", screen.position.words()))?;
        self.say(&question.text)?;
        self.list(question.choices.iter().map(|choice| &choice.text))?;
        if let Some(earlier) = screen.earlier {
            self.say(&format!("Answered before: {}. Enter keeps it.", question.words(earlier)))?;
        }
        if !self.explained {
            self.explained = true;
            self.say(HELP)?;
        }
        Ok(())
    }

    /// Returns the answer that a line means, or what is wrong with it. Numbers are those of the list, and everything else is
    /// read as in files of answers.
    fn answer(question: &Question, line: &str) -> Result<Answer, String> {
        let words = line.split(|character: char| character == ',' || character.is_whitespace());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let choices = words.iter().map(|word| match word.parse::<usize>() {
            Ok(number) => number.checked_sub(1).and_then(|index| question.choices.get(index)),
            Err(_) => question.choices.iter().find(|choice| choice.id == *word),
        });
        let ids: Option<Vec<String>> = choices.map(|choice| choice.map(|choice| choice.id.clone())).collect();
        let answer = match ids {
            _ if words == ["none"] => question.parse_answer(&Value::List(Vec::new())),
            Some(ids) => question.parse_answer(&Value::List(ids)),
            None => question.parse_cell(line),
        };
        answer.map_err(|wrong| match wrong {
            WrongAnswer::Repeated { .. } => "Each number once, please.".to_owned(),
            WrongAnswer::Count { given, most, .. } if given > most => format!("{given} are too many."),
            WrongAnswer::Count { given: 0, .. } => "None is no answer here; skip leaves the question out.".to_owned(),
            WrongAnswer::Count { given, .. } => format!("{given} are too few."),
            WrongAnswer::UnknownValue { value, .. } => format!("There is no {}.", value.quoted()),
            WrongAnswer::FromZero { .. } => "There is no `0`.".to_owned(),
            other => format!("{other}."),
        })
    }
}

impl<R: BufRead, W: Write> Prompt for LinePrompt<R, W> {
    fn ask(&mut self, screen: &Screen<'_>) -> Result<PromptStep, PromptError> {
        self.present(screen)?;
        let again = invitation(screen.question);
        loop {
            let line = self.read(&format!("{again} "))?;
            match typed(&line) {
                Typed::Back => return Ok(PromptStep::Back),
                Typed::Skip => return Ok(PromptStep::Answer(Answer::Skip)),
                Typed::Review => return Ok(PromptStep::Review),
                Typed::Quit => return Err(PromptError::Quit),
                Typed::Nothing | Typed::Next if screen.earlier.is_some() => return Ok(PromptStep::Forward),
                Typed::Finish if screen.may_finish => return Ok(PromptStep::Finish),
                Typed::Help => self.say(HELP)?,
                Typed::Nothing => self.refuse("Nothing was typed; skip leaves the question out.")?,
                Typed::Next => self.refuse("This question is still open; skip leaves it out.")?,
                Typed::Finish => self.refuse("The result is still open; quit leaves the quiz.")?,
                Typed::Answer => match Self::answer(screen.question, &line) {
                    Ok(answer) => return Ok(PromptStep::Answer(answer)),
                    Err(wrong) => self.refuse(&wrong)?,
                },
            }
        }
    }

    fn review(&mut self, entries: &[ReviewEntry<'_>], _at: usize) -> Result<Option<usize>, PromptError> {
        self.say(&format!("\nReview: {}", AnswerCounts::of(entries.iter().map(|entry| entry.answer))))?;
        let lines = entries.iter().map(|entry| format!("{} = {}", entry.question.text, entry.answer_words()));
        self.list(lines)?;
        loop {
            let line = self.read("Type a number to change that answer, or Enter to go back: ")?;
            match (typed(&line), line.parse::<usize>()) {
                (_, Ok(number)) if (1..=entries.len()).contains(&number) => return Ok(Some(number - 1)),
                (Typed::Nothing | Typed::Back | Typed::Next | Typed::Review, _) => return Ok(None),
                (Typed::Quit, _) => return Err(PromptError::Quit),
                _ => self.refuse(&format!("There is no {}.", quoted(&line)))?,
            }
        }
    }

    fn stop(&mut self, remark: &str) -> Result<LastStep, PromptError> {
        self.say(&format!("\n{remark}"))?;
        loop {
            let line = self.read("Press Enter for the result, or type review or back: ")?;
            match typed(&line) {
                Typed::Review => return Ok(LastStep::Review),
                Typed::Back => return Ok(LastStep::Back),
                Typed::Nothing | Typed::Next | Typed::Finish => return Ok(LastStep::Finish),
                Typed::Quit => return Err(PromptError::Quit),
                _ => self.refuse(&format!("There is no {}.", quoted(&line)))?,
            }
        }
    }
}

/// Reads a line as a word of the list or as an answer.
fn typed(line: &str) -> Typed {
    match line.to_lowercase().as_str() {
        "" => Typed::Nothing,
        "back" | "b" => Typed::Back,
        "next" | "n" => Typed::Next,
        "skip" | "s" => Typed::Skip,
        "review" | "r" => Typed::Review,
        "quit" | "q" | "exit" => Typed::Quit,
        "?" | "help" | "h" => Typed::Help,
        "result" | "e" => Typed::Finish,
        _ => Typed::Answer,
    }
}

/// Returns the answers that can be typed, in one line.
fn invitation(question: &Question) -> String {
    let count = question.choices.len();
    match (&question.kind, question.picks_allowed()) {
        (Kind::Scale | Kind::Single, _) => format!("Answer 1 to {count}:"),
        (Kind::Multi { .. }, (0, most)) => format!("Up to {most} numbers, such as 1 2, or none:"),
        (Kind::Multi { .. }, (fewest, most)) if fewest == most => format!("{most} numbers, such as 1 2:"),
        (Kind::Multi { .. }, (fewest, most)) => format!("{fewest} to {most} numbers, such as 1 2:"),
        (Kind::Rank { .. }, (_, most)) => format!("{most} of the numbers, the best first, such as 2 1:"),
    }
}

fn drop_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        let (length, ended) = match bytes.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (bytes.len(), bytes.is_empty()),
        };
        input.consume(length);
        if ended {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Answer, Bank};
    use crate::terminal::Position;

    /// The plain prompt on typed lines: steps taken until the input ends, and everything written.
    fn plain(id: &str, earlier: Option<&Answer>, lines: &str) -> (Vec<Result<PromptStep, String>>, String) {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let question = bank.question(id).unwrap();
        let mut output = Vec::new();
        let mut prompt = LinePrompt::new(lines.as_bytes(), &mut output, 80, LineSource::Person);
        let position = Position { number: 1, of: 4, is_estimate: false, answered: 0 };
        let scene = Screen { question, position, earlier, early_stop: None, may_finish: false, trouble: None };
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
    fn before_the_result_all_answers_can_be_looked_at_again() {
        let looked = |lines: &str| {
            let mut output = Vec::new();
            let step = LinePrompt::new(lines.as_bytes(), &mut output, 80, LineSource::Person).stop("All the same.");
            (step.map_err(|stopped| stopped.to_string()), String::from_utf8(output).unwrap())
        };
        let (step, text) = looked("4\nreview\n");
        assert_eq!(step, Ok(LastStep::Review));
        assert!(text.starts_with("\nAll the same.\n") && text.contains("There is no `4`."), "{text}");
        assert_eq!((looked("\n").0, looked("result\n").0), (Ok(LastStep::Finish), Ok(LastStep::Finish)));
        assert_eq!(looked("q\n").0, Err("the quiz was left before its end".to_owned()));
        assert_eq!(looked("").0, Err("the input ended before the quiz did".to_owned()));
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
        assert!(text.contains("There is no `7`") && text.contains("There is no `^[[2J`"), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert_eq!(text.matches("Type the number").count(), 2);
        let earlier = Answer::Picks(vec![0]);
        let (steps, _) = plain("step", Some(&earlier), "\nnext\n2\n");
        assert_eq!(steps, [Ok(PromptStep::Forward), Ok(PromptStep::Forward), picks(&[1]), ended.clone()]);
        let mut output = Vec::new();
        let mut prompt = LinePrompt::new(&b"\xEF\xBB\xBF1\n7\n"[..], &mut output, 80, LineSource::Pipe);
        assert_eq!((prompt.read("").unwrap(), prompt.read("").unwrap()), ("1".to_owned(), "7".to_owned()));
        let refused = prompt.refuse("There is no `7`.").unwrap_err();
        assert_eq!(refused.to_string(), "line 2 is no answer (There is no `7`)");
        let flood = format!("{}\n3\n", "9".repeat(200_000));
        assert_eq!(plain("step", None, &flood).0, [picks(&[2]), ended]);
    }
}
