import { join } from "node:path";
import { after, before, beforeEach } from "node:test";
import { openTestProject, type Service } from "../../../00_personal_todo/tests/support/test-project.ts";
import { openDatabase } from "../../app/core/database.ts";

export const project = openTestProject(join(import.meta.dirname, "../.."));

/** The service that the tests ask, and a way to its database beside it. Every test begins with empty tables. */
export const service = { origin: "", db: openDatabase(project.databaseUrl) };

export async function emptyTables(): Promise<void> {
  for (const table of ["todos", "lists", "idempotency_keys"] as const) await service.db.deleteFrom(table).execute();
}

let running: Service | undefined;

before(async () => {
  await project.upgradeTo("head");
  running = await project.startService(project.databaseUrl);
  service.origin = running.origin;
});

beforeEach(emptyTables);

after(async () => {
  await running?.stop();
  await service.db.destroy();
  project.remove();
});
