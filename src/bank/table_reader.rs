//! Tables of the bank file: one list of keys that reading and the JSON Schema both follow.

use toml::de::DeTable;

use crate::bank::field::Field;
use crate::bank::from_toml::{FromToml, spanned};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;

/// The keys of one table of the file, taken out one by one.
pub(super) struct TableReader<'t>(DeTable<'t>);

impl<'t> TableReader<'t> {
    pub(super) fn new(table: DeTable<'t>) -> Self {
        Self(table)
    }

    pub(super) fn take<T: FromToml>(&mut self, key: &str, problems: &mut Problems<'_>) -> Field<T> {
        let Some(value) = self.0.remove(key) else { return Field::Missing };
        spanned(value, problems).map_or(Field::Wrong, Field::Given)
    }

    /// Reports every key that nobody took.
    pub(super) fn finish(self, known: &[&str], problems: &mut Problems<'_>) {
        for key in self.0.keys() {
            let unknown = problems.unknown(key.get_ref(), known.iter().copied());
            problems.error(&key.span(), ProblemKind::UnknownKey(unknown));
        }
    }
}

/// Declares tables of the bank file: the struct lists the keys, and reading and the schema follow the list. Every key
/// becomes a [`Field`]; a key that is not listed is reported. Behind `=` stands what the schema says of a key beyond its
/// type, and behind the name what it says of the table as a whole; both are checked in `validate`.
macro_rules! tables {
    ($(
        $(#[doc = $doc:literal])*
        struct $name:ident($expected:literal $(, $whole:expr)?) {
            $($(#[doc = $about:literal])* $key:ident: $type:ty $(= $rule:expr)?,)*
        }
    )*) => { $(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub(super) struct $name { $($(#[doc = $about])* pub(super) $key: Field<$type>,)* }

        impl FromToml for $name {
            const EXPECTED: &'static str = $expected;

            fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
                let mut keys = TableReader::new(table(value, $expected, problems)?);
                let read = Self { $($key: keys.take(stringify!($key), problems),)* };
                keys.finish(&[$(stringify!($key)),*], problems);
                Some(read)
            }

            fn schema(definitions: &mut Definitions) -> Json {
                let keys = [$((stringify!($key), schema::property(
                    <$type>::schema(definitions),
                    &[$($about),*],
                    KeyRule::NONE$(.and($rule))?,
                ))),*];
                let whole = KeyRule::NONE$(.and($whole))?;
                schema::table(stringify!($name), &[$($doc),*], whole, keys, definitions)
            }
        }
    )* };
}

pub(super) use tables;
