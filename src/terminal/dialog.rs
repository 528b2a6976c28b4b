//! Questions asked by dialoguer.
//!
//! Its lists count a long item as one line, so items are wrapped before they are handed over. Escape and `q` cannot be
//! told apart there; both open a second list with what else can be done.

use std::io;

use console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{MultiSelect, Select, Sort};

use crate::bank::{Answer, Kind, Purpose, Question, Value};

use super::{Position, Prompt, Step, Stopped};

/// Columns that dialoguer puts before an item, and one to spare.
const MARGIN: usize = 8;

/// Asks on a terminal.
pub struct Dialog {
    term: Term,
    theme: Box<dyn Theme>,
}

/// What else can be done with a question.
const ELSE: [(&str, Detour); 4] = [
    ("answer this question", Detour::Again),
    ("go back to the question before", Detour::Back),
    ("skip this question", Detour::Skip),
    ("leave the quiz", Detour::Quit),
];

#[derive(Clone, Copy)]
enum Detour {
    Again,
    Back,
    Skip,
    Quit,
}

impl Dialog {
    /// Asks on the terminal behind standard error; the caller has made sure that there is one.
    #[must_use]
    pub fn new(color: Color) -> Self {
        let theme: Box<dyn Theme> = match color {
            Color::On => Box::new(ColorfulTheme::default()),
            Color::Off => Box::new(SimpleTheme),
        };
        Self { term: Term::stderr(), theme }
    }

    /// Shows text above the questions.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    pub fn say(&self, text: &str) -> Result<(), Stopped> {
        for line in textwrap::wrap(text, self.columns(1)) {
            self.term.write_line(&line).map_err(Stopped::Failed)?;
        }
        self.term.write_line("").map_err(Stopped::Failed)
    }

    fn columns(&self, margin: usize) -> usize {
        usize::from(self.term.size().1).saturating_sub(margin).clamp(10, 100)
    }

    fn items(&self, question: &Question) -> Vec<String> {
        let wrap = |text: &str| textwrap::fill(text, self.columns(MARGIN)).replace('\n', "\n  ");
        question.choices.iter().map(|choice| wrap(&choice.text)).collect()
    }

    /// The positions that a person picks, or nothing when they want something else.
    fn picks(&self, question: &Question, earlier: Option<&Answer>) -> dialoguer::Result<Option<Vec<usize>>> {
        let items = self.items(question);
        let earlier = earlier.map_or(&[][..], Answer::picks);
        let theme = self.theme.as_ref();
        let (fewest, most) = question.picks_allowed();
        match question.kind {
            Kind::Scale | Kind::Single => {
                let select = Select::with_theme(theme).with_prompt("Your answer").items(&items).report(false);
                // Nothing is chosen beforehand: a default would be taken more often than it is meant.
                let select = match earlier.first() {
                    Some(&pick) => select.default(pick),
                    None => select,
                };
                Ok(select.interact_on_opt(&self.term)?.map(|pick| vec![pick]))
            }
            Kind::Multi { .. } => {
                let prompt = format!("Space marks {fewest} to {most}, Enter goes on");
                let marked: Vec<bool> = (0..items.len()).map(|index| earlier.contains(&index)).collect();
                let list =
                    MultiSelect::with_theme(theme).with_prompt(prompt).items(&items).defaults(&marked).report(false);
                list.interact_on_opt(&self.term)
            }
            Kind::Rank { .. } => {
                let prompt = format!("Space picks up, arrows move, Enter goes on; the first {most} count");
                let rest = (0..items.len()).filter(|index| !earlier.contains(index));
                let order: Vec<usize> = earlier.iter().copied().chain(rest).collect();
                let ordered: Vec<&String> = order.iter().filter_map(|&index| items.get(index)).collect();
                let sort = Sort::with_theme(theme).with_prompt(prompt).items(&ordered).report(false);
                let sorted = sort.interact_on_opt(&self.term)?;
                Ok(sorted
                    .map(|places| places.iter().take(most).filter_map(|&place| order.get(place)).copied().collect()))
            }
        }
    }

    fn detour(&self) -> dialoguer::Result<Detour> {
        let select = Select::with_theme(self.theme.as_ref()).with_prompt("What now?").report(false).default(0);
        let picked = select.items(ELSE.map(|(words, _)| words)).interact_on_opt(&self.term)?;
        Ok(picked.and_then(|index| ELSE.get(index)).map_or(Detour::Again, |&(_, detour)| detour))
    }

    fn stopped(&self, error: dialoguer::Error) -> Stopped {
        // dialoguer hides the cursor and leaves it hidden when it is interrupted.
        let _ = self.term.show_cursor();
        let dialoguer::Error::IO(error) = error;
        if error.kind() == io::ErrorKind::Interrupted { Stopped::Interrupted } else { Stopped::Failed(error) }
    }
}

/// Whether prompts are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// With colours.
    On,
    /// Without.
    Off,
}

impl Prompt for Dialog {
    fn ask(&mut self, question: &Question, position: Position, earlier: Option<&Answer>) -> Result<Step, Stopped> {
        let topic = question.topic.as_deref().map_or_else(String::new, |topic| format!(" · {topic}"));
        let purpose = if question.purpose == Purpose::Plan { " · shapes only your plan" } else { "" };
        let head = format!("{} of {}{topic}{purpose} · Esc: back, skip or leave", position.number, position.of);
        loop {
            self.say(&format!("{head}\n{}", question.text))?;
            let Some(picks) = self.picks(question, earlier).map_err(|error| self.stopped(error))? else {
                match self.detour().map_err(|error| self.stopped(error))? {
                    Detour::Again => continue,
                    Detour::Back => return Ok(Step::Back),
                    Detour::Skip => return Ok(Step::Answer(Answer::Skip)),
                    Detour::Quit => return Err(Stopped::Quit),
                }
            };
            let ids = picks.iter().filter_map(|&pick| question.choices.get(pick)).map(|choice| choice.id.clone());
            if let Ok(answer) = question.accept(&Value::List(ids.collect())) {
                self.say(&format!("  {}", question.words(&answer)))?;
                return Ok(Step::Answer(answer));
            }
            let (fewest, most) = question.picks_allowed();
            self.say(&format!("Please mark {fewest} to {most}."))?;
        }
    }
}
