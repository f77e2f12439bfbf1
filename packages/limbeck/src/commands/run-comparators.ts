import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import { callConfig } from "../config/call-config.ts";
import type { Environment } from "./environment.ts";
import { readDatabase } from "./with-database.ts";

/** What a comparison has found so far. */
interface ComparedSchemas {
  readonly current: Schema;
  readonly target: Schema;
  readonly operations: readonly Operation[];
}

/**
 * Lets the comparators of the config look at what Limbeck does not compare, and add what they would change.
 *
 * @throws ConfigError when one of them fails
 */
export async function runComparators<Compared extends ComparedSchemas>(
  environment: Environment,
  comparison: Compared,
): Promise<Compared> {
  const { config, dialect } = environment;
  const { comparators } = config;
  if (comparators.length === 0) return comparison;
  const { current, target } = comparison;
  const added = await readDatabase(environment, (connection) =>
    callConfig(config, async () => {
      const query = (sql: string, parameters?: Parameters<typeof connection.query>[1]) =>
        connection.query(sql, parameters);
      const lists = [];
      for (const compare of comparators) lists.push(await compare({ dialect: dialect.name, current, target, query }));
      return lists.flat();
    }),
  );
  return { ...comparison, operations: [...comparison.operations, ...added] };
}
