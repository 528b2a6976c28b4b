//! Dates as people write them: `30 Nov 2026`, or the same in the language of a bank.

use jiff::civil::Date;

use crate::bank::PartialDate;

/// The way in which a language writes dates: its tag, what stands behind a day, short names of the months, and what
/// stands before a year.
#[derive(Debug)]
struct Language(&'static str, &'static str, [&'static str; 12], &'static str);

/// The languages whose dates are known, as in the Common Locale Data Repository.
#[rustfmt::skip]
const LANGUAGES: [Language; 8] = [
    Language("en", " ", ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], " "),
    Language("de", ". ", ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."], " "),
    Language("es", " ", ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"], " "),
    Language("fr", " ", ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."], " "),
    Language("it", " ", ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"], " "),
    Language("nl", " ", ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"], " "),
    Language("pt", " de ", ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."], " de "),
    Language("sv", " ", ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."], " "),
];

/// The way to write dates: in a language whose names of months are known, else as in `2026-11-30`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateStyle(Option<&'static Language>);

impl DateStyle {
    /// Returns the way in which dates are written in the language of a tag such as `pt-BR`.
    pub(crate) fn of(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        Self(LANGUAGES.iter().find(|language| language.0.eq_ignore_ascii_case(primary)))
    }

    pub(crate) fn day(self, date: Date) -> String {
        match self.0 {
            Some(Language(_, after_day, ..)) => format!("{}{after_day}{}", date.day(), self.month(date)),
            None => date.to_string(),
        }
    }

    /// Returns a date no more exactly than it is known.
    pub(crate) fn partial(self, date: PartialDate) -> String {
        match date {
            PartialDate::Day(day) => self.day(day),
            PartialDate::Month(month) if self.0.is_some() => self.month(month),
            PartialDate::Month(_) | PartialDate::Year(_) => date.to_string(),
        }
    }

    fn month(self, date: Date) -> String {
        let index = usize::from(date.month().unsigned_abs()) - 1;
        self.0.map_or_else(
            || PartialDate::Month(date).to_string(),
            |Language(_, _, months, before_year)| format!("{}{before_year}{}", months[index], date.year()),
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_written_in_the_language_of_a_bank_or_by_numbers() {
        for (tag, day) in [
            ("en", "3 Nov 2026"),
            ("EN-gb", "3 Nov 2026"),
            ("de", "3. Nov. 2026"),
            ("fr-CA", "3 nov. 2026"),
            ("pt-BR", "3 de nov. de 2026"),
            ("ja", "2026-11-03"),
            ("den", "2026-11-03"),
        ] {
            assert_eq!(DateStyle::of(tag).day(date(2026, 11, 3)), day, "{tag}");
        }
    }

    #[test]
    fn a_date_is_written_no_more_exactly_than_it_is_known() {
        let written = |tag: &str, text: &str| DateStyle::of(tag).partial(PartialDate::parse(text).unwrap());
        assert_eq!(
            ["2027-01-14", "2027-02", "2027"].map(|text| written("en", text)),
            ["14 Jan 2027", "Feb 2027", "2027"]
        );
        assert_eq!(["2027-02", "2027"].map(|text| written("ja", text)), ["2027-02", "2027"]);
    }
}
