import assert from "node:assert/strict";

export interface Todo {
  id: number;
  title: string;
  description: string | null;
  is_completed: boolean;
  created_at: string;
  updated_at: string | null;
  deleted_at: string | null;
}

/** What errors say. */
interface ProblemFields {
  type: string;
  title: string;
  status: unknown;
  detail: string;
  errors: { field: string; message: string }[];
}

/** The fields that bodies have, each of them some; the tests find out which. */
export interface Body extends Todo, ProblemFields {
  items: Todo[];
  next_cursor: number | null;
  purged: number;
  command: string;
  state: string;
  database: string[];
  code: string[];
  warning: string;
}

export interface Answer<Fields extends ProblemFields = Body> {
  status: number;
  headers: Headers;
  body: Fields;
}

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

/** The answers that the service describes in /openapi.json, for a path with an id in it. */
function findDescribed({ paths }: Description, method: string, path: string) {
  const asked = path.replace(/\?.*$/, "");
  const fits = (template: string) => new RegExp(`^${template.replace("{id}", "[^/]+")}$`).test(asked);
  const template = asked in paths ? asked : Object.keys(paths).find(fits);
  return template === undefined ? undefined : paths[template]?.[method.toLowerCase()]?.responses;
}

/** Any request to any of the routes may end so, whatever it is about. */
const ALWAYS = new Set([400, 413, 415, 503]);

/** Sends requests, and looks at each answer: is it one that the service describes? */
export class Client<Fields extends ProblemFields = Body> {
  readonly #parts: { origin: string };
  #description: Promise<Description> | undefined;

  constructor(parts: { origin: string }) {
    this.#parts = parts;
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Answer<Fields>> {
    const { origin } = this.#parts;
    const response = await fetch(`${origin}/api/v1${path}`, { method, ...init });
    const text = await response.text();
    const { status, headers } = response;
    const answer = { status, headers, body: text === "" ? undefined : JSON.parse(text) };
    this.#description ??= fetch(`${origin}/openapi.json`).then((found) => found.json() as Promise<Description>);
    const described = findDescribed(await this.#description, method, `/api/v1${path}`);
    if (described !== undefined && !ALWAYS.has(status)) {
      assert.ok(described[status], `${method} ${path} answers ${status}, which /openapi.json does not mention`);
      const [type] = Object.keys(described[status].content ?? {});
      assert.equal(headers.get("content-type") ?? undefined, type, `the type of ${method} ${path}`);
    }
    if (status >= 400) assertProblem(answer);
    return answer;
  }

  sendJson(method: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<Answer<Fields>> {
    const headers = { "Content-Type": "application/json", ...more };
    return this.send(method, path, { headers, body: JSON.stringify(body) });
  }

  get(path: string): Promise<Answer<Fields>> {
    return this.send("GET", path);
  }

  post(path: string, body?: unknown): Promise<Answer<Fields>> {
    return body === undefined ? this.send("POST", path) : this.sendJson("POST", path, body);
  }

  patch(path: string, body: unknown): Promise<Answer<Fields>> {
    return this.sendJson("PATCH", path, body);
  }

  delete(path: string): Promise<Answer<Fields>> {
    return this.send("DELETE", path);
  }

  /** Creates a todo that nothing stands against. */
  async create(title: string, more: object = {}): Promise<Fields> {
    const { status, body } = await this.post("/todos", { title, ...more });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }
}

function assertProblem({ status, headers, body }: Answer<ProblemFields>): void {
  assert.equal(headers.get("content-type"), "application/problem+json");
  assert.equal(body.type, "about:blank");
  assert.equal(body.status, status);
  assert.equal(typeof body.title, "string");
  assert.match(body.detail, /^[A-Z].*\S$/);
}

/** How often each status came. */
export function countStatuses(answers: { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
