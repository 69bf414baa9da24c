// The judge express-openapi-validator, as a server of Express that the request is sent on to.

import http from 'node:http';
import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';

const mime = (request) => (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
const isJson = (request) => /[/+]json$/.test(mime(request));
const isForm = (request) => mime(request) === 'application/x-www-form-urlencoded';
const isMultipart = (request) => mime(request).startsWith('multipart/');

/** Cookies as most servers read them. */
function cookies(request, _response, next) {
  request.cookies = {};
  for (const pair of (request.headers.cookie ?? '').split('; ').filter(Boolean)) {
    const [name, ...value] = pair.split('=');
    request.cookies[name] = decodeURIComponent(value.join('='));
  }
  next();
}

function application(document, tell) {
  const app = express();
  app.set('query parser', 'extended');
  app.use(cookies);
  app.use(express.json({ type: isJson, strict: false, limit: '50mb' }));
  app.use(express.urlencoded({ type: isForm, extended: true }));
  app.use(express.text({ type: (it) => !isJson(it) && !isForm(it) && !isMultipart(it) }));
  app.use(
    OpenApiValidator.middleware({
      apiSpec: document,
      // Documents are judged elsewhere, and have their faults.
      validateApiSpec: false,
      validateRequests: { allErrors: true, allowUnknownQueryParameters: false },
      validateResponses: false,
      fileUploader: {},
    }),
  );
  app.use((request, response) => {
    tell({ operation: operation(request) });
    response.end();
  });
  app.use((error, request, response, _next) => {
    const errors = error.errors ?? [];
    const said = errors.map((it) => (it.path ? `${it.path} ${it.message}` : it.message));
    const objections = said.length ? [...new Set(said)] : [`${error.message}`];
    tell({ operation: operation(request), objections });
    response.end();
  });
  return app;
}

function operation(request) {
  const path = request.openapi?.openApiRoute;
  return path && `${request.method} ${path}`;
}

/** Takes out `nullable` without a `type`, where it has no effect and the judge refuses the whole document. */
function withoutIdleNullable(value) {
  if (value === null || typeof value !== 'object') return;
  if (value.type === undefined) delete value.nullable;
  Object.values(value).forEach(withoutIdleNullable);
}

export async function judge(document) {
  withoutIdleNullable(document);
  let seen = {};
  const tell = (it) => Object.assign(seen, it);
  const inner = http.createServer(application(document, tell));
  await new Promise((listening) => inner.listen(0, '127.0.0.1', listening));
  return async ({ method, url, rawHeaders, body }) => {
    seen = { objections: [] };
    await new Promise((done, failed) => {
      const target = { host: '127.0.0.1', port: inner.address().port, method, path: url, headers: rawHeaders };
      const request = http.request(target, (response) => response.resume().on('end', done));
      request.on('error', failed).end(body);
    });
    return seen;
  };
}
