// The judge Prism, as a library: it finds the operation and looks at the request, and makes up no response.

import prism from '@stoplight/prism-http';

/** The severity of what is wrong. */
const ERROR = 0;

const quiet = { child: () => quiet };
for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']) quiet[level] = () => {};

/** A query as Prism's own server reads it. */
function query(params) {
  const found = {};
  for (const [name, value] of params) {
    found[name] = name in found ? [found[name], value].flat() : value;
  }
  return found;
}

function element({ method, url, headers, body }) {
  const { pathname, searchParams } = new URL(url, 'http://example.com');
  const isJson = /[/+]json\s*(;|$)/i.test(headers['content-type'] ?? '');
  const text = body.length ? body.toString() : null;
  return {
    method: method.toLowerCase(),
    url: { path: pathname, query: query(searchParams) },
    headers,
    body: isJson && text !== null ? JSON.parse(text) : text,
  };
}

export async function judge(document) {
  let operations;
  try {
    operations = await prism.getHttpOperationsFromSpec(document);
  } catch (error) {
    return async () => ({ objections: [`it cannot read the document: ${error.message}`] });
  }
  let operation;
  const mock = ({ resource }) => () => {
    operation = `${resource.method.toUpperCase()} ${resource.path}`;
    return { _tag: 'Right', right: { statusCode: 200, headers: {}, body: '' } };
  };
  const config = { validateRequest: true, validateResponse: false, checkSecurity: true, errors: false, mock: {} };
  const instance = prism.createInstance(config, { logger: quiet, mock });
  return async (request) => {
    operation = undefined;
    try {
      const result = await instance.request(element(request), operations)();
      if (result._tag === 'Left') return { objections: [`${result.left.name} ${result.left.detail}`] };
      // The others are hints, such as those about deprecated parameters.
      const input = result.right.validations.input.filter((it) => it.severity === ERROR);
      return { operation, objections: input.map((it) => `${(it.path ?? []).join('.')} ${it.message}`) };
    } catch (error) {
      return { operation, objections: [`it fails: ${error.message}`] };
    }
  };
}
