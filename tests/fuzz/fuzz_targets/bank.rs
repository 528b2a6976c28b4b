//! Any bytes as a bank: refused with places, or scored, audited and rendered whatever they say.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use pathquiz::internals::bank::{Bank, Response, Sheet};
use pathquiz::internals::plan::{Pace, Plan, PlanPreferences};
use pathquiz::internals::report::{PlanComparison, ProblemReport, Report as _, ResultReport, Style};
use pathquiz::internals::scoring::{Audit, Length, Recommendation, Scorer};

fuzz_target!(|bytes: &[u8]| {
    let bank = match Bank::parse(bytes) {
        Ok(bank) => bank,
        Err(invalid) => {
            assert!(invalid.problems.iter().all(|problem| problem.place.line > 0 && problem.place.column > 0));
            let text = String::from_utf8_lossy(bytes);
            let style = Style { width: 40, unicode: true, color: false, links: false };
            let shown = ProblemReport { name: "bank", text: &text, problems: &invalid.problems }.text(style);
            assert!(!shown.contains('\u{1b}'));
            return;
        }
    };
    let scorer = Scorer::new(&bank);
    let mut sheet = Sheet::new(&bank);
    for (index, question) in bank.questions().iter().enumerate() {
        let mut outcomes = question.outcomes();
        let pick = index % outcomes.len();
        sheet.put(Response { question, answer: outcomes.swap_remove(pick) });
    }
    let pace = Pace { start: date(2026, 11, 23), hours_per_week: 6 };
    let score = scorer.score(&sheet);
    let recommendation = Recommendation::new(&score, Length::Full);
    let preferences = PlanPreferences::new(&sheet);
    let plan = Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &preferences, pace);
    let report = ResultReport::new(&sheet, score, recommendation, plan.expect("a plan ends within the calendar"));
    for fit in &scorer.score(&sheet).fits {
        assert!((-1e-6..=100.0 + 1e-6).contains(&fit.fit), "{}", fit.fit);
    }
    let style = Style { width: 33, unicode: true, color: false, links: false };
    let document = report.document();
    for text in [document.text(style), document.markdown(), document.html(), report.json()] {
        assert!(!text.contains('\u{1b}'));
    }
    let _ = report.calendar();
    assert!(bank.read_answers(report.json().as_bytes()).is_ok(), "a result can be fed back");
    let roles: Vec<_> = bank.roles().iter().collect();
    let plans = Plan::for_roles(&roles, &PlanPreferences::new(&sheet), pace).expect("plans end within the calendar");
    let _ = PlanComparison { bank: &bank, plans: &plans }.document().text(style);
    let audit = Audit::new(&scorer);
    assert!(audit.roles.iter().all(|role| (0.0..=1.0 + 1e-9).contains(&role.leads)));
    let _ = audit.findings();
});
