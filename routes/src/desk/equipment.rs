//! A customer's equipment, as the desk registers, changes and retires it.

use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tegata_domain::desk::{DeskAction, RegisterEquipment};
use tegata_domain::error::FieldError;
use tegata_domain::id::EquipmentId;
use tegata_domain::wire::document as wire;

use super::{Names, act, customer, named};
use crate::document::{document, idempotency_key, parameters};
use crate::panel::Caller;
use crate::problem::{Problem, json_text};

fn equipment(names: &Names) -> Result<EquipmentId, Problem> {
    named(names, "id", EquipmentId::parse)
}

fn read<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, Problem> {
    wire::read(&Value::Object(members).to_string()).map_err(Problem::invalid)
}

/// Returns 200 with a page of the customer's equipment, with the filters of the customer's own list; 400 naming the
/// parameter; 404.
pub(crate) async fn list(caller: Caller, names: Names, uri: Uri) -> Result<Response, Problem> {
    let mut members = Map::new();
    for (name, value) in parameters(&uri) {
        if members.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problem::invalid(FieldError::new(&name, "must be given only once")));
        }
    }
    let action = DeskAction::ListEquipment(Box::new(read(members)?));
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the equipment; 404.
pub(crate) async fn show(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::ShowEquipment(equipment(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 201 with the registered equipment; 400 naming the field; 404; 409 if the serial number is in use. With an
/// `Idempotency-Key`, repeated requests register it only once.
pub(crate) async fn create(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let customer = customer(&names)?;
    let action = DeskAction::CreateEquipment(Box::new(RegisterEquipment {
        equipment: document(&headers, &body)?,
        idempotency_key: idempotency_key(&headers, &format!("equipment/{customer}")),
    }));
    Ok(json_text(StatusCode::CREATED, act(&caller, &customer, action).await?))
}

/// Returns 200 with the changed equipment; 400 naming the field; 404; 409 if it has changed in the meantime, is retired,
/// or the serial number is in use.
pub(crate) async fn change(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let id = equipment(&names)?.to_string();
    let mut members: Map<String, Value> = document(&headers, &body)?;
    if members.insert("id".to_owned(), Value::String(id)).is_some() {
        return Err(Problem::invalid(FieldError::new("id", "is already set in the path")));
    }
    let action = DeskAction::ChangeEquipment(Box::new(read(members)?));
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the equipment, retired now or before; 404.
pub(crate) async fn retire(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::RetireEquipment(equipment(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}
