// The contract (openapi.yaml) as a checker of exchanges. It shares no code with the client, nor with the sandbox.
import { readFileSync } from "node:fs";

import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

export const contract = parse(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8"), { merge: true });

const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
ajv.addSchema(contract, "contract");

function errors(schema, value, where) {
  const validate = schema.$ref ? ajv.getSchema(`contract${schema.$ref}`) : ajv.compile(schema);
  if (validate(value)) return [];
  return validate.errors.map(({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** What a `$ref` of the document stands for. */
function resolve(part) {
  if (!part?.$ref) return part;
  const names = part.$ref.slice(2).split("/");
  return names.reduce((found, name) => found[name], contract);
}

/** The operation of a method and a path. */
export function operation(method, path) {
  for (const [template, operations] of Object.entries(contract.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`);
    if (pattern.test(path)) return operations[method.toLowerCase()];
  }
  return undefined;
}

/** What is wrong with a request. `headers` are lower-case names and values; `body` is its text. */
export function requestProblems({ method, path, query, headers, body }) {
  const found = operation(method, path);
  if (!found) return [`${method} ${path} is no operation`];
  const where = `${method} ${path}`;
  const problems = [];

  const parameters = (found.parameters ?? []).map(resolve).filter((parameter) => parameter.in === "query");
  const seen = new Set();
  for (const [name, text] of new URLSearchParams(query)) {
    const parameter = parameters.find((parameter) => parameter.name === name);
    const value = parameter?.schema.type === "integer" ? Number(text) : text;
    if (!parameter || seen.has(name)) problems.push(`${where}: the parameter ${name} is unknown or given twice`);
    else problems.push(...errors(parameter.schema, value, `${where}?${name}`));
    seen.add(name);
  }

  const known = new Map(Object.entries(contract.components.headers).map(([name, { schema }]) => [name.toLowerCase(), schema]));
  for (const [name, value] of Object.entries(headers)) {
    if (!known.has(name)) problems.push(`${where}: the header ${name} is unknown`);
    else problems.push(...errors(known.get(name), value, `${where} ${name}`));
  }
  const wanted = found.security ? ["email", "accesstoken"] : ["authorization"];
  const others = found.security ? ["authorization"] : ["email", "accesstoken"];
  if (found.requestBody) wanted.push("content-type");
  for (const name of wanted) if (!(name in headers)) problems.push(`${where}: the header ${name} is missing`);
  for (const name of others) if (name in headers) problems.push(`${where}: the header ${name} has no place here`);

  if (!found.requestBody) return body === "" ? problems : [...problems, `${where}: there is no body`];
  const { schema } = found.requestBody.content["application/json"];
  return [...problems, ...errors(schema, read(body), `${where} body`)];
}

/** What is wrong with an answer; `camel`: its keys are to be in camelCase, and are compared by their letters. */
export function answerProblems({ method, path, status, headers, body }, camel = false) {
  const response = resolve(operation(method, path)?.responses[status]);
  const where = `${method} ${path} ${status}`;
  if (!response) return [`${where} is no answer`];
  const problems = [];
  for (const [name, { schema }] of Object.entries(response.headers ?? {})) {
    problems.push(...errors(schema, headers.get(name) ?? undefined, `${where} ${name}`));
  }
  const [[type, { schema }]] = Object.entries(response.content);
  if (!headers.get("content-type")?.startsWith(type)) problems.push(`${where}: the content is no ${type}`);
  if (type !== "application/json") return problems;
  let value = read(body);
  if (camel) {
    problems.push(...capitals(value).map((key) => `${where}: the key ${key} is no camelCase`));
    value = documented(value);
  }
  return [...problems, ...errors(schema, value, `${where} body`)];
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every key of the contract by its lower-case letters. */
const spellings = new Map();
visit(contract.components.schemas, (part) => {
  for (const key of Object.keys(part.properties ?? {})) spellings.set(key.toLowerCase(), key);
});

/** The same value with its keys as the contract spells them. */
function documented(value) {
  if (Array.isArray(value)) return value.map(documented);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [spellings.get(key.toLowerCase()) ?? key, documented(of)]));
}

function capitals(value) {
  const found = [];
  visit(value, (part) => {
    if (!Array.isArray(part)) found.push(...Object.keys(part).filter((key) => /^[A-Z]/.test(key)));
  });
  return found;
}

/** Calls for every object and array in a value, itself included. */
export function visit(value, call, path = []) {
  if (value === null || typeof value !== "object") return;
  call(value, path);
  for (const [key, part] of Object.entries(value)) visit(part, call, [...path, key]);
}
