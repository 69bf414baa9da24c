// Makes values of all schemas of documents and lets Ajv judge them: `make.mjs SEED COUNT`, with lines
// `DOCUMENT<tab>FOLDER` on standard input. FOLDER gets `overlay.json`, which gives each schema a type of a known
// name, `values.jsonl` with what is valid, and `facts.json`.

import { readFileSync, writeFileSync } from "node:fs";
import { generateSync } from "json-schema-faker";
import { parse } from "yaml";
import { allowances } from "./keep.mjs";
import { convert, isMap, resolve } from "./schema.mjs";
import { Impossible, MODES, Shapes } from "./shape.mjs";
import { targets } from "./targets.mjs";
import { validator } from "./validator.mjs";

const [seed, count] = process.argv.slice(2).map(Number);
const MAX_VARIANTS = 60;
const MAX_EXAMPLES = 20;
const MAX_CHARACTERS = 100_000;

function read(path) {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  if (text.trimStart().startsWith("{")) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML may begin with a brace too.
    }
  }
  return parse(text, { merge: true, maxAliasCount: -1, uniqueKeys: false, logLevel: "silent" });
}

function one(doc, folder) {
  const { root, places } = convert(isMap(doc) ? doc : {});
  const strict = validator(root, false);
  const loose = validator(root, true);
  const counts = { schemas: 0, values: 0, examples: 0, invalid: 0, without: [] };
  const lines = [];
  const chosen = [];
  for (const [number, target] of targets(doc, root).entries()) {
    const values = valuesOf(target, { root, places, strict, loose, counts, seed: seed + 1000 * number });
    if (values.length === 0) {
      counts.without.push(target.name);
      continue;
    }
    counts.schemas += 1;
    chosen.push([number, target.at]);
    for (const it of values) {
      const kept = allowances(root, loose, target.ref, it.value);
      lines.push(JSON.stringify({ number, name: target.name, text: JSON.stringify(it.value), ...kept,
        example: it.example }));
    }
  }
  const facts = { counts, ...known(root) };
  writeFileSync(`${folder}/overlay.json`, JSON.stringify(overlay(chosen)));
  writeFileSync(`${folder}/values.jsonl`, lines.map((it) => `${it}\n`).join(""));
  writeFileSync(`${folder}/facts.json`, JSON.stringify(facts));
  return facts;
}

/// The valid ones of the values that are made of a schema, and of the examples that stand beside it.
function valuesOf(target, cx) {
  const schema = resolve(cx.root, target.ref);
  const random = numbers(cx.seed);
  const shapes = new Shapes(cx.root, random, (it, value) => cx.loose(cx.places.get(it), value) === true);
  const faker = (shape) => generateSync(shape, { seed: Math.floor(random() * 2 ** 31), formats: FORMATS, maxDepth: 400,
    validateSchemaVersion: false, resolveJsonPath: false });
  shapes.key = (shape) => attempt(() => faker(shape));
  const found = new Map();
  const judge = (value, example) => {
    const text = JSON.stringify(value);
    if (value === undefined || text.length > MAX_CHARACTERS || found.has(text)) return;
    const valid = cx.strict(target.ref, value);
    if (valid || cx.loose(target.ref, value)) {
      found.set(text, { value, example });
      cx.counts.values += 1;
      cx.counts.examples += Number(example);
    } else if (!example) cx.counts.invalid += 1;
  };
  target.examples.slice(0, MAX_EXAMPLES).forEach((it) => judge(it, true));
  const variants = Math.min(MAX_VARIANTS, (schema.oneOf ?? schema.anyOf ?? []).length);
  const plan = Array.from({ length: count }, (_, index) => MODES[index % MODES.length]);
  for (const mode of ["all", "least", "unknown"]) for (let n = 1; n < variants; n += 1) plan.push(mode);
  for (const mode of plan) {
    const shape = attempt(() => shapes.of(schema, mode));
    if (shape !== undefined) judge(attempt(() => faker(shape)), shapes.shown);
  }
  return [...found.values()];
}

/// Formats that clients read and json-schema-faker does not know.
const digits = (most) => (random) => String(random.int(0, most));
const base64 = (random) => Buffer.from(Array.from({ length: random.int(0, 12) }, () => random.int(0, 255))).toString("base64");
const base64url = (random) => base64(random).replaceAll("+", "-").replaceAll("/", "_");
const FORMATS = { byte: base64, base64, base64url, int64: digits(2 ** 31),
  uint64: digits(2 ** 31), int32: digits(2 ** 15), uint32: digits(2 ** 15), decimal: digits(1000), double: digits(1000) };

function attempt(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof Impossible || error.name === "Error") return undefined;
    throw error;
  }
}

/// Numbers below 1 from a seed.
function numbers(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = Math.imul(state ^ (state >>> 15), state | 1);
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61);
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32;
  };
}

/// The texts of all enums, and the properties that have a single value.
function known(root) {
  const texts = new Set();
  const constants = new Map();
  const look = (it) => {
    if (Array.isArray(it)) return it.forEach(look);
    if (!isMap(it)) return;
    for (const text of [it.enum ?? [], it.const ?? []].flat()) if (typeof text === "string") texts.add(text);
    for (const [name, each] of Object.entries(isMap(it.properties) ? it.properties : {})) {
      const value = each?.const ?? (each?.enum?.length === 1 ? each.enum[0] : undefined);
      if (value !== undefined) constants.set(JSON.stringify([name, value]), [name, value]);
    }
    Object.values(it).forEach(look);
  };
  look(root);
  return { enums: [...texts], constants: [...constants.values()] };
}

function overlay(chosen) {
  const schemas = {};
  const paths = {};
  for (const [number, ref] of chosen) {
    schemas[`JudgeT${number}`] = { type: "object", required: ["v"], properties: { v: { $ref: ref } } };
    const content = { "application/json": { schema: { $ref: `#/components/schemas/JudgeT${number}` } } };
    paths[`/judge/t${number}`] = { get: { operationId: `judgeGet${number}`,
      responses: { 200: { description: "the value", content } } } };
  }
  return { overlay: "1.0.0", info: { title: "a type for each schema", version: "1" },
    actions: [{ target: "$", update: { components: { schemas }, paths } }] };
}

for (const line of readFileSync(0, "utf8").split("\n").filter((it) => it !== "")) {
  const [document, folder] = line.split("\t");
  const facts = one(read(document), folder);
  console.log(JSON.stringify({ document, ...facts.counts }));
}
