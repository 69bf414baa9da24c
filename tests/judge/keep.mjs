// The parts of a value that a client need not keep: properties that no schema declares, null where a property is not
// required, and what is read-only where it is sent.

import { below, isMap, resolve } from "./schema.mjs";

/// `{ soft, own }`: places that may vanish, and those that may vanish from what is sent.
export function allowances(root, fits, at, value) {
  const cx = { root, fits, soft: [], own: [] };
  walk(cx, [at], value, []);
  return { soft: cx.soft, own: cx.own };
}

function walk(cx, places, value, path) {
  if (typeof value !== "object" || value === null || path.length > 60) return;
  const parts = [];
  for (const at of places) flatten(cx, at, value, parts, new Set());
  if (Array.isArray(value)) return value.forEach((it, index) => {
    const items = parts.flatMap(([at, part]) => (part.prefixItems?.[index] !== undefined
      ? [below(at, "prefixItems", index)] : isMap(part.items) ? [below(at, "items")] : []));
    walk(cx, items, it, [...path, index]);
  });
  // Objects that declare no property, or allow more explicitly, keep all of them.
  const open = parts.filter(([, it]) => it.properties || it.patternProperties)
    .every(([, it]) => it.additionalProperties === true);
  for (const [name, it] of Object.entries(value)) {
    const here = [...path, name];
    const declared = parts.flatMap((part) => declarations(part, name));
    const kept = declared.length > 0 || open;
    const nothing = it === null && !parts.some(([, part]) => part.required?.includes(name));
    if (!kept || nothing) cx.soft.push(here);
    if (declared.some((at) => readOnly(cx, at, 0))) cx.own.push(here);
    if (kept) walk(cx, declared, it, here);
  }
}

/// Where a part says something of a property.
function declarations([at, part], name) {
  const found = Object.hasOwn(part.properties ?? {}, name) ? [below(at, "properties", name)] : [];
  for (const pattern of Object.keys(part.patternProperties ?? {})) {
    if (matches(pattern, name)) found.push(below(at, "patternProperties", pattern));
  }
  const rest = ["additionalProperties", "unevaluatedProperties"].filter((word) => isMap(part[word]));
  return found.length > 0 ? found : rest.map((word) => below(at, word));
}

function matches(pattern, name) {
  try {
    return new RegExp(pattern, "u").test(name);
  } catch {
    return false;
  }
}

/// [place, schema] of all that holds for a value: of a union, the members that it fits.
function flatten(cx, at, value, parts, seen) {
  const it = resolve(cx.root, at);
  if (!isMap(it) || seen.has(at)) return;
  seen.add(at);
  if (it.$ref !== undefined) flatten(cx, it.$ref, value, parts, seen);
  parts.push([at, it]);
  it.allOf?.forEach((_, index) => flatten(cx, below(at, "allOf", index), value, parts, seen));
  for (const word of ["oneOf", "anyOf"]) {
    const members = (it[word] ?? []).map((_, index) => below(at, word, index));
    for (const member of members) {
      if (members.length === 1 || cx.fits(member, value)) flatten(cx, member, value, parts, seen);
    }
  }
}

function readOnly(cx, at, depth) {
  const it = resolve(cx.root, at);
  if (!isMap(it) || depth > 8) return false;
  const members = (it.anyOf ?? it.oneOf ?? []).filter((each) => each?.type !== "null");
  const word = it.anyOf === undefined ? "oneOf" : "anyOf";
  return String(it.readOnly) === "true" || (it.$ref !== undefined && readOnly(cx, it.$ref, depth + 1))
    || (it.allOf ?? []).some((_, index) => readOnly(cx, below(at, "allOf", index), depth + 1))
    || (members.length > 0 && it[word].every((each, index) => !members.includes(each)
      || readOnly(cx, below(at, word, index), depth + 1)));
}
