//! Problems as data.

/// Declares kinds of problems in one table. Behind the data of each stand its code, what is wrong in lower case and
/// without a full stop, and the advice.
macro_rules! kinds {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident
        $(
            $(#[doc = $doc:literal])*
            $kind:ident $(($($field:ident: $type:ty),*))? $({ $($key:ident: $data:ty),* })? =>
                $code:expr, $what:expr, $advice:expr;
        )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis enum $name { $($(#[doc = $doc])* $kind $(($($type),*))? $({ $($key: $data),* })?,)* }

        #[allow(unused_variables, reason = "no text needs all of the data")]
        impl $name {
            /// Returns the name of the kind for other programs, which is the same in every version.
            $vis fn code(&self) -> &'static str {
                match self { $(Self::$kind $(($($field),*))? $({ $($key),* })? => $code,)* }
            }

            /// Returns what is wrong, in lower case and without a full stop.
            $vis fn what(&self) -> String {
                match self { $(Self::$kind $(($($field),*))? $({ $($key),* })? => $what.into(),)* }
            }

            /// Returns what to do about it.
            $vis fn advice(&self) -> String {
                match self { $(Self::$kind $(($($field),*))? $({ $($key),* })? => $advice.into(),)* }
            }

            /// Returns one problem of each kind.
            #[cfg(test)]
            pub(super) fn one_of_each() -> Vec<Self> {
                vec![$(Self::$kind $(($(<$type>::default()),*))? $({ $($key: <$data>::default()),* })?,)*]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}; {}", self.what(), self.advice())
            }
        }
    };
}

pub(super) use kinds;
