//! Macros with which each resource file declares its actions and the enumerations in their input.

/// Declares the actions of a resource: summary, input, reply and properties. `ACTIONS` lists them.
macro_rules! actions {
    ($(
        $summary:literal
        $(#[$doc:meta])*
        $name:ident -> $reply:ty { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }
        = $action:expr;
    )*) => {
        $(
            #[doc = concat!($summary, ".")]
            $(#[$doc])*
            #[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)*
            }

            impl $crate::panel::Act for $name {
                type Reply = $reply;
                const ACTION: &'static $crate::panel::Action = {
                    use $crate::panel::Action;
                    &Action {
                        summary: $summary,
                        #[cfg(feature = "openapi")]
                        schemas: $crate::panel::schemas_of::<$name>,
                        ..$action
                    }
                };
            }
        )*

        /// The actions of this resource.
        pub(super) const ACTIONS: &[&$crate::panel::Action] = &[$(<$name as $crate::panel::Act>::ACTION,)*];
    };
}

/// Declares enumerations for action inputs: their variants and the wire name of each.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$choice_doc:meta])* $choice:ident $text:tt,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            pub enum $name {
                $($(#[$choice_doc])* #[serde(rename = $text)] $choice,)*
            }

            impl $name {
                /// Its wire name.
                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self {
                        $(Self::$choice => $text,)*
                    }
                }
            }
        )*
    };
}
