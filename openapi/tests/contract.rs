//! The API description is complete, and the files generated from it are up to date.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tegata_domain::panel::described;
use tegata_openapi::{document, files, references};
use tegata_routes::table::{Access, TABLE};

const MAKE: &str = "run `cargo xtask openapi`";

fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .collect()
}

fn written(place: &str) -> String {
    fs::read_to_string(files::root().join(place)).unwrap_or_default()
}

#[test]
fn every_file_is_what_would_be_written_now() {
    for (place, now) in files::made(&document()).unwrap() {
        assert!(written(place) == now, "{place} is out of date; {MAKE}");
    }
}

#[test]
fn the_consoles_types_are_those_of_the_document() {
    let heading = files::types_heading(&written(files::DOCUMENT));
    let types = written(files::TYPES);
    assert!(types.starts_with(&heading), "{} is out of date; {MAKE}", files::TYPES);
}

#[test]
fn every_route_of_the_panel_has_an_operation() {
    let document = document();
    for route in TABLE.iter().filter(|route| route.access == Access::Panel) {
        let operation = &document["paths"][route.path][route.method];
        assert!(operation.is_object(), "{} {}", route.method, route.path);
        if let Some((action, _)) = route.action {
            assert_eq!(operation["operationId"], action.name);
        }
    }
    for path in ["login", "password-reset", "password-reset/complete"] {
        let operation = &document["paths"][format!("/t/{{slug}}/api/v1/{path}")]["post"];
        assert_eq!(operation["security"].as_array().map(Vec::len), Some(0), "{path}");
    }
}

#[test]
fn every_operation_is_a_route_with_a_name_of_its_own() {
    let document = document();
    let mut names = BTreeSet::new();
    for operation in operations(&document) {
        let name = operation["operationId"].as_str().unwrap();
        assert!(names.insert(name), "operation id {name} appears twice");
    }
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let known = TABLE.iter().any(|route| route.path == path && route.method == method);
            assert!(known, "{method} {path}");
        }
    }
}

#[test]
fn no_reference_dangles_and_no_schema_is_left_over() {
    let document = document();
    let references = references(&document);
    for reference in &references {
        let target = reference.strip_prefix('#').and_then(|place| document.pointer(place));
        assert!(target.is_some(), "{reference}");
    }
    for kind in ["schemas", "responses", "parameters"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(references.contains(&reference), "{reference} is never used");
        }
    }
}

#[test]
fn every_placeholder_of_a_path_is_a_parameter() {
    let document = document();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let placeholders = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let wanted: BTreeSet<&str> = placeholders.collect();
        for operation in methods.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().unwrap().iter().map(|parameter| {
                let place = parameter["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
                place.map_or(parameter, |place| document.pointer(place).unwrap())
            });
            let named: BTreeSet<&str> = parameters
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            assert_eq!(named, wanted, "{path} {}", operation["operationId"]);
        }
    }
}

#[test]
fn rights_are_those_of_the_actions() {
    let document = document();
    for operation in operations(&document) {
        let Some(action) = described(operation["operationId"].as_str().unwrap()) else {
            continue;
        };
        assert_eq!(operation["x-right"], action.right.name());
        assert_eq!(operation["x-fresh-login"] == true, action.fresh, "{}", action.name);
    }
}

/// Requests are parsed with `deny_unknown_fields`, and stored password hashes are never accepted.
#[test]
fn what_is_sent_is_closed_and_holds_no_hash() {
    let document = document();
    for operation in operations(&document) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let Some(place) = schema.as_str().and_then(|place| place.strip_prefix('#')) else {
            continue;
        };
        let schema = document.pointer(place).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{place}");
        assert!(schema["properties"]["hash"].is_null(), "{place}");
    }
}
