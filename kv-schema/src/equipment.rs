//! The `equipment` table: equipment by id, by serial number, by name, and by the words of a search.

use tegata_domain::equipment::{Equipment, EquipmentState, SerialNumber};
use tegata_domain::id::EquipmentId;
use tegata_domain::panel::equipment::EquipmentFilter;
use tegata_domain::phonetic::folded;

use crate::found::{self, Among, Search};
use crate::search::Listed;
use crate::sql::{Row, Sql, SqlError, Value, json, one};

/// Loads the piece of equipment `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &EquipmentId) -> Result<Option<Equipment>, SqlError> {
    one(&sql.run("SELECT record FROM equipment WHERE id = ?", vec![id.as_str().into()])?)
}

/// Loads the piece of equipment in use that has the serial number `serial`. There is at most one.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_serial(sql: &dyn Sql, serial: &SerialNumber) -> Result<Option<Equipment>, SqlError> {
    let statement = "SELECT record FROM equipment WHERE serial = ? AND retired = 0";
    one(&sql.run(statement, vec![serial.key().into()])?)
}

/// Inserts or updates a piece of equipment and its search words. An index refuses a second one in use with the same
/// serial number.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, equipment: &Equipment) -> Result<(), SqlError> {
    let about = &equipment.description;
    let organization = about.organization.as_ref().map_or(Value::Null, |id| id.as_str().into());
    sql.run(
        "INSERT INTO equipment (id, since, serial, organization, retired, name, record) VALUES (?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, organization = excluded.organization, \
         retired = excluded.retired, name = excluded.name, record = excluded.record",
        vec![
            equipment.id.as_str().into(),
            equipment.created_at.0.into(),
            about.serial_number.key().into(),
            organization,
            i64::from(equipment.state() == EquipmentState::Retired).into(),
            folded(about.name.as_str()).into(),
            json(equipment)?,
        ],
    )?;
    let place = (equipment.id.as_str(), equipment.created_at);
    found::save(sql, Among::Equipment, place, &equipment.search_words())
}

/// Which equipment to list.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// A folded text whose words it is found by; the last one may be the beginning of a word.
    pub text: Option<&'a str>,
    /// Ids of the organisations to which it must belong, as a JSON array.
    pub within: Option<&'a str>,
    /// Its state.
    pub state: EquipmentFilter,
    /// Cursor from the previous page: place in the order, and id.
    pub after: (&'a str, &'a str),
    /// The maximum number of rows.
    pub most: i64,
}

/// Lists the equipment that matches `query`: by name, or with a text, the newest matches first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, query: &Query<'_>) -> Result<Listed<Equipment>, SqlError> {
    match query.text {
        Some(text) => find(sql, query, text),
        None => Listed::of((in_order(sql, query)?, None), |row| row.record(2)),
    }
}

fn find(sql: &dyn Sql, query: &Query<'_>, text: &str) -> Result<Listed<Equipment>, SqlError> {
    let within = query
        .within
        .map_or("", |_| " AND t.organization IN (SELECT value FROM json_each(?1))");
    let condition = match query.state {
        EquipmentFilter::All => within.to_owned(),
        EquipmentFilter::Active => format!("{within} AND t.retired = 0"),
        EquipmentFilter::Retired => format!("{within} AND t.retired = 1"),
    };
    let search = Search {
        among: Among::Equipment,
        table: "equipment t",
        condition: &condition,
        fulfil: match (query.within, query.state) {
            (Some(_), _) => Some("SELECT id FROM equipment WHERE organization IN (SELECT value FROM json_each(?1))"),
            (None, EquipmentFilter::Retired) => Some("SELECT id FROM equipment WHERE retired = 1"),
            (None, EquipmentFilter::Active | EquipmentFilter::All) => None,
        },
        parameter: query.within,
    };
    Listed::of(search.find(sql, text, query.after, query.most)?, |row| row.record(2))
}

/// Takes a page of each organisation and state from the index, and keeps the first rows of all of them.
fn in_order(sql: &dyn Sql, query: &Query<'_>) -> Result<Vec<Row>, SqlError> {
    let (places, belongs) = match query.within {
        Some(_) => (
            "json_each(?5) AS o, ",
            "INDEXED BY equipment_organization_name WHERE e.organization = o.value AND ",
        ),
        None => ("", "INDEXED BY equipment_name WHERE "),
    };
    let statement = format!(
        "SELECT t.name, t.id, t.record FROM (\
           SELECT json_extract(n.value, '$[0]') AS place, json_extract(n.value, '$[1]') AS id \
           FROM {places}json_each(?4) AS c, json_each((SELECT json_group_array(json_array(name, id)) FROM (\
             SELECT e.name, e.id FROM equipment e {belongs}e.retired = c.value AND (e.name, e.id) > (?1, ?2) \
             ORDER BY e.name, e.id LIMIT ?3))) AS n ORDER BY place, id LIMIT ?3\
         ) AS first CROSS JOIN equipment t WHERE t.id = first.id ORDER BY t.name, t.id"
    );
    let states = match query.state {
        EquipmentFilter::All => "[0,1]",
        EquipmentFilter::Active => "[0]",
        EquipmentFilter::Retired => "[1]",
    };
    let mut parameters = vec![
        query.after.0.into(),
        query.after.1.into(),
        query.most.into(),
        states.into(),
    ];
    parameters.extend(query.within.map(Value::from));
    sql.run(&statement, parameters)
}
