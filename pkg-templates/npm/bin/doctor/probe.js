// Requests as they are, for an answer's status, headers and keys are what is looked at here, not what the client makes of them.
import { clientOf } from "../account.js";
import { Refusal } from "../fault.js";
import { member } from "./answer.js";

const TIMEOUT_MS = 60_000;

export class Probe {
  /** Every answer so far. */
  answers = [];
  /** The answer to the request for a token. */
  token;
  /** Whether a token was good for more than one request. */
  isReused = true;
  #settings;
  #base;
  #value;

  constructor(account) {
    this.#settings = account.settings;
    // The client's own rules for addresses hold here too, that of credentials over http: above all.
    clientOf(account).free();
    this.#base = String(account.settings.baseUrl).replace(/(\/v1)?\/*$/i, "");
  }

  /** Asks for a token; refuses where there is none to go on with. */
  async open() {
    const { email, accessToken } = this.#settings.credentials;
    this.token = await this.#send("POST", "/v1/Tokens", { headers: { Email: email, AccessToken: accessToken } });
    this.#value = member(this.token.json, "Value") ?? longestText(this.token.json);
    if (this.token.status < 300 && typeof this.#value === "string") return;
    const { status } = this.token;
    const advice = status === 401 || status === 403 ? "The API refuses the credentials." : status === 404 ? "Is the address right?" : "Without one nothing else can be looked at.";
    throw new Refusal(`No token is to be had: POST /v1/Tokens is answered with ${status}. ${advice}`);
  }

  /** A client that has this token, whatever the API called it. */
  client(profile) {
    const { fetch, baseUrl } = this.#settings;
    const settings = { ...(fetch && { fetch }), baseUrl };
    return clientOf({ settings }, { headers: { Authorization: `Bearer ${this.#value}` }, maxRetries: 0, ...(profile && { profile }) });
  }

  get(path) {
    return this.request("GET", path);
  }

  async request(method, path, body) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const answer = await this.#send(method, path, { headers: { ...headers, Authorization: `Bearer ${this.#value}` }, body });
    if (answer.status !== 401) return answer;
    this.isReused = false;
    await this.open();
    return this.#send(method, path, { headers: { ...headers, Authorization: `Bearer ${this.#value}` }, body });
  }

  /** With a token that nobody gave out. */
  stranger(path) {
    return this.#send("GET", path, { headers: { Authorization: "Bearer not-a-token" } });
  }

  async #send(method, path, { headers, body }) {
    const fetch = this.#settings.fetch ?? globalThis.fetch;
    const begun = Date.now();
    let response;
    let text;
    try {
      response = await fetch(`${this.#base}${path}`, { method, headers, body, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
      text = await response.text();
    } catch (error) {
      throw new Refusal(`${method} ${path.split("?")[0]} got no answer (${error?.cause?.code ?? error?.name ?? "unknown"}).`);
    }
    const answer = { method, path, status: response.status, headers: response.headers, json: parsed(text), begun, ended: Date.now() };
    this.answers.push(answer);
    return answer;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function longestText(json) {
  const texts = Object.values(json ?? {}).filter((value) => typeof value === "string");
  return texts.sort((a, b) => b.length - a.length)[0];
}
