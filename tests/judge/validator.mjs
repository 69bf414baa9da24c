// Ajv as the judge of values: by the place of a schema in a converted document.

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isMap } from "./schema.mjs";

/// Validates values at places of `root`. Loosely, `oneOf` is `anyOf`: authors rarely see to it that no value fits two.
export function validator(root, loosely) {
  const made = [true, false].map((unicode) => program(loosely ? loosened(root) : root, unicode));
  const compiled = new Map();
  const compile = (at) => {
    for (const ajv of made) {
      try {
        return ajv.compile({ $ref: `doc${at}` });
      } catch {
        // A pattern may be written for regular expressions without Unicode: the second program takes those.
      }
    }
    return undefined;
  };
  return (place, value) => {
    const at = loosely ? place.replaceAll("/oneOf/", "/anyOf/") : place;
    if (!compiled.has(at)) compiled.set(at, compile(at));
    try {
      return compiled.get(at)?.(value);
    } catch {
      return false;
    }
  };
}

function program(root, unicodeRegExp) {
  const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, messages: false, inlineRefs: false,
    unicodeRegExp, discriminator: false });
  addFormats(ajv);
  ajv.addSchema(root, "doc");
  return ajv;
}

function loosened(it) {
  if (Array.isArray(it)) return it.map(loosened);
  if (!isMap(it)) return it;
  const out = Object.fromEntries(Object.entries(it).map(([word, each]) => [word, loosened(each)]));
  if (Array.isArray(out.oneOf)) {
    const choice = { anyOf: out.oneOf };
    delete out.oneOf;
    if (out.anyOf === undefined) out.anyOf = choice.anyOf;
    else out.allOf = [...(out.allOf ?? []), choice];
  }
  return out;
}
