//! Schemas of what travels, for the API's document.

/// A schema and what it is called.
pub type NamedSchema = (String, utoipa::openapi::RefOr<utoipa::openapi::Schema>);

/// Schemas that others refer to.
pub type Schemas = Vec<NamedSchema>;

/// The schema of `T`; those that it refers to go `into`.
pub fn of<T: utoipa::ToSchema>(into: &mut Schemas) -> NamedSchema {
    T::schemas(into);
    (T::name().into_owned(), T::schema())
}
