import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HistoryShape } from "./long-history.ts";
import { runProgram } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

/** Alembic, as it is installed on this machine. */
export interface Alembic {
  readonly python: string;
  readonly version: string;
}

/** The system's Python comes second, because another one may come first in the path and not have it. */
const PYTHONS = ["python3", "/usr/bin/python3"] as const;

/**
 * Alembic, if a Python of this machine has it.
 *
 * @param driver a module that it has to have too
 */
export function findAlembic(driver = "sqlite3"): Alembic | undefined {
  for (const python of PYTHONS) {
    const program = `import alembic, ${driver}; print(alembic.__version__)`;
    const { status, stdout } = spawnSync(python, ["-c", program], { encoding: "utf8" });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
}

const CONFIG = `[alembic]
script_location = migrations
sqlalchemy.url = sqlite:///alembic.db
`;

const ENVIRONMENT = `from alembic import context
from sqlalchemy import create_engine

engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
`;

const revisionId = (number: number): string => number.toString(16).padStart(12, "0");

function renderRevision(number: number, parents: readonly number[]): string {
  const [only, ...more] = parents.map((parent) => `"${revisionId(parent)}"`);
  const down = more.length > 0 ? `(${[only, ...more].join(", ")})` : (only ?? "None");
  const table = `bench_${String(number).padStart(5, "0")}`;
  return `"""create ${table}"""
from alembic import op
import sqlalchemy as sa

revision = "${revisionId(number)}"
down_revision = ${down}
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("${table}", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("title", sa.String(255)))


def downgrade():
    op.drop_table("${table}")
`;
}

/** An Alembic project with a history of a shape, whose database is stamped with its heads. */
export function createAlembicProject(
  workspace: Workspace,
  name: string,
  { alembic, count, shape }: { readonly alembic: Alembic; readonly count: number; readonly shape: HistoryShape },
): string {
  const folder = workspace.createFolder(name);
  const versions = join(folder, "migrations", "versions");
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(folder, "alembic.ini"), CONFIG);
  writeFileSync(join(folder, "migrations", "env.py"), ENVIRONMENT);
  for (let number = 1; number <= count; number += 1) {
    writeFileSync(join(versions, `${revisionId(number)}_create.py`), renderRevision(number, shape(number)));
  }
  runProgram(alembic.python, ["-m", "alembic", "stamp", "heads"], { cwd: folder, env: workspace.createEnvironment() });
  return folder;
}
