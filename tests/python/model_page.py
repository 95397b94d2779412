"""Makes docs/model.md from the schema of the stored form."""

import json
from typing import Any

HEAD = """# The stored form

What `patra export --json`, `--yaml` and the `material.json` of a build hold, and what patra reads back. This page is made from
the JSON Schema that `patra export --schema` prints.

An editor that knows JSON Schema completes and checks files of this form. Beyond the schema, patra refuses what hangs on more
than one field: two things with one id (P0030), words that are only white space (P0031, P0036, P0039), a row with more or fewer
cells than there are columns or subjects (P0033), a sentence without a gap (P0038), nesting too deep (P0003, P0041), a section without a heading
after the first (P0044), a gap that splits a letter (P0046), a message that is not known or not a Fluent pattern (P0059). An id may
hold letters, marks and digits of every script and no other signs; the schema rules out those of ASCII alone. Of a key that
stands twice, JSON Schema sees one; patra refuses it. A list in the place of an object patra would take for its fields in their order; the
schema rules it out, and nothing writes it.
"""


def shown(value: Any) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`".replace("|", "\\|")


def kind(schema: dict[str, Any]) -> str:
    """What a value is, with links to the types."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return shown(schema["const"])
    if "enum" in schema:
        return ", ".join(map(shown, schema["enum"]))
    if schema.get("type") == "array":
        items = schema.get("items")
        if "prefixItems" in schema:
            return f"{len(schema['prefixItems'])} numbers"
        return f"list of {kind(items)}" if isinstance(items, dict) else "list"
    if schema.get("type") == "object" and "properties" not in schema:
        return f"object of {kind(schema['additionalProperties'])}"
    if schema.get("type") == "object":
        ((name, value),) = schema["properties"].items()
        return f"`{{\"{name}\": …}}` with {kind(value)}"
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = " or ".join("true or false" if name == "boolean" else name for name in types)
    if "minimum" in schema:
        words += f", {schema['minimum']} to {schema['maximum']}"
    return words


def example(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """A value that the schema describes: its own example, or those of its required fields."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return example(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema and schema.get("type") is None:
        return example(schema["anyOf"][0], root)
    if schema.get("type") == "array":
        return [example(schema["items"], root)] * schema.get("minItems", 0)
    if schema.get("type") == "object":
        return {name: example(schema["properties"][name], root) for name in schema.get("required", [])}
    return {"string": "…", "boolean": True, "integer": 1}[schema["type"] if isinstance(schema["type"], str) else schema["type"][0]]


def section(name: str, schema: dict[str, Any], root: dict[str, Any]) -> str:
    lines = [f"## {name}", "", schema["description"], ""]
    if schema.get("type") == "object" and "properties" in schema:
        required = schema.get("required", [])
        lines += ["| field | type | required | meaning |", "|---|---|---|---|"]
        for field, value in schema["properties"].items():
            meaning = value.get("description") or root["$defs"][value["$ref"].rsplit("/", 1)[1]]["description"]
            lines.append(f"| `{field}` | {kind(value)} | {'yes' if field in required else ''} | {meaning} |")
    else:
        lines.append(f"{kind(schema)[0].upper()}{kind(schema)[1:]}.")
    lines += ["", f"For example {shown(example(schema, root))}", ""]
    return "\n".join(lines)


def page(root: dict[str, Any]) -> str:
    parts = [HEAD, section("Material", root, root)]
    parts += [section(name, schema, root) for name, schema in root["$defs"].items()]
    return "\n".join(parts).rstrip("\n") + "\n"
