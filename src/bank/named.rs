//! Enumerations whose variants have names in files, flags and results.

/// Declares an enumeration: behind `=` stands the name of each variant.
macro_rules! named {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[$meta])*
        $vis enum $name { $($(#[$about])* $variant,)* }

        impl $name {
            /// Every one, in order.
            $vis const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

            /// Returns its name in files, flags and results.
            $vis fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

pub(crate) use named;
