//! Any bytes as a file of answers to the shipped bank.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pathquiz::internals::bank::{Bank, SHIPPED, Sheet};
use pathquiz::internals::report::sheet_json;

static BANK: LazyLock<Bank> = LazyLock::new(|| Bank::parse(SHIPPED.as_bytes()).expect("the shipped bank holds"));

fuzz_target!(|bytes: &[u8]| {
    match BANK.read_answers(bytes) {
        Ok(given) => {
            let mut sheet = Sheet::new(&BANK);
            given.responses.into_iter().for_each(|response| sheet.put(response));
            let again = BANK.read_answers(sheet_json(&sheet).as_bytes()).expect("answers can be read again");
            let mut same = Sheet::new(&BANK);
            again.responses.into_iter().for_each(|response| same.put(response));
            assert_eq!(sheet_json(&sheet), sheet_json(&same));
        }
        Err(problems) => assert!(!problems.is_empty() && problems.iter().all(|problem| problem.place.line > 0)),
    }
});
