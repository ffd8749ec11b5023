//! The SQL port on a Durable Object's storage.

use serde_json::Value as Json;
use tegata_domain::wire::json;
use tegata_kv_schema::sql::{Row, Sql, SqlError, Value};
use wasm_bindgen::JsValue;

use crate::platform;

/// The storage of one object.
pub(crate) struct ObjectStorage {
    storage: JsValue,
    sql: JsValue,
}

fn failed(error: &JsValue) -> SqlError {
    let message = js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string());
    SqlError::Statement(message.unwrap_or_else(|| "unknown".to_owned()))
}

fn column(value: Json) -> Result<Value, SqlError> {
    match value {
        Json::Null => Ok(Value::Null),
        Json::String(text) => Ok(Value::Text(text)),
        Json::Number(number) => number
            .as_i64()
            .map(Value::Integer)
            .ok_or_else(|| SqlError::Damaged("a number that is not an integer".to_owned())),
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Err(SqlError::Damaged("unexpected column type".to_owned())),
    }
}

/// The rows as `platform::run` returns them.
fn read(rows: String) -> Result<Vec<Row>, SqlError> {
    match rows.as_bytes().first() {
        None => return Ok(Vec::new()),
        Some(b'{') => return Ok(vec![Row(vec![Value::Text(rows)])]),
        Some(_) => {}
    }
    let rows: Vec<Vec<Json>> = json::read(&rows).map_err(|error| SqlError::Damaged(error.to_string()))?;
    rows.into_iter()
        .map(|row| Ok(Row(row.into_iter().map(column).collect::<Result<_, _>>()?)))
        .collect()
}

impl ObjectStorage {
    /// The storage that belongs to this `DurableObjectState`.
    pub(crate) fn of(state: &JsValue) -> Self {
        let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let storage = member(state, "storage");
        let sql = member(&storage, "sql");
        Self { storage, sql }
    }

    /// Sets the alarm to `millis`, in the same write as the changes before it.
    pub(crate) fn arm(&self, millis: i64) -> Result<(), SqlError> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds are far below the largest integer that a double holds exactly"
        )]
        platform::arm(&self.storage, millis as f64).map_err(|error| failed(&error))
    }

    /// The time of the alarm in milliseconds, if one is set.
    pub(crate) async fn alarm(&self) -> Option<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
        platform::get_alarm(&self.storage)
            .await
            .ok()?
            .as_f64()
            .map(|millis| millis as i64)
    }
}

impl Sql for ObjectStorage {
    fn run(&self, statement: &str, parameters: Vec<Value>) -> Result<Vec<Row>, SqlError> {
        let parameters: Vec<Json> = parameters
            .into_iter()
            .map(|value| match value {
                Value::Null => Json::Null,
                Value::Integer(value) => Json::from(value),
                Value::Text(value) => Json::String(value),
            })
            .collect();
        let rows = platform::run(&self.sql, statement, &Json::Array(parameters).to_string())
            .map_err(|error| failed(&error))?;
        read(rows)
    }

    fn transaction(&self, body: &mut dyn FnMut() -> bool) -> Result<(), SqlError> {
        platform::transaction(&self.storage, &mut || body()).map_err(|error| failed(&error))
    }
}

#[cfg(test)]
mod tests {
    use tegata_kv_schema::sql::Value;

    use super::read;

    #[test]
    fn rows_are_read_in_each_of_their_forms() {
        assert!(read(String::new()).unwrap().is_empty());
        let [record] = &read(r#"{"a":"[1]"}"#.to_owned()).unwrap()[..] else {
            panic!("one row")
        };
        assert_eq!(record.text(0).unwrap(), r#"{"a":"[1]"}"#);
        let rows = read(r#"[[1,"x",null],[2,"{}",null]]"#.to_owned()).unwrap();
        assert_eq!(rows[0].0, [Value::Integer(1), Value::Text("x".to_owned()), Value::Null]);
        assert_eq!(rows[1].text(1).unwrap(), "{}");
        assert!(read("[[1.5]]".to_owned()).is_err());
    }
}
