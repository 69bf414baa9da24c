// A server that shows each request to judges that others wrote, and prints what they say as lines of JSON.
//
// `node server.mjs DOCUMENT` picks a port and prints {"port", "operations"}; then, for each request,
// {"request", "operation", "objections": {JUDGE: [what it objects to]}}. It ends with its standard input.

import fs from 'node:fs';
import http from 'node:http';
import YAML from 'yaml';
import * as express from './express.mjs';
import * as prism from './prism.mjs';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const print = (line) => process.stdout.write(JSON.stringify(line) + '\n');

/** The document, as if each operation were at the root of this server. */
function read(path) {
  const text = fs.readFileSync(path, 'utf8');
  const document = path.endsWith('.json') ? JSON.parse(text) : YAML.parse(text, { maxAliasCount: -1 });
  document.servers = [{ url: '/' }];
  for (const item of Object.values(document.paths ?? {})) {
    delete item.servers;
    for (const method of METHODS) delete item[method]?.servers;
  }
  return document;
}

function operations(document) {
  const found = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      if (item[method]) found.push(`${method.toUpperCase()} ${path}`);
    }
  }
  return found;
}

/** The request with all of its body. */
async function whole(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method, url, headers, rawHeaders } = incoming;
  return { method, url, headers, rawHeaders, body: Buffer.concat(chunks) };
}

const path = process.argv[2];
// Judges change what they are given, so each reads a copy of its own.
const judges = { 'express-openapi-validator': await express.judge(read(path)), prism: await prism.judge(read(path)) };

const server = http.createServer(async (incoming, response) => {
  const request = await whole(incoming);
  const line = { request: `${request.method} ${request.url}`, operation: null, objections: {} };
  for (const [name, judge] of Object.entries(judges)) {
    const { operation, objections } = await judge(request);
    line.operation ??= operation ?? null;
    line.objections[name] = objections;
  }
  print(line);
  // Nobody is to take this for the response of the document.
  response.writeHead(501, { 'content-type': 'text/plain' });
  response.end('judged');
});

server.listen(0, '127.0.0.1', () => print({ port: server.address().port, operations: operations(read(path)) }));
process.stdin.on('end', () => process.exit(0)).resume();
