import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLabDatabase } from "../../packages/learn/src/servers/lab-database.ts";
import type { LabServer } from "../../packages/learn/src/servers/lab-server.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-lab-database-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A server whose databases are texts; the next copy breaks off in its middle where it is told to. */
function createServer(): LabServer & { readonly databases: Map<string, string>; breaksOff: boolean } {
  const databases = new Map<string, string>();
  return {
    databases,
    breaksOff: false,
    urlOf: (name) => `postgres://ann:secret@localhost/${name}`,
    create: async (name) => void databases.set(name, ""),
    drop: async (name) => void databases.delete(name),
    isBusy: async () => false,
    async copy(from, to) {
      databases.set(to, "");
      if (this.breaksOff) throw new Error("the disk is full");
      databases.set(to, databases.get(from) ?? "");
    },
    list: async (prefix) => [...databases.keys()].filter((name) => name.startsWith(prefix)),
    fingerprint: async (name) => databases.get(name),
    run: async (name, script) => void databases.set(name, script),
  };
}

it("takes a copy that broke off in its middle for none", async () => {
  const server = createServer();
  const database = openLabDatabase(server, "01-some", folder);
  await database.begin();
  await database.run("the rows of the learner");
  server.breaksOff = true;
  await expect(database.keep({ isForced: true })).rejects.toThrow("the disk is full");
  server.breaksOff = false;
  await database.keep({ isForced: true });
  await database.run("something else");
  await database.bringBack();
  expect(server.databases.get(database.name)).toBe("the rows of the learner");
});
