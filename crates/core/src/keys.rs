//! Where in a stored form something stands, told by its keys: `sections[0].heading`.

/// The keys that lead to the byte at `offset` of a JSON text, as a Python or JavaScript program would write them.
///
/// The text need not be well-formed behind the offset.
#[must_use]
pub fn keys_at(json: &str, offset: usize) -> String {
    enum Step {
        Key(String),
        Index(usize),
    }
    let bytes = json.as_bytes();
    let end = offset.min(bytes.len());
    let mut steps: Vec<Step> = Vec::new();
    let mut awaits_key = false;
    let mut i = 0;
    while i < end {
        match bytes[i] {
            b'{' => {
                steps.push(Step::Key(String::new()));
                awaits_key = true;
            }
            b'[' => {
                steps.push(Step::Index(0));
                awaits_key = false;
            }
            b'}' | b']' => {
                steps.pop();
            }
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(_)) => awaits_key = true,
                None => {}
            },
            b'"' => {
                let start = i + 1;
                i = start;
                while i < bytes.len() && bytes[i] != b'"' {
                    i += if bytes[i] == b'\\' { 2 } else { 1 };
                }
                if awaits_key && let Some(Step::Key(key)) = steps.last_mut() {
                    *key = json.get(start..i.min(json.len())).unwrap_or_default().to_owned();
                    awaits_key = false;
                }
            }
            _ => {}
        }
        i += 1;
    }
    let mut keys = String::new();
    for step in steps {
        match step {
            Step::Key(key) if key.is_empty() => {}
            Step::Key(key) => {
                if !keys.is_empty() {
                    keys.push('.');
                }
                keys.push_str(&key);
            }
            Step::Index(index) => {
                keys.push('[');
                keys.push_str(&index.to_string());
                keys.push(']');
            }
        }
    }
    keys
}
