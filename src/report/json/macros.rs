//! Objects of JSON written once: each key beside what stands there.

/// Makes an object of JSON with its keys in the order in which they are written.
macro_rules! object {
    ($($key:ident: $value:expr),* $(,)?) => {{
        #[expect(non_camel_case_types, reason = "each key names the type of its value, too")]
        mod object {
            #[derive(serde::Serialize)]
            pub(super) struct Object<$($key),*> { $(pub(super) $key: $key),* }
        }
        object::Object { $($key: $value),* }
    }};
}

pub(crate) use object;

/// Defines a published object of JSON, which the schema describes: each key with its description, its type and where it
/// comes from.
macro_rules! published {
    ($(#[$about:meta])* $visibility:vis $name:ident($($from:ident: $source:ty),*) {
        $($(#[$attribute:meta])* $key:ident: $type:ty = $value:expr,)*
    }) => {
        #[derive(JsonSchema, Serialize)]
        $(#[$about])*
        $visibility struct $name<'r> { $($(#[$attribute])* $key: $type),* }

        impl<'r> $name<'r> {
            $visibility fn new($($from: $source),*) -> Self {
                Self { $($key: $value),* }
            }
        }
    };
}

pub(super) use published;
