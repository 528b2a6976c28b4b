//! What results of the shipped bank mean for simulated people: verdicts, what a second sheet of other questions of the same
//! kinds says, and whether errors and the chance of the same side are as large as they are said to be.
#![allow(clippy::print_stdout, reason = "what a benchmark prints is its result")]
#![allow(clippy::cast_precision_loss, reason = "there are a few thousand people")]

mod population;

use pathquiz::internals::bank::{Answer, Bank, Question, Response, SHIPPED, Sheet, Verdict};
use pathquiz::internals::scoring::{Recommendation, Score, Scorer};
use population::{POPULATIONS, Person, Random, popular};

const PEOPLE: usize = 4_000;

/// Further sheets of each person, whose mean lead stands for the lead that can be expected.
const SHEETS: usize = 40;

/// Bounds of the classes in which said chances of the same side are compared with what happened.
const CLASSES: [f64; 8] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01];

/// What has been counted of some people.
#[derive(Default)]
struct Counts {
    verdicts: [usize; Verdict::ALL.len()],
    same_verdict: usize,
    opposite: usize,
    measured: usize,
    covered: usize,
    /// By class of the said chance: people, the sum of what was said, and how many stayed on their side.
    classes: [(usize, f64, usize); CLASSES.len()],
}

/// Answers every scored question as a person would, other questions of the same kinds each time.
fn answer<'b>(bank: &'b Bank, questions: &[&'b Question], person: &Person, random: &mut Random) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for question in questions {
        let popularity = popular(question, random);
        let pick = person.pick(question, &popularity, random);
        sheet.put(Response { question, answer: Answer::Picks(vec![pick]) });
    }
    sheet
}

/// Returns the lead of the role at one position over the one at another, in fit points.
fn lead(score: &Score<'_>, first: usize, second: usize) -> f64 {
    let fit = |role| score.fits.iter().find(|fit| fit.index == role).map_or(0.0, |fit| fit.fit);
    fit(first) - fit(second)
}

impl Counts {
    fn add(&mut self, scorer: &Scorer<'_>, questions: &[&Question], person: &Person, random: &mut Random) {
        let sheet = answer(scorer.bank(), questions, person, random);
        let (score, said) = (scorer.score(&sheet), scorer.recommend(&sheet));
        let again = answer(scorer.bank(), questions, person, random);
        let then = scorer.recommend(&again);
        self.verdicts
            .iter_mut()
            .zip(Verdict::ALL)
            .for_each(|(count, verdict)| *count += usize::from(verdict == said.verdict));
        let role = |result: &Recommendation<'_>| result.role.map(|role| role.id.clone());
        let is_call = |result: &Recommendation<'_>| matches!(result.verdict, Verdict::Clear | Verdict::Lean);
        self.same_verdict +=
            usize::from(said.verdict == then.verdict && (!is_call(&said) || role(&said) == role(&then)));
        self.opposite += usize::from(is_call(&said) && is_call(&then) && role(&said) != role(&then));
        let Some(error) = said.lead_error else { return };
        let (first, second) = (score.fits[0].index, score.fits[1].index);
        let mut leads =
            (0..SHEETS).map(|_| lead(&scorer.score(&answer(scorer.bank(), questions, person, random)), first, second));
        let expected = leads.by_ref().sum::<f64>() / SHEETS as f64;
        self.measured += 1;
        self.covered += usize::from((error.interval.0..=error.interval.1).contains(&expected));
        let class = CLASSES.iter().rposition(|bound| error.same_side >= *bound).unwrap_or(0);
        let (people, sum, stayed) = &mut self.classes[class];
        (*people, *sum) = (*people + 1, *sum + error.same_side);
        *stayed += usize::from(lead(&scorer.score(&again), first, second) > 0.0);
    }
}

fn main() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let scorer = Scorer::new(&bank);
    let questions: Vec<&Question> = scorer.model().questions().collect();
    println!(
        "results of the shipped bank, {PEOPLE} simulated people each; other questions of the same kinds each time"
    );
    for (name, correlation, careless) in POPULATIONS {
        let (mut counts, mut random) = (Counts::default(), Random::new(0x5EED));
        for _ in 0..PEOPLE {
            let person = Person::new(&mut random, correlation, careless);
            counts.add(&scorer, &questions, &person, &mut random);
        }
        let share = |count: usize| count as f64 / PEOPLE as f64;
        let verdicts = Verdict::ALL.into_iter().zip(counts.verdicts);
        let verdicts: Vec<String> =
            verdicts.map(|(verdict, count)| format!("{} {:.3}", verdict.name(), share(count))).collect();
        println!("\n{name}\n  {}", verdicts.join("  "));
        println!(
            "  second sheet: same outcome {:.3}, called the other way {:.4}",
            share(counts.same_verdict),
            share(counts.opposite)
        );
        println!(
            "  the interval holds the expected lead of {:.3} of them",
            counts.covered as f64 / counts.measured as f64
        );
        let classes = counts.classes.iter().filter(|(people, ..)| *people >= 50);
        let said: Vec<String> = classes
            .map(|(people, sum, stayed)| format!("{:.3}/{:.3}", sum / *people as f64, *stayed as f64 / *people as f64))
            .collect();
        println!("  same side, said/was: {}", said.join("  "));
    }
}
