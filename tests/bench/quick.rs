//! How much `--quick` saves on the shipped bank, or on the file of another one of two roles, and what it costs, on simulated
//! people who do not answer as the stopping rule assumes: two latent interests, a liking style, noise and popular choices.
//! Outcomes are compared as they are reported, clear and lean apart. Fails when a goal is missed.
#![allow(clippy::print_stdout, reason = "what a benchmark prints is its result")]
#![allow(clippy::cast_precision_loss, reason = "there are 80,000 people")]

mod population;

use std::collections::HashMap;
use std::process::ExitCode;
use std::{env, fs};

use pathquiz::internals::bank::{Answer, Bank, Response, SHIPPED, Sheet, Verdict};
use pathquiz::internals::scoring::{Score, Scorer, StepSum};
use population::{POPULATIONS, Person, Random, popular};

const PEOPLE: usize = 80_000;

/// Smallest share of equal outcomes, and largest share of the questions.
const MIN_SAME: f64 = 0.99;
const MAX_ASKED: f64 = 0.80;

/// People who share what is popular among them.
const CROWD: usize = 4_000;

/// What is reported: a verdict, and the role that it calls, by its position.
#[derive(Clone, Copy, PartialEq)]
struct Outcome {
    verdict: Verdict,
    call: Option<usize>,
}

impl Outcome {
    fn new(verdict: Verdict, role: Option<usize>) -> Self {
        Self { verdict, call: role.filter(|_| matches!(verdict, Verdict::Clear | Verdict::Lean)) }
    }

    /// True of calls for two roles, and of a call where the other recommends neither.
    fn is_opposite(self, other: Self) -> bool {
        let is_against = |one: Self, other: Self| one.call.is_some() && other.verdict == Verdict::Neither;
        self.call.zip(other.call).is_some_and(|(one, other)| one != other)
            || is_against(self, other)
            || is_against(other, self)
    }
}

/// What decides an outcome once it is known which questions are answered: the lead, and the sums of the activities' steps.
type State = (i64, [StepSum; 2]);

/// Outcomes, each worked out once.
struct Outcomes<'m, 'b> {
    scorer: &'m Scorer<'b>,
    full: HashMap<State, Outcome>,
    quick: HashMap<(usize, State), Option<Outcome>>,
}

impl Outcomes<'_, '_> {
    #[expect(clippy::cast_possible_truncation, reason = "leads are far smaller")]
    fn state(&self, score: &Score<'_>, outcomes: &[Option<u16>]) -> State {
        let z = |role| score.fits.iter().find(|fit| fit.index == role).map_or(0.0, |fit| fit.z);
        let sums = [0, 1].map(|role| self.scorer.activities().step_sum(role, |item| outcomes[item]));
        (((z(0) - z(1)) * 1e6).round() as i64, sums)
    }

    fn full(&mut self, sheet: &Sheet<'_>, outcomes: &[Option<u16>]) -> Outcome {
        let scorer = self.scorer;
        let given = || {
            let result = scorer.score_outcomes(outcomes, &[]);
            let is_disliked = scorer.activities().are_disliked(|item| outcomes[item]);
            Outcome::new(if is_disliked { result.verdict_if_disliked } else { result.verdict }, result.role)
        };
        let state = self.state(&scorer.score(sheet), outcomes);
        *self.full.entry(state).or_insert_with(given)
    }

    fn quick(&mut self, sheet: &Sheet<'_>, outcomes: &[Option<u16>]) -> Option<Outcome> {
        let score = self.scorer.score(sheet);
        let stop = || score.quick_stop().map(|prediction| Outcome::new(prediction.verdict, prediction.role));
        let state = self.state(&score, outcomes);
        *self.quick.entry((outcomes.iter().flatten().count(), state)).or_insert_with(stop)
    }
}

/// Share of the scored questions asked, share of equal outcomes, and the number of opposite ones.
fn measure(known: &mut Outcomes<'_, '_>, correlation: f64, careless: f64) -> (f64, f64, usize) {
    let model = known.scorer.model();
    let order = model.by_weight();
    let places: Vec<usize> =
        order.iter().filter_map(|one| model.questions().position(|other| other.id == one.id)).collect();
    let mut random = Random::new(0x5EED);
    let mut popularity: Vec<Vec<f64>> = Vec::new();
    let (mut asked, mut same, mut opposite) = (0, 0, 0);
    for number in 0..PEOPLE {
        if number % CROWD == 0 {
            popularity = order.iter().map(|question| popular(question, &mut random)).collect();
        }
        let person = Person::new(&mut random, correlation, careless);
        let (mut sheet, mut outcomes) = (Sheet::new(model.bank()), vec![None; order.len()]);
        let mut stopped: Option<(usize, Outcome)> = None;
        for (number, ((question, popularity), &place)) in (1..).zip(order.iter().zip(&popularity).zip(&places)) {
            let pick = person.pick(question, popularity, &mut random);
            outcomes[place] = u16::try_from(pick).ok();
            sheet.put(Response { question, answer: Answer::Picks(vec![pick]) });
            if stopped.is_none() {
                stopped = known.quick(&sheet, &outcomes).map(|outcome| (number, outcome));
            }
        }
        let full = known.full(&sheet, &outcomes);
        let (number, quick) = stopped.unwrap_or((order.len(), full));
        asked += number;
        same += usize::from(quick == full);
        opposite += usize::from(quick.is_opposite(full));
    }
    (asked as f64 / (PEOPLE * order.len()) as f64, same as f64 / PEOPLE as f64, opposite)
}

fn main() -> ExitCode {
    let file = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let text = file.as_ref().map_or_else(|| SHIPPED.to_owned(), |file| fs::read_to_string(file).unwrap_or_default());
    let bank = Bank::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let scorer = Scorer::new(&bank);
    let mut known = Outcomes { scorer: &scorer, full: HashMap::new(), quick: HashMap::new() };
    let mut missed = false;
    println!("--quick on {}, {PEOPLE} simulated people each", file.as_deref().unwrap_or("the shipped bank"));
    for (name, correlation, careless) in POPULATIONS {
        let (asked, same, opposite) = measure(&mut known, correlation, careless);
        println!("{name:34} asked {asked:.3}  same outcome {same:.4}  opposite {opposite}");
        missed |= opposite > 0 || same < MIN_SAME || asked > MAX_ASKED;
    }
    println!("goals: asked at most {MAX_ASKED:.3}, same at least {MIN_SAME:.4} and opposite 0 for all");
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
