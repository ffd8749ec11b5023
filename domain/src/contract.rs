//! The facts of a contract that both sides keep (C1): its contact person (担当者) and the date of application (申込日).

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::email::EmailAddress;
use crate::slug::Slug;
use crate::text::{OrganizationName, PersonName, PhoneNumber};

/// The contact person of a contract. They need neither an account nor the support option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactPerson {
    /// Their name.
    pub name: PersonName,
    /// Their mail address.
    pub email: EmailAddress,
    /// Their telephone number.
    #[serde(default)]
    pub phone: Option<PhoneNumber>,
}

/// A contract as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contract {
    /// The contract's name.
    pub name: OrganizationName,
    /// The contract's own domain.
    pub domain: Slug,
    /// The contact person, if known.
    pub contact: Option<ContactPerson>,
    /// The date of application, if known.
    pub applied_on: Option<Date>,
}
