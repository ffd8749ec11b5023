//! Roles, and the rights of each (C5, C6).

use serde::{Deserialize, Serialize};

use crate::tenant_kind::TenantKind;

/// The role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Has every right in every organisation (C5), and approves all requests.
    SystemAdministrator,
    /// Manages users, accounts and equipment of one organisation and those below it.
    OrganizationAdministrator,
    /// Reads everything and changes nothing.
    Auditor,
    /// Works at the provider's support desk, with its customers and their inquiries. Exists in a provider's own tenant
    /// only.
    #[serde(rename = "support_agent")]
    DeskStaff,
}

impl Role {
    /// The name it is stored under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SystemAdministrator => "system_administrator",
            Self::OrganizationAdministrator => "organization_administrator",
            Self::Auditor => "auditor",
            Self::DeskStaff => "support_agent",
        }
    }
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident $text:tt $holder:ident,)*) => {
        /// A permission of an account; also a scope of personal access tokens (RFC 6749 section 3.3).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Right {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Right {
            /// Every right.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The right's name as a scope.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// Whether a personal access token can hold it. Decisions that a person must make in person require a
            /// login.
            #[must_use]
            pub const fn fits_token(self) -> bool {
                match self {
                    $(Self::$name => rights!(@$holder),)*
                }
            }
        }
    };
    (@token) => { true };
    (@login) => { false };
}

rights! {
    /// Manage one's own account, sessions and tokens; everybody who has logged in has it.
    Own "own" login,
    /// See the overview.
    Overview "overview" token,
    /// See requests of Viewers and their outcomes.
    RegistrationsRead "registrations.read" token,
    /// Answer requests of Viewers; no token can hold this right.
    RegistrationsDecide "registrations.decide" login,
    /// See the provider's questions and their answers.
    QuestionsRead "questions.read" token,
    /// Answer the provider's questions; no token can hold this right.
    QuestionsDecide "questions.decide" login,
    /// See remote support on the tenant's equipment.
    LaunchesRead "launches.read" token,
    /// Answer requests for remote support, and end it; no token can hold this right.
    LaunchesDecide "launches.decide" login,
    /// See devices and receipts.
    DevicesRead "devices.read" token,
    /// Revoke devices.
    DevicesRevoke "devices.revoke" token,
    /// See equipment.
    EquipmentRead "equipment.read" token,
    /// Register, change and retire equipment.
    EquipmentWrite "equipment.write" token,
    /// Allow remote assistance and the manual launch on equipment; no token can hold this right (P10, K6).
    EquipmentSwitch "equipment.switch" login,
    /// See users and organisations.
    UsersRead "users.read" token,
    /// Change users and organisations.
    UsersWrite "users.write" token,
    /// Create and change accounts.
    AccountsWrite "accounts.write" token,
    /// Read and export the audit log.
    AuditRead "audit.read" token,
    /// See the tenant's policies.
    PoliciesRead "policies.read" token,
    /// Change the tenant's policies.
    PoliciesWrite "policies.write" token,
    /// See mails that could not be delivered, and send them again.
    Mails "mails" token,
    /// Send inquiries to the provider's support (the support option, C6).
    Inquiries "inquiries" token,
    /// Serve customers (the provider's desk, K1).
    Desk "desk" token,
    /// Execute an approved launch, join its session, and accept machines; no token can hold this right (K9, P2).
    DeskConnect "desk.connect" login,
    /// Set how the provider presents itself to its customers (B16).
    Face "face" token,
    /// Issue the verification code that machines show; no token can hold this right (P2).
    Enrolment "enrolment" login,
}

/// Whether an account of `role` in a tenant of `kind` has `right`.
#[must_use]
pub const fn allows(role: Role, kind: TenantKind, support_option: bool, right: Right) -> bool {
    let provider = matches!(kind, TenantKind::Provider);
    match (role, right) {
        (_, Right::Own) => true,
        (Role::SystemAdministrator, Right::Inquiries) => support_option,
        (Role::SystemAdministrator | Role::DeskStaff, Right::Desk | Right::DeskConnect)
        | (Role::SystemAdministrator, Right::Face | Right::Enrolment) => provider,
        (Role::SystemAdministrator, _) => true,
        (
            Role::OrganizationAdministrator,
            Right::UsersRead
            | Right::UsersWrite
            | Right::AccountsWrite
            | Right::EquipmentRead
            | Right::EquipmentWrite
            | Right::LaunchesRead
            | Right::LaunchesDecide,
        ) => true,
        (
            Role::Auditor,
            Right::Overview
            | Right::RegistrationsRead
            | Right::QuestionsRead
            | Right::DevicesRead
            | Right::EquipmentRead
            | Right::LaunchesRead
            | Right::UsersRead
            | Right::AuditRead
            | Right::PoliciesRead,
        ) => true,
        (Role::OrganizationAdministrator | Role::Auditor | Role::DeskStaff, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Right, Role, allows};
    use crate::tenant_kind::TenantKind;

    #[test]
    fn names_are_the_stored_ones() {
        for right in Right::ALL {
            assert_eq!(serde_json::to_value(right).unwrap(), right.name());
        }
        for role in [
            Role::SystemAdministrator,
            Role::OrganizationAdministrator,
            Role::Auditor,
            Role::DeskStaff,
        ] {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
    }

    #[test]
    fn what_a_person_must_do_themselves_fits_no_token() {
        let without: Vec<_> = Right::ALL.iter().filter(|right| !right.fits_token()).collect();
        assert_eq!(
            without,
            [
                &Right::Own,
                &Right::RegistrationsDecide,
                &Right::QuestionsDecide,
                &Right::LaunchesDecide,
                &Right::EquipmentSwitch,
                &Right::DeskConnect,
                &Right::Enrolment
            ]
        );
    }

    #[test]
    fn an_auditor_changes_nothing() {
        for right in Right::ALL {
            let may = allows(Role::Auditor, TenantKind::Tenant, true, *right);
            let reads = right.name().ends_with(".read") || matches!(right, Right::Own | Right::Overview);
            assert_eq!(may, reads, "{}", right.name());
        }
    }

    #[test]
    fn only_a_system_administrator_switches_equipment() {
        for role in [Role::OrganizationAdministrator, Role::Auditor, Role::DeskStaff] {
            for kind in [TenantKind::Tenant, TenantKind::Provider] {
                assert!(!allows(role, kind, true, Right::EquipmentSwitch), "{role:?}");
            }
        }
        assert!(allows(
            Role::SystemAdministrator,
            TenantKind::Tenant,
            false,
            Right::EquipmentSwitch
        ));
    }

    #[test]
    fn the_desk_is_the_providers() {
        assert!(!allows(
            Role::SystemAdministrator,
            TenantKind::Tenant,
            true,
            Right::Desk
        ));
        assert!(!allows(Role::DeskStaff, TenantKind::Tenant, true, Right::Desk));
        assert!(allows(Role::DeskStaff, TenantKind::Provider, false, Right::Desk));
    }

    #[test]
    fn inquiries_need_the_support_option() {
        assert!(allows(
            Role::SystemAdministrator,
            TenantKind::Tenant,
            true,
            Right::Inquiries
        ));
        assert!(!allows(
            Role::SystemAdministrator,
            TenantKind::Tenant,
            false,
            Right::Inquiries
        ));
        assert!(!allows(Role::Auditor, TenantKind::Tenant, true, Right::Inquiries));
    }
}
