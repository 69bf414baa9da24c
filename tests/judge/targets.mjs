// The schemas of a document that get values, and the examples that stand beside them.

import { below, isMap, reference, resolve } from "./schema.mjs";
import { faceOf } from "./discriminator.mjs";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace", "query"];
const isJson = (media) => /^application\/json$|\+json$/.test(media.split(";")[0].trim().toLowerCase());

/// `{ name, ref, at, examples }` of each: the place in the document, that in the converted one, and what is shown.
export function targets(doc, root) {
  const found = new Map();
  const add = (name, at, examples) => {
    const node = resolve(doc, at);
    if (!isMap(node)) return;
    const target = node.$ref === undefined ? at : reference(String(node.$ref));
    const known = found.get(target) ?? { name, at: target, ref: faceOf(root, target), examples: [] };
    known.examples.push(...examples);
    found.set(target, known);
  };
  for (const name of Object.keys(doc.components?.schemas ?? {})) add(name, below("#/components/schemas", name), []);
  const content = (name, at) => {
    const it = resolve(doc, at);
    for (const [media, one] of Object.entries(isMap(it?.content) ? it.content : {})) {
      if (isJson(media) && isMap(one?.schema)) add(name, below(at, "content", media, "schema"), examples(doc, one));
    }
  };
  const parameters = (name, at) => {
    for (const [index, it] of Object.entries(resolve(doc, at) ?? {})) {
      // A parameter that is shown somewhere; all others are no JSON.
      const shown = isMap(it?.schema) ? [...examples(doc, it), ...examples(doc, it.schema)] : [];
      const inherited = it?.schema?.$ref !== undefined;
      if (shown.length > 0 && !inherited) add(`${name} ${it.name}`, below(at, index, "schema"), shown);
    }
  };
  for (const [path, item] of Object.entries(isMap(doc.paths) ? doc.paths : {})) {
    const at = below("#/paths", path);
    parameters(path, below(at, "parameters"));
    for (const method of METHODS.filter((it) => isMap(item?.[it]))) {
      const name = `${method} ${path}`;
      parameters(name, below(at, method, "parameters"));
      content(`${name} body`, below(at, method, "requestBody"));
      for (const status of Object.keys(item[method].responses ?? {})) {
        content(`${name} ${status}`, below(at, method, "responses", status));
      }
    }
  }
  for (const group of ["responses", "requestBodies"]) {
    for (const name of Object.keys(doc.components?.[group] ?? {})) {
      content(`${group} ${name}`, below("#/components", group, name));
    }
  }
  parameters("parameters", "#/components/parameters");
  return [...found.values()].filter((it) => isMap(resolve(root, it.ref)));
}

/// The values that are shown beside a schema.
function examples(doc, it) {
  const named = isMap(it.examples) ? Object.values(it.examples) : [];
  const values = named.map((each) => (each?.$ref === undefined ? each : resolve(doc, reference(String(each.$ref)))));
  return [...(it.example === undefined ? [] : [it.example]), ...(Array.isArray(it.examples) ? it.examples : []),
    ...values.filter((each) => each?.value !== undefined).map((each) => each.value)];
}
