import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findAlembic } from "./alembic.ts";
import { listTableNames } from "./many-tables.ts";
import { createPeerProject } from "./peers.ts";
import type { Server } from "./servers.ts";
import { runNode, runProgram, type Contestant } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

/** What is read. */
interface Subject {
  readonly database: string;
  readonly tables: number;
}

/** Reads everything, or compares it with what was read before, which is what autogenerate does. */
const PYTHON = `import pickle, sys
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

job, url, path = sys.argv[1:]
with create_engine(url).connect() as connection:
    if job == "compare":
        with open(path, "rb") as file:
            metadata = pickle.load(file)
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        assert found == [], found
    else:
        metadata = MetaData()
        metadata.reflect(connection)
        with open(path, "wb") as file:
            pickle.dump(metadata, file)
`;

const TYPEORM = `const { DataSource } = require("typeorm");
(async () => {
  const [type, url, names] = process.argv.slice(2);
  const source = await new DataSource({ type, url }).initialize();
  // Without names it fails on MariaDB.
  const tables = await source.createQueryRunner().getTables(names.split(","));
  if (tables.length !== names.split(",").length) throw new Error(String(tables.length));
  await source.destroy();
})();
`;

function listAlembic(workspace: Workspace, server: Server, { database }: Subject): readonly Contestant[] {
  const alembic = findAlembic(server.pythonDriver);
  if (!alembic) return [];
  const cwd = workspace.createFolder(`alembic-${server.name}`);
  writeFileSync(join(cwd, "read.py"), PYTHON);
  const run = (job: string): number => {
    const args = ["read.py", job, server.sqlalchemyUrl(database), "metadata.pickle"];
    return runProgram(alembic.python, args, { cwd, env: workspace.createEnvironment() }).milliseconds;
  };
  run("reflect");
  return [
    { name: `Alembic ${alembic.version}: reflect`, time: () => run("reflect") },
    { name: `Alembic ${alembic.version}: compare, no change`, time: () => run("compare") },
  ];
}

function listNodePeers(
  workspace: Workspace,
  server: Server,
  { database, tables }: Subject,
): readonly Contestant[] | string {
  const project = createPeerProject(workspace, `introspection-${server.name}`);
  if (typeof project === "string") return project;
  const { cwd, find, version } = project;
  const options = { cwd, env: workspace.createEnvironment() };
  writeFileSync(join(cwd, "typeorm.cjs"), TYPEORM);
  const url = server.url(database);
  const pull = [find("drizzle-kit/bin.cjs"), "introspect", "--dialect", server.drizzleDialect, "--url", url];
  // With the version table, or it would be there and not read.
  const names = [...listTableNames(tables), "limbeck_version"].join(",");
  return [
    { name: `drizzle-kit ${version("drizzle-kit")} introspect`, time: () => runNode(pull, options).milliseconds },
    {
      name: `TypeORM ${version("typeorm")}: getTables()`,
      time: () => runNode(["typeorm.cjs", server.typeormType, url, names], options).milliseconds,
    },
  ];
}

/** The other tools that read a schema from this server, and what has to be said about those that are missing. */
export function listIntrospectingPeers(
  workspace: Workspace,
  server: Server,
  subject: Subject,
): { readonly contestants: readonly Contestant[]; readonly notes: readonly string[] } {
  const alembic = listAlembic(workspace, server, subject);
  const peers = listNodePeers(workspace, server, subject);
  return {
    contestants: [...alembic, ...(typeof peers === "string" ? [] : peers)],
    notes: [
      ...(alembic.length > 0 ? [] : [`Skipped Alembic: no python3 here has it and ${server.pythonDriver}.`]),
      ...(typeof peers === "string"
        ? [`Skipped drizzle-kit and TypeORM: they could not be installed (${peers}).`]
        : []),
    ],
  };
}
