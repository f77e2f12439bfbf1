import { join } from "node:path";
import { after, before, beforeEach } from "node:test";
import { openDatabase } from "../../app/core/database.ts";
import { openTestProject, type Service } from "./test-project.ts";

export const project = openTestProject(join(import.meta.dirname, "../.."));

/** The service that the tests ask, and a way to its database beside it. Every test begins without todos. */
export const service = { origin: "", db: openDatabase(project.databaseUrl) };

let running: Service | undefined;

before(async () => {
  await project.upgradeTo("head");
  running = await project.startService(project.databaseUrl);
  service.origin = running.origin;
});

beforeEach(async () => {
  await service.db.deleteFrom("todos").execute();
});

after(async () => {
  await running?.stop();
  await service.db.destroy();
  project.remove();
});
