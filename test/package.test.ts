import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { checkTypes } from "../tools/walkthrough/check-types.ts";
import { openWorkshop, PROJECT_KINDS, type ProjectKind, type Workshop } from "../tools/walkthrough/create-project.ts";
import { followDocument, type Reader } from "../tools/walkthrough/follow-document.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";

const PACKAGE = fileURLToPath(new URL("../packages/limbeck", import.meta.url));
const README = readDocument("packages/limbeck/README.md", readFileSync(join(PACKAGE, "README.md"), "utf8"));

const KILOBYTE = 1024;

/** What each entry is there for. */
const ENTRIES = [
  ["limbeck", ["defineConfig", "LimbeckError"]],
  ["limbeck/commands", ["openEnvironment", "createRevision", "upgrade"]],
  ["limbeck/schema", ["table", "integer", "timestamp"]],
  ["limbeck/sqlite", ["openSqlite"]],
  ["limbeck/kysely", ["kyselyDialect", "kyselyFor"]],
  ["limbeck/testing", ["conformanceTests"]],
] as const;

/** Every kind of value goes to SQLite and comes back as the type says that it does. */
const ROUND_TRIP = `
import { Kysely } from "kysely";
import { kyselyDialect } from "limbeck/kysely";
import { bigint, boolean, bytes, date, decimal, integer, json, table, timestamp, uuid, type Infer } from "limbeck/schema";
import { openSqlite } from "limbeck/sqlite";

const kinds = table("kinds", {
  id: integer().primaryKey().autoIncrement(),
  big: bigint().notNull(),
  flag: boolean().notNull(),
  at: timestamp({ timezone: true }).notNull(),
  day: date().notNull(),
  price: decimal(10, 2).notNull(),
  settings: json<{ readonly tags: readonly string[] }>().notNull(),
  key: uuid().notNull(),
  data: bytes().notNull(),
  note: integer(),
});

const connection = await openSqlite("sqlite:kinds.db");
await connection.execute(
  "CREATE TABLE kinds (id INTEGER PRIMARY KEY, big BIGINT, flag BOOLEAN, at TIMESTAMP WITH TIME ZONE, day DATE, " +
    "price DECIMAL(10,2), settings JSON, key UUID, data BLOB, note INTEGER)",
);
await connection.close();

const db = new Kysely<Infer<{ kinds: typeof kinds }>>({ dialect: kyselyDialect("sqlite:kinds.db") });
const at = new Date("2026-01-02T03:04:05.678Z");
await db
  .insertInto("kinds")
  .values({ big: 2n ** 62n, flag: false, at, day: "2026-01-02", price: "12.50", settings: { tags: ["a"] }, key: "k", data: new Uint8Array([7]) })
  .execute();
const row = await db.selectFrom("kinds").selectAll().where("at", "=", at).executeTakeFirstOrThrow();
const big: bigint = row.big;
const flag: boolean = row.flag;
const moment: Date = row.at;
const price: string = row.price;
const tags: readonly string[] = row.settings.tags;
const data: Uint8Array = row.data;
const note: number | null = row.note;
// @ts-expect-error a timestamp is a Date, not a text
const text: string = row.at;
// @ts-expect-error what is neither nullable nor has a default must be given
db.insertInto("kinds").values({ flag: true });
console.log(JSON.stringify([String(big), flag, moment.toISOString(), row.day, price, tags, row.key, [...data], note, text === undefined]));
await db.destroy();
`;

let workshop: Workshop;
let readers: ReadonlyMap<ProjectKind, Reader>;
beforeAll(async () => {
  workshop = openWorkshop();
  readers = new Map(PROJECT_KINDS.map((kind) => [kind, workshop.createProject(kind)]));
  await Promise.all([...readers.values()].map((reader) => followDocument(README, reader)));
  return () => workshop.remove();
  // Two installations, each of which follows the whole README: that took 40 to 60 seconds beside other work.
}, 240_000);

function getReader(kind: ProjectKind): Reader {
  const reader = readers.get(kind);
  if (!reader) throw new Error(`No project of type ${kind}`);
  return reader;
}

/** Runs a program in a project; what it writes to stderr comes in front of what it writes to stdout, so that a warning is seen. */
function run({ folder, env }: Reader, command: string, ...args: readonly string[]): string {
  return execFileSync("sh", ["-c", 'exec "$@" 2>&1', "sh", command, ...args], { cwd: folder, env, encoding: "utf8" });
}

function readManifest(): Readonly<Record<string, unknown>> {
  const text = execFileSync("tar", ["-xzOf", workshop.tarball, "package/package.json"], { encoding: "utf8" });
  const manifest: unknown = JSON.parse(text);
  return { ...Object(manifest) };
}

describe("the tarball", () => {
  it("is small, and needs at most three other packages", () => {
    expect(statSync(workshop.tarball).size).toBeLessThan(1500 * KILOBYTE);
    const { dependencies = {}, optionalDependencies = {}, bundledDependencies, scripts = {} } = readManifest();
    expect(Object.keys({ ...Object(dependencies), ...Object(optionalDependencies) }).length).toBeLessThanOrEqual(3);
    expect(bundledDependencies).toBeUndefined();
    expect(Object.keys(Object(scripts)).filter((name) => /install|prepare/.test(name))).toEqual([]);
  });

  it("holds what was built, the README and the licences, and nothing else", () => {
    const files = execFileSync("tar", ["-tzf", workshop.tarball], { encoding: "utf8" }).trim().split("\n");
    const names = files.map((file) => file.replace(/^package\//, ""));
    const odd = names.filter(
      (name) =>
        !/^(?:dist\/[\w-]+\.(?:c?js|d\.c?ts)|dist\/THIRD-PARTY\.md|LICENSE|README\.md|package\.json)$/.test(name),
    );
    expect(odd).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["LICENSE", "README.md", "dist/THIRD-PARTY.md", "dist/bin.js"]));
  });
});

describe.each(PROJECT_KINDS)("installed into a package of type %s", (kind: ProjectKind) => {
  it("does what its README says, also through npx", () => {
    // The README itself was followed when the project was made.
    expect(run(getReader(kind), "npx", "limbeck", "current")).toMatch(/^[0-9a-f]{12} \(head\)\n$/m);
  });

  it("gives every entry to import and to require", () => {
    const reader = getReader(kind);
    const list = `const names = ${JSON.stringify(ENTRIES)};`;
    const print = `console.log(JSON.stringify(names.map(([, names], at) => names.map((name) => typeof entries[at][name]))));`;
    const imports = ENTRIES.map(([entry]) => `await import("${entry}")`).join(", ");
    const requires = ENTRIES.map(([entry]) => `require("${entry}")`).join(", ");
    writeFileSync(join(reader.folder, "import.mjs"), `${list} const entries = [${imports}]; ${print}`);
    writeFileSync(join(reader.folder, "require.cjs"), `${list} const entries = [${requires}]; ${print}`);
    const expected = `${JSON.stringify(ENTRIES.map(([, names]) => names.map(() => "function")))}\n`;
    expect(run(reader, "node", "import.mjs")).toBe(expected);
    expect(run(reader, "node", "require.cjs")).toBe(expected);
  });

  it("has types that hold under strict rules, and values that are what the types say", () => {
    const reader = getReader(kind);
    writeFileSync(join(reader.folder, "app/kinds.mts"), ROUND_TRIP);
    expect(checkTypes(reader.folder, { resolution: kind === "no type" ? "bundler" : "nodenext" })).toBe("");
    expect(run(reader, "node", "app/kinds.mts")).toBe(
      '["4611686018427387904",false,"2026-01-02T03:04:05.678Z","2026-01-02","12.50",["a"],"k",[7],null,false]\n',
    );
  });
});

it("needs no types of Node, except where Kysely does", () => {
  const { folder } = getReader("module");
  const entries = ENTRIES.map(([entry]) => entry).filter((entry) => entry !== "limbeck/kysely");
  const lines = entries.map((entry, position) => `export * as entry${position} from "${entry}";`);
  writeFileSync(join(folder, "entries.mts"), lines.join("\n"));
  expect(checkTypes(folder, { resolution: "nodenext", hasNodeTypes: false, files: ["entries.mts"] })).toBe("");
});
