// Says in JSON Schema what discriminators mean: which text stands for which variant, and who extends a base.

import { below, isMap, reference, resolve } from "./schema.mjs";

/// Where components stand as they are read where nothing extends them: with their tag, or as one of their heirs.
const FACES = "x-faces";

/// Rewrites the unions and bases of a converted document.
export function compose(root, all) {
  if (root.asyncapi !== undefined) for (const it of all) asyncapi(root, it);
  const schemas = isMap(root.components?.schemas) ? root.components.schemas : {};
  const cx = { root, schemas, names: new Map(), extends: new Map(), alone: new Map(),
    raw: new Set() };
  for (const name of Object.keys(schemas)) cx.names.set(below("#/components/schemas", name), name);
  for (const name of Object.keys(schemas)) cx.extends.set(name, bases(cx, name));
  for (const it of all) for (const word of ["oneOf", "anyOf"]) union(cx, it, word);
  const faces = (root[FACES] = {});
  for (const make of [heirs, alone]) for (const name of Object.keys(schemas)) {
    const face = faces[name] ?? make(cx, name);
    if (face) faces[name] = face;
  }
  for (const it of Object.values(schemas)) extensions(it, cx.raw);
  for (const it of all) {
    const name = cx.names.get(it.$ref);
    if (Object.hasOwn(faces, name ?? "") && !cx.raw.has(it)) it.$ref = below("#", FACES, name);
  }
}

/// Says in the words of OpenAPI what AsyncAPI says in others: the discriminator is the name of a property alone, and a
/// variant may be a message, whose values are those of its payload.
function asyncapi(root, it) {
  const payload = (ref) => {
    const isMessage = typeof ref === "string" && /^#\/components\/messages\/[^/]+$/.test(ref);
    return isMessage && isMap(resolve(root, ref)?.payload) ? below(ref, "payload") : ref;
  };
  if (typeof it.discriminator === "string") it.discriminator = { propertyName: it.discriminator };
  const mapping = it.discriminator?.mapping;
  if (isMap(mapping)) for (const [tag, ref] of Object.entries(mapping)) mapping[tag] = payload(ref);
  if (it.$ref !== undefined) it.$ref = payload(it.$ref);
}

/// The place where values of a component are judged.
export const faceOf = (root, ref) => {
  const name = ref.slice(ref.lastIndexOf("/") + 1);
  return ref.startsWith("#/components/schemas/") && resolve(root, `#/${FACES}/${name}`) ? `#/${FACES}/${name}` : ref;
};

/// The components that a component extends, directly or not.
function bases(cx, name) {
  const found = new Set();
  const todo = [cx.schemas[name]];
  while (todo.length > 0) {
    for (const it of todo.pop()?.allOf ?? []) {
      const base = cx.names.get(it?.$ref);
      if (base === undefined) todo.push(it);
      else if (base !== name && !found.has(base)) {
        found.add(base);
        todo.push(cx.schemas[base]);
      }
    }
  }
  return found;
}

/// [tag, reference] of each entry of a mapping; entries that lead nowhere have no reference.
function mapping(cx, it) {
  return Object.entries(isMap(it.mapping) ? it.mapping : {}).map(([tag, target]) => [tag, targetOf(cx, String(target))]);
}

/// The target of a text in a mapping: a place, a component, or the component that was once a file of its name.
function targetOf(cx, text) {
  if (text.startsWith("#/") && isMap(resolve(cx.root, reference(text)))) return reference(text);
  const last = text.split(/[#/]/).filter((it) => it !== "").pop() ?? "";
  const name = [text, last, last.replace(/\.(ya?ml|json)$/i, "")].find((it) => Object.hasOwn(cx.schemas, it));
  return name === undefined ? undefined : below("#/components/schemas", name);
}

/// The tags of a variant; none if an entry that leads nowhere may be its own.
function tagsOf(cx, it, ref) {
  const entries = mapping(cx, it);
  const tags = entries.filter(([, target]) => target === ref).map(([tag]) => tag);
  if (tags.length > 0) return tags;
  const name = cx.names.get(ref);
  return name === undefined || entries.some(([, target]) => target === undefined) ? undefined : [name];
}

const discriminatorOf = (it) => (typeof it?.discriminator?.propertyName === "string" ? it.discriminator : undefined);
/// The discriminator of a base: its own, or that of a member that is part of it and no reference.
function baseOf(it) {
  if (!isMap(it) || isUnion(it) || it.$ref !== undefined) return undefined;
  return discriminatorOf(it) ?? (it.allOf ?? []).map(baseOf).find((each) => each !== undefined);
}
const isUnion = (it) => Array.isArray(it?.oneOf ?? it?.anyOf);

/// A variant as it is read in a union. With a discriminator no value fits two, whatever else the variants say.
function union(cx, it, word) {
  const discriminator = discriminatorOf(it);
  if (!discriminator || !Array.isArray(it[word])) return;
  const members = variants(cx, discriminator, it[word], 0).map((each) => member(cx, each));
  delete it[word];
  it.anyOf = word === "anyOf" || it.anyOf === undefined ? members : [...it.anyOf, ...members];
}

/// Each variant of a union with the tags that it has: `{ ref, tags: [[property, tags]] }`, or what stands there.
function variants(cx, discriminator, members, depth) {
  const property = discriminator.propertyName;
  const typed = members.find((it) => declared(cx, it, property, 0) !== undefined);
  return members.flatMap((it) => {
    const target = it?.$ref === undefined ? undefined : resolve(cx.root, it.$ref);
    if (target === undefined || depth > 8) return [{ it }];
    const entries = mapping(cx, discriminator);
    const named = entries.some(([, ref]) => ref === it.$ref);
    const inner = isUnion(target) ? discriminatorOf(target) : baseOf(target);
    // A union below tells its variants apart by the same property, unless it names one.
    if (!named && isUnion(target) && !target.properties) {
      const below = variants(cx, inner ?? discriminator, target.oneOf ?? target.anyOf, depth + 1);
      if (!inner || inner.propertyName === property) return below;
      const outer = (ref) => entries.filter(([, target]) => target === ref).map(([tag]) => tag);
      return below.map((each) => (each.ref === undefined || outer(each.ref).length === 0 ? each
        : { ...each, tags: [...each.tags, [property, outer(each.ref)]] }));
    }
    if (!named && inner) return [{ it }];
    const tags = tagsOf(cx, discriminator, it.$ref);
    return [tags === undefined ? { it: false } : { ref: it.$ref, tags: [[property, tags]], typed }];
  });
}

function member(cx, { it, ref, tags, typed }) {
  if (ref === undefined) return it;
  const target = resolve(cx.root, ref);
  if (!isUnion(target)) for (const [property, each] of tags) remember(cx, ref, property, each);
  return { allOf: [raw(cx, ref), ...tags.map(([property, each]) => tagged(cx, [target, typed], property, each))] };
}

/// A reference to a component as it is extended, without what its tag must be.
function raw(cx, ref) {
  const it = { $ref: ref };
  cx.raw.add(it);
  return it;
}

function remember(cx, ref, property, tags) {
  const known = cx.alone.get(ref) ?? cx.alone.set(ref, new Map()).get(ref);
  known.set(property, [...new Set([...(known.get(property) ?? []), ...tags])]);
}

/// The schema that a tag adds to a variant, in the type that the first of the schemas gives the property.
function tagged(cx, targets, property, tags) {
  const known = targets.map((it) => declared(cx, it, property, 0)).filter(isMap);
  const listed = known.flatMap((it) => [it.const ?? [], it.enum ?? []].flat());
  const types = [known.find((it) => it.type !== undefined)?.type ?? "string"].flat();
  const typed = (tag) => {
    const same = listed.find((it) => String(it).toLowerCase() === tag.toLowerCase() || it === Number(tag));
    if (same !== undefined) return listed.includes(tag) ? tag : same;
    if (types.includes("string")) return tag;
    if (types.includes("boolean")) return tag.toLowerCase() === "true";
    return Number(tag);
  };
  return { properties: { [property]: { enum: tags.map(typed) } }, required: [property] };
}

/// The schema of a property, also of what is extended.
function declared(cx, it, property, depth) {
  if (!isMap(it) || depth > 16) return undefined;
  if (it.$ref !== undefined) return declared(cx, resolve(cx.root, it.$ref), property, depth + 1);
  const own = it.properties?.[property];
  if (own !== undefined) return own.$ref === undefined ? own : resolve(cx.root, own.$ref);
  for (const part of [...(it.allOf ?? []), ...(it.anyOf ?? [])]) {
    const found = declared(cx, part, property, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/// A base without a union of its own is one of those that extend it.
function heirs(cx, name) {
  const own = cx.schemas[name];
  const discriminator = baseOf(own);
  if (!discriminator) return undefined;
  const ref = below("#/components/schemas", name);
  const entries = mapping(cx, discriminator);
  const extending = [...cx.extends].filter(([, found]) => found.has(name)).map(([it]) => it);
  const all = entries.length > 0 ? entries : extending.map((it) => [it, below("#/components/schemas", it)]);
  const members = all.filter(([, target]) => target !== undefined).map(([tag, target]) => {
    if (target !== ref) remember(cx, target, discriminator.propertyName, [tag]);
    const parts = [...new Set([ref, target])].map((it) => raw(cx, it));
    return { allOf: [...parts, tagged(cx, [own], discriminator.propertyName, [tag])] };
  });
  return members.length > 0 ? { anyOf: members } : undefined;
}

/// A component that is a variant has its tag also where it stands alone.
function alone(cx, name) {
  const ref = below("#/components/schemas", name);
  const own = cx.schemas[name];
  const tags = new Map(cx.alone.get(ref) ?? []);
  const implied = new Map();
  for (const base of cx.extends.get(name)) {
    const discriminator = baseOf(cx.schemas[base]);
    const found = discriminator && tagsOf(cx, discriminator, ref);
    if (!found) continue;
    const property = discriminator.propertyName;
    const stated = mapping(cx, discriminator).some(([, target]) => target === ref);
    const known = stated ? tags : implied;
    known.set(property, [...new Set([...(known.get(property) ?? []), ...found])]);
  }
  // The name is the tag only where no base says another one.
  for (const [property, found] of implied) if (!tags.has(property)) tags.set(property, found);
  const added = [...tags].filter(([property]) => declared(cx, own, property, 0) !== undefined);
  if (added.length === 0 || isUnion(own)) return undefined;
  return { allOf: [raw(cx, ref), ...added.map(([property, values]) => tagged(cx, [own], property, values))] };
}

/// The references by which a component extends others.
function extensions(it, found) {
  for (const part of it?.allOf ?? []) {
    if (part?.$ref !== undefined) found.add(part);
    else extensions(part, found);
  }
}
