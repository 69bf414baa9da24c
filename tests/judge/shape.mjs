// Chooses what a value is asked to be: one variant of each union, which properties, how many items. What is left is a
// schema without choices, from which json-schema-faker makes the value.

import { isMap, resolve } from "./schema.mjs";

/// Beyond this depth only what is required, by the shortest way out.
const SOFT_DEPTH = 4;
const HARD_DEPTH = 14;
const MAX_NODES = 3000;
/// The number of choices that are tried where one leads nowhere.
const TRIES = 8;
const MAX_ITEMS = 50;
const UNKNOWN = { const: { of: ["the", "future"] } };
const ANYTHING = [{ a: [1, "x", null] }, "any", 3, true, 1.5, [], {}, -7];
const ODD_TEXTS = ["", "Ünï ✓ 😀", 'with "quotes", \\ and \n', "0", "true", "null", " pad ", "a/b?c=d&e", "\u0001"];
const WHOLE = { int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767], uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1], uint32: [0, 2 ** 32 - 1] };
const SAFE = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/// The modes in the order in which they are tried.
export const MODES = ["all", "least", "unknown", "null", "random", "ends", "examples", "random"];

/// That no value can be asked for.
export class Impossible extends Error {}

export class Shapes {
  constructor(root, random, fits) {
    Object.assign(this, { root, random, fits, turns: new Map(), heights: new Map(), mode: "all", nodes: 0, shown: false });
  }

  /// A schema without choices for a value of `schema`. `shown` then says whether examples are part of it.
  of(schema, mode) {
    Object.assign(this, { mode, nodes: 0, shown: false });
    return this.value([schema], 0);
  }

  value(schemas, depth) {
    this.nodes += 1;
    if (this.nodes > MAX_NODES || depth > HARD_DEPTH) throw new Impossible("endless");
    let last;
    for (let attempt = 0; attempt < (depth > SOFT_DEPTH ? 2 : TRIES); attempt += 1) {
      try {
        const parts = [];
        for (const it of schemas) this.flatten(it, parts, new Set(), depth);
        return this.build(parts, depth);
      } catch (error) {
        if (!(error instanceof Impossible)) throw error;
        last = error;
        if (this.nodes > MAX_NODES) break;
      }
    }
    throw last;
  }

  /// The schemas that hold at once, without references and with one member of each union.
  flatten(it, parts, seen, depth) {
    if (it === true || it === undefined) return;
    if (!isMap(it) || it["x-broken"]) throw new Impossible("no value fits");
    if (it.$ref !== undefined) {
      if (seen.has(it.$ref)) throw new Impossible("a circle");
      const target = resolve(this.root, it.$ref);
      if (target === undefined) throw new Impossible("a reference leads nowhere");
      this.flatten(target, parts, new Set([...seen, it.$ref]), depth);
    }
    parts.push(it);
    for (const each of it.allOf ?? []) this.flatten(each, parts, seen, depth);
    for (const word of ["oneOf", "anyOf"]) {
      if (it[word] !== undefined) this.flatten(this.member(it[word], depth), parts, seen, depth);
    }
  }

  member(members, depth) {
    const isNull = (it) => isMap(it) && it.type === "null";
    const nulls = members.filter(isNull);
    const others = members.filter((it) => !isNull(it) && it !== false);
    if (nulls.length > 0 && (others.length === 0 || this.wantsNull())) return nulls[0];
    if (others.length === 0) throw new Impossible("no variant");
    if (depth > SOFT_DEPTH) return this.lowest(others);
    return this.mode === "random" ? others[Math.floor(this.random() * others.length)] : this.turn(members, others);
  }

  wantsNull() {
    return this.mode === "null" || (this.mode === "random" && this.random() < 0.2);
  }

  turn(key, items) {
    const number = this.turns.get(key) ?? 0;
    this.turns.set(key, number + 1);
    return items[number % items.length];
  }

  lowest(items) {
    return items.reduce((a, b) => (this.height(b) < this.height(a) ? b : a));
  }

  /// The depth of the least value of a schema.
  height(it, round = 0) {
    if (!isMap(it)) return 0;
    if (this.heights.has(it)) return this.heights.get(it);
    if (round > 40) return 99;
    this.heights.set(it, 99); // A value that needs itself has no end.
    const of = (each) => this.height(each, round + 1);
    let height = it.$ref === undefined ? 0 : of(resolve(this.root, it.$ref));
    for (const each of it.allOf ?? []) height = Math.max(height, of(each));
    for (const word of ["oneOf", "anyOf"]) {
      if (it[word]) height = Math.max(height, Math.min(...it[word].map((each) => (each === false ? 99 : of(each)))));
    }
    for (const name of it.required ?? []) {
      if (it.properties?.[name]) height = Math.max(height, 1 + of(it.properties[name]));
    }
    if (it.minItems > 0 && it.items) height = Math.max(height, 1 + of(it.items));
    if (height < 99) this.heights.set(it, height);
    else this.heights.delete(it);
    return height;
  }

  build(parts, depth) {
    if (this.mode === "examples") {
      const shown = this.example(parts);
      if (shown !== undefined) return shown;
    }
    let types;
    for (const it of parts) {
      if (it.type === undefined) continue;
      const own = [it.type].flat().flatMap((type) => (type === "number" ? ["number", "integer"] : [type]));
      types = types === undefined ? own : types.filter((type) => own.includes(type));
    }
    const values = listed(parts);
    if (values !== undefined) return this.choose(parts, values, types);
    types ??= guessed(parts);
    if (types === undefined) return { const: this.turn("anything", ANYTHING) };
    if (types.includes("null") && (types.length === 1 || this.wantsNull())) return { type: "null" };
    types = types.filter((type) => type !== "null" && !(type === "integer" && types.includes("number")));
    if (types.length === 0) throw new Impossible("types contradict each other");
    const type = types.length === 1 ? types[0] : this.turn(parts[0], types);
    if (type === "object") return this.object(parts, depth);
    if (type === "array") return this.array(parts, depth);
    if (type === "string") return this.text(parts);
    return type === "boolean" ? { type } : this.number(parts, type);
  }

  example(parts) {
    const shown = parts.flatMap((it) => it["x-examples"] ?? []);
    const fitting = shown.filter((value) => parts.every((it) => this.fits(it, value)));
    if (fitting.length === 0) return undefined;
    this.shown = true;
    return { const: this.turn(parts[0], fitting) };
  }

  choose(parts, values, types) {
    const kind = (it) => (it === null ? "null" : Array.isArray(it) ? "array" : Number.isInteger(it) ? "integer"
      : typeof it);
    // Beyond 53 bits, what was read is not what is written.
    const exact = (it) => !Number.isInteger(it) || Number.isSafeInteger(it);
    let fitting = values.filter((it) => exact(it) && (types === undefined || types.includes(kind(it))));
    const others = fitting.filter((it) => it !== null);
    if (fitting.includes(null) && this.wantsNull()) fitting = [null];
    else if (others.length > 0) fitting = others;
    if (fitting.length === 0) throw new Impossible("no value is listed");
    return { const: this.turn(values[0] === fitting[0] ? parts.find((it) => it.enum) ?? parts[0] : parts[0], fitting) };
  }

  object(parts, depth) {
    const names = new Set(parts.flatMap((it) => Object.keys(it.properties ?? {})));
    const required = new Set(parts.flatMap((it) => it.required ?? []));
    const most = Math.min(...parts.map((it) => it.maxProperties ?? Infinity));
    const extras = parts.map((it) => it.additionalProperties).filter(isMap);
    const closed = parts.some((it) => it.additionalProperties === false || it.unevaluatedProperties === false);
    const properties = {};
    const add = (name, schemas) => { properties[name] = this.value(schemas, depth + 1); };
    const ordered = [...names].sort((a, b) => Number(required.has(b)) - Number(required.has(a)));
    for (const name of ordered) {
      const schemas = parts.map((it) => (Object.hasOwn(it.properties ?? {}, name) ? it.properties[name]
        : isMap(it.additionalProperties) ? it.additionalProperties : true));
      if (required.has(name)) add(name, schemas);
      else if (this.wants(schemas, depth) && Object.keys(properties).length < most) {
        attempt(() => add(name, schemas));
      }
    }
    for (const name of required) if (!names.has(name)) properties[name] = extras.length > 0
      ? this.value(extras, depth + 1) : { const: "not declared" };
    if (this.mode !== "least" && depth <= SOFT_DEPTH) this.more(parts, properties, extras, most, depth);
    // Nobody can tell by a property that no schema declares what a value without any other is.
    const named = Object.keys(properties).length;
    if (this.mode === "unknown" && !closed && extras.length === 0 && named > 0 && named < most) {
      properties.zzUnknown = UNKNOWN;
    }
    const least = Math.max(...parts.map((it) => it.minProperties ?? 0));
    for (let n = 0; Object.keys(properties).length < Math.min(least, 20) && !closed; n += 1) {
      properties[`more${n}`] = extras.length > 0 ? this.value(extras, depth + 1) : { const: n };
    }
    return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
  }

  /// True if an optional property is to be there. One with a single value always is, since clients write it.
  wants(schemas, depth) {
    if (schemas.some((it) => this.isConstant(it, 0))) return true;
    if (this.mode === "least" || depth >= SOFT_DEPTH) return false;
    return this.mode !== "random" || this.random() < 0.6;
  }

  isConstant(it, depth) {
    if (!isMap(it) || depth > 8) return false;
    return it.const !== undefined || it.enum?.length === 1
      || (it.$ref !== undefined && this.isConstant(resolve(this.root, it.$ref), depth + 1));
  }

  /// Properties whose names the document does not list.
  more(parts, properties, extras, most, depth) {
    const room = () => Object.keys(properties).length < most;
    const names = parts.map((it) => it.propertyNames).filter(isMap);
    for (const [index, name] of ["k1", "key two"].entries()) {
      if (extras.length === 0 || !room()) break;
      const key = names.length === 0 ? name : this.key?.(this.value(names, depth + 1), index);
      if (key !== undefined && !Object.hasOwn(properties, key)) {
        attempt(() => { properties[key] = this.value(extras, depth + 1); });
      }
    }
    for (const [pattern, schema] of parts.flatMap((it) => Object.entries(it.patternProperties ?? {}))) {
      const key = this.key?.({ type: "string", pattern }, 0);
      if (key === undefined || !room() || Object.hasOwn(properties, key)) continue;
      attempt(() => { properties[key] = this.value([schema], depth + 1); });
    }
  }

  array(parts, depth) {
    const least = Math.max(...parts.map((it) => it.minItems ?? 0));
    const most = Math.min(...parts.map((it) => it.maxItems ?? Infinity));
    if (least > most || least > MAX_ITEMS) throw new Impossible("too many items");
    const items = parts.map((it) => it.items).filter(isMap);
    const first = Math.max(...parts.map((it) => it.prefixItems?.length ?? 0));
    const tuple = [];
    for (let n = 0; n < first; n += 1) {
      tuple.push(this.value(parts.map((it) => it.prefixItems?.[n] ?? true), depth + 1));
    }
    const wanted = { all: 2, least: 0, unknown: 1, null: 1, examples: 1, ends: Math.floor(this.random() * 2) * 3,
      random: Math.floor(this.random() * 4) }[this.mode];
    const length = parts.some((it) => it.items === false) ? first
      : Math.min(most, Math.max(least, first, depth > SOFT_DEPTH ? 0 : wanted));
    while (tuple.length < length) {
      const made = [];
      const add = () => made.push(this.value(items, depth + 1));
      if (tuple.length < least) add();
      else attempt(add);
      if (made.length === 0) break;
      tuple.push(...made);
    }
    return { type: "array", prefixItems: tuple, items: false, minItems: tuple.length, maxItems: tuple.length };
  }

  text(parts) {
    const minLength = Math.max(...parts.map((it) => it.minLength ?? 0));
    const maxLength = Math.min(...parts.map((it) => it.maxLength ?? Infinity));
    const pattern = parts.find((it) => it.pattern !== undefined)?.pattern;
    const coded = parts.find((it) => it.contentEncoding !== undefined)?.contentEncoding;
    const format = coded ?? parts.find((it) => it.format !== undefined)?.format;
    if (this.mode === "ends" && pattern === undefined && format === undefined) {
      const fitting = ODD_TEXTS.filter((it) => it.length >= minLength && it.length <= maxLength);
      if (fitting.length > 0) return { const: this.turn("odd", fitting) };
    }
    const bounded = Number.isFinite(maxLength) ? { maxLength } : {};
    return { type: "string", minLength, ...bounded, ...(pattern && { pattern }), ...(format && !pattern && { format }) };
  }

  number(parts, type) {
    const format = parts.find((it) => it.format !== undefined)?.format ?? "";
    const whole = type === "integer" || format in WHOLE || /^(u?int\d*|usize)$/.test(format);
    const range = WHOLE[format] ?? (/^u(int|size)/.test(format) ? [0, SAFE[1]] : whole ? SAFE : [-1e9, 1e9]);
    const step = parts.find((it) => it.multipleOf !== undefined)?.multipleOf ?? (whole ? 1 : 0.25);
    let [low, high] = range;
    for (const it of parts) {
      low = Math.max(low, it.minimum ?? low, it.exclusiveMinimum === undefined ? low : it.exclusiveMinimum + step);
      high = Math.min(high, it.maximum ?? high, it.exclusiveMaximum === undefined ? high : it.exclusiveMaximum - step);
    }
    if (low > high) [low, high] = [Math.max(...parts.map((it) => it.minimum ?? low)), low];
    if (this.mode === "ends") {
      const ends = (whole ? [Math.ceil(low), Math.floor(high)] : [low, high]).filter((it) => it % step === 0);
      if (ends.length > 0) return { const: this.turn("ends", ends) };
    }
    return { type: whole ? "integer" : "number", minimum: low, maximum: high, ...(high - low >= step && { multipleOf: step }) };
  }
}

function attempt(work) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
  }
}

/// The values that all parts list.
function listed(parts) {
  const lists = parts.flatMap((it) => [...(it.const === undefined ? [] : [[it.const]]), ...(it.enum ? [it.enum] : [])]);
  if (lists.length === 0) return undefined;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  return lists[0].filter((value) => lists.every((list) => list.some((it) => same(it, value))));
}

/// The type that the keywords of a schema imply.
function guessed(parts) {
  const says = (...words) => parts.some((it) => words.some((word) => it[word] !== undefined));
  if (says("properties", "patternProperties", "minProperties") || parts.some((it) => it.required?.length > 0)
    || parts.some((it) => isMap(it.additionalProperties))) return ["object"];
  if (says("items", "prefixItems", "minItems", "maxItems")) return ["array"];
  if (says("pattern", "minLength", "maxLength", "contentEncoding", "format")) return ["string"];
  return says("minimum", "maximum", "multipleOf") ? ["number"] : undefined;
}
