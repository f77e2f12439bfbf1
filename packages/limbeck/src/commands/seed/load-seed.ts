import type { ScriptStatement } from "../../dialect/statement.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { seedErrors } from "../../kernel/errors/seed-errors.ts";
import { formatLocation } from "../../kernel/errors/source-location.ts";
import { loadModule } from "../../scripts/load-module.ts";
import type { SeedFile } from "../../scripts/find-seeds.ts";
import type { SeedOperations } from "./seed-operations.ts";

/** A seed that can be run. */
export interface LoadedSeed extends SeedFile {
  /** Code, or the statements of a `.sql` file. */
  readonly run: ((op: SeedOperations) => unknown) | readonly ScriptStatement[];
}

function splitSeed({ name, path, text }: SeedFile, dialect: Dialect): readonly ScriptStatement[] {
  try {
    const statements = dialect.splitScript(text);
    const bad = statements.find(({ problem }) => problem !== undefined);
    if (bad) {
      const location = formatLocation({ path, line: bad.line });
      throw seedErrors.seedBroken({ seed: name, location, message: bad.problem ?? "" });
    }
    return statements.filter(({ purpose }) => purpose !== "ignored");
  } catch (error) {
    if (!(error instanceof LimbeckError) || error.code.startsWith("LB15")) throw error;
    throw seedErrors.seedBroken({ seed: name, location: path, message: error.title }, error);
  }
}

/**
 * Loads a seed; of code, only its top level runs.
 *
 * @throws SeedError when it cannot be loaded, or exports no function `seed`
 */
export async function loadSeed(file: SeedFile, dialect: Dialect): Promise<LoadedSeed> {
  const { name, path, text } = file;
  if (path.endsWith(".sql")) return { ...file, run: splitSeed(file, dialect) };
  const loaded = await loadModule(path, text);
  if (!loaded.ok) {
    const { location, message, error } = loaded.failure;
    throw seedErrors.seedBroken({ seed: name, location: formatLocation(location), message }, error);
  }
  const { seed } = loaded.value;
  if (typeof seed !== "function") {
    const message = "It exports no function called seed: export async function seed(op) { ... }";
    throw seedErrors.seedBroken({ seed: name, location: path, message });
  }
  return { ...file, run: (op): unknown => seed(op) };
}
