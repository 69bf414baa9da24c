// Says the schemas of an OpenAPI document in the words of JSON Schema 2020-12, at the places where they stand.

import { compose } from "./discriminator.mjs";

const ONE = new Set(["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
  "unevaluatedProperties", "unevaluatedItems"]);
const MANY = new Set(["allOf", "oneOf", "anyOf", "prefixItems"]);
const MAPS = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]);
const NUMBERS = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
  "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"]);
const KEPT = new Set([...NUMBERS, "type", "format", "enum", "const", "required", "pattern", "uniqueItems",
  "dependentRequired", "readOnly", "writeOnly", "discriminator", "contentEncoding"]);
const TYPES = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);

/// A schema that says nothing that can be judged: no value of it is valid.
const BROKEN = { "x-broken": true, not: {} };

export const isMap = (it) => typeof it === "object" && it !== null && !Array.isArray(it);
const escaped = (word) => encodeURIComponent(word.replaceAll("~", "~0").replaceAll("/", "~1"));
const unescaped = (word) => decoded(word).replaceAll("~1", "/").replaceAll("~0", "~");
const decoded = (word) => { try { return decodeURIComponent(word); } catch { return word; } };
/// The place below `at`.
export const below = (at, ...words) => [at, ...words.map((it) => escaped(String(it)))].join("/");
/// A reference with its words encoded as a URI has them, however the document writes them.
export const reference = (it) =>
  it.startsWith("#/") ? below("#", ...it.slice(2).split("/").map(unescaped)) : it;

/// The node at a place, or undefined.
export function resolve(root, ref) {
  if (!ref.startsWith("#/")) return undefined;
  let it = root;
  for (const word of ref.slice(2).split("/").map(unescaped)) {
    if (typeof it !== "object" || it === null || !Object.hasOwn(it, word)) return undefined;
    it = it[word];
  }
  return it;
}

/// The document with its schemas converted where they stand, and the place of everything in it.
export function convert(doc) {
  const cx = { old: String(doc.openapi ?? "3.0").startsWith("3.0"), schemas: [] };
  const root = anything(cx, doc, "");
  compose(root, cx.schemas);
  const places = new Map();
  const look = (it, at) => {
    if (typeof it !== "object" || it === null || places.has(it)) return;
    places.set(it, at);
    for (const [word, each] of Object.entries(it)) look(each, below(at, word));
  };
  look(root, "#");
  return { root, places };
}

function anything(cx, node, key) {
  if (Array.isArray(node)) return node.map((it) => anything(cx, it, ""));
  if (!isMap(node)) return node;
  const out = {};
  for (const [word, it] of Object.entries(node)) {
    if (word === "example" || word === "examples") continue;
    if ((word === "schema" || word === "itemSchema") && key !== "schemas") out[word] = schema(cx, it);
    else if (word === "schemas" && key === "components" && isMap(it)) out[word] = map(cx, it);
    else out[word] = anything(cx, it, word);
  }
  return out;
}

const map = (cx, node) => Object.fromEntries(Object.entries(node).map(([name, it]) => [name, schema(cx, it)]));

function schema(cx, node) {
  if (typeof node === "boolean") return node;
  if (!isMap(node)) return { ...BROKEN };
  let out = {};
  if (typeof node.$ref === "string") out.$ref = reference(node.$ref);
  else if (node.$dynamicRef !== undefined) Object.assign(out, BROKEN);
  for (const [word, it] of Object.entries(node)) {
    if (ONE.has(word) && (isMap(it) || typeof it === "boolean")) out[word] = schema(cx, it);
    else if (word === "items") Object.assign(out, BROKEN);
    else if (MANY.has(word)) {
      if (!Array.isArray(it)) Object.assign(out, BROKEN);
      else if (it.length > 0) out[word] = it.map((each) => schema(cx, each));
    } else if (MAPS.has(word) && isMap(it)) out[word] = map(cx, it);
    else if (KEPT.has(word)) out[word] = it;
  }
  const shown = [...(node.example === undefined ? [] : [node.example]),
    ...(Array.isArray(node.examples) ? node.examples : [])];
  repair(cx, node, out);
  cx.schemas.push(out);
  if (cx.old && node.nullable === true) out = nullable(out);
  if (shown.length > 0) out["x-examples"] = shown;
  return out;
}

/// Takes out what is not of the type that the keyword has, and says it as 2020-12 does.
function repair(cx, node, out) {
  for (const word of Object.keys(out).filter((it) => NUMBERS.has(it))) {
    if (cx.old && word.startsWith("exclusive") && typeof out[word] === "boolean") {
      const bound = word === "exclusiveMinimum" ? "minimum" : "maximum";
      const excluded = out[word];
      delete out[word];
      if (excluded && typeof node[bound] === "number") {
        out[word] = node[bound];
        delete out[bound];
      }
    } else if (typeof out[word] !== "number") delete out[word];
  }
  if (out.required !== undefined) {
    const names = Array.isArray(out.required) ? out.required.filter((it) => typeof it === "string") : [];
    // Responses do not have properties that are only ever sent.
    out.required = [...new Set(names)].filter((it) => node.properties?.[it]?.writeOnly !== true);
  }
  if (out.enum !== undefined && !(Array.isArray(out.enum) && out.enum.length > 0)) delete out.enum;
  for (const word of ["pattern", "format"]) if (typeof out[word] !== "string") delete out[word];
  const types = [out.type ?? []].flat();
  if (out.type !== undefined && !(types.length > 0 && types.every((it) => TYPES.has(it)))) {
    delete out.type;
    Object.assign(out, BROKEN);
  }
}

/// Adds null, as `nullable: true` does. An enum without null has none, and `{nullable: true}` alone is how 3.0 writes null.
function nullable(out) {
  const composed = ["$ref", "allOf", "oneOf", "anyOf"].some((it) => out[it] !== undefined);
  if (typeof out.type === "string" && !composed) {
    return !out.enum || out.enum.includes(null) ? { ...out, type: [out.type, "null"] } : out;
  }
  if (Object.keys(out).length === 0) return { type: "null" };
  return { anyOf: [out, { type: "null" }] };
}
