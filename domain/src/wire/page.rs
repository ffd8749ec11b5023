//! Lists, a page at a time.

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub cursor: Option<String>,
}

// By hand: derived, pages of all things have one name.
#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema> utoipa::PartialSchema for Page<T> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
        let row = utoipa::openapi::Ref::from_schema_name(T::name());
        let items = ArrayBuilder::new().items(row).description(Some("The rows."));
        let cursor = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("Where the next page begins; null on the last."));
        let page = ObjectBuilder::new()
            .description(Some("One page of a list."))
            .property("items", items)
            .property("cursor", cursor)
            .required("items");
        page.into()
    }
}

#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema> utoipa::ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(into: &mut crate::schema::Schemas) {
        into.push(crate::schema::of::<T>(&mut Vec::new()));
        T::schemas(into);
    }
}
