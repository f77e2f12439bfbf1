import assert from "node:assert/strict";
import { Client, type Answer, type Body } from "../../../00_personal_todo/tests/support/client.ts";
import { service } from "./service.ts";

/** The fields that bodies have, each of them some. Lists have no description, and todos no `deleted_todos`. */
export interface Fields extends Omit<Body, "items" | "next_cursor"> {
  version: number;
  deletion_id: string | null;
  purge_at: string | null;
  list_id: number | null;
  deleted_todos: number;
  items: Fields[];
  next_cursor: string | null;
  blocking_id: number;
  fix: string;
  purged_lists: number;
  forgotten_answers: number;
}

export type SharedAnswer = Answer<Fields>;

class SharedClient extends Client<Fields> {
  /** Creates a list that nothing stands against. */
  async createList(title: string): Promise<Fields> {
    const { status, body } = await this.post("/lists", { title });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  /** Changes something, whatever version it has. */
  change(path: string, changes: unknown, etag = "*"): Promise<SharedAnswer> {
    return this.sendJson("PATCH", path, changes, { "If-Match": etag });
  }

  postOnce(path: string, key: string, body: unknown): Promise<SharedAnswer> {
    return this.sendJson("POST", path, body, { "Idempotency-Key": key });
  }

  /** Moves something to the trash. */
  async trash(path: string): Promise<Fields> {
    const { status, body } = await this.delete(path);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }
}

export const api = new SharedClient(service);

export const titlesOf = ({ items }: Fields): string[] => items.map(({ title }) => title);

/** The titles of all live todos. */
export const liveTitles = async (): Promise<string[]> => titlesOf((await api.get("/todos?limit=100")).body).toSorted();

/** The titles of all todos in the trash. */
export const deadTitles = async (): Promise<string[]> => titlesOf((await api.get("/trash?limit=100")).body).toSorted();
