//! Schemas of requests and responses, for the API document.

/// A schema and its name.
pub type NamedSchema = (String, utoipa::openapi::RefOr<utoipa::openapi::Schema>);

/// Schemas that others refer to.
pub type Schemas = Vec<NamedSchema>;

/// The schema of `T`; the schemas it refers to are added to `into`.
pub fn of<T: utoipa::ToSchema>(into: &mut Schemas) -> NamedSchema {
    T::schemas(into);
    (T::name().into_owned(), T::schema())
}
