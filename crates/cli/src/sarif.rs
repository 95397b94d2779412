//! Problems, told to a program: as SARIF 2.1.0 (OASIS Standard, 27 March 2020).

use std::collections::BTreeSet;

use patra_core::{Code, Severity};
use serde_json::{Value, json};

use crate::record::Record;
use crate::report::Voice;

/// Where the schema of the format is.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run. Columns count UTF-16 code units, since SARIF knows no graphemes (3.14.17).
pub(crate) fn log(records: &[Record], voice: Voice) -> Value {
    let codes: BTreeSet<Code> = records.iter().filter_map(|record| record.code).collect();
    let rules: Value = codes
        .iter()
        .map(|code| {
            json!({
                "id": code.to_string(),
                "name": format!("{code:?}"),
                "shortDescription": { "text": code.meaning() },
                "help": { "text": format!("patra explain {code}") },
                "defaultConfiguration": { "level": level(code.severity()) },
            })
        })
        .collect();
    let (found, failures): (Vec<&Record>, Vec<&Record>) = records.iter().partition(|record| record.code.is_some());
    let results: Value = found.iter().map(|record| result(record, &codes)).collect();
    let notices: Vec<Value> =
        failures.iter().map(|record| json!({ "level": "error", "message": { "text": message(record) } })).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "patra",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "language": voice.locale.tag(),
            "columnKind": "utf16CodeUnits",
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": notices,
            }],
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        _ => "error",
    }
}

fn message(record: &Record) -> String {
    match &record.hint {
        Some(hint) => format!("{} ({hint})", record.message),
        None => record.message.clone(),
    }
}

fn result(record: &Record, codes: &BTreeSet<Code>) -> Value {
    let mut result = json!({
        "ruleId": record.code,
        "ruleIndex": record.code.and_then(|code| codes.iter().position(|other| *other == code)),
        "level": level(record.severity),
        "message": { "text": message(record) },
    });
    if let Some(file) = &record.file {
        let mut location = json!({ "artifactLocation": { "uri": uri(file) } });
        if let Some(place) = record.place {
            location["region"] = json!({
                "startLine": place.start.position.line,
                "startColumn": place.start.utf16,
                "endLine": place.end.position.line,
                "endColumn": place.end.utf16,
                "byteOffset": place.start.byte,
                "byteLength": place.end.byte - place.start.byte,
            });
        }
        result["locations"] = json!([{ "physicalLocation": location }]);
    }
    result
}

/// A path as a URI reference (RFC 3986): all but unreserved characters and what parts the path are escaped.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    let mut uri = String::with_capacity(path.len());
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':') {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(uri("notes.md"), "notes.md");
        assert_eq!(uri("a b/नोट#1.md"), "a%20b/%E0%A4%A8%E0%A5%8B%E0%A4%9F%231.md");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
    }
}
