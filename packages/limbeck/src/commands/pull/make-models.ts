import type { Dialect } from "../../dialect/dialect.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findMissingReference } from "../../sources/models/require-references.ts";
import type { Connection } from "../../dialect/connection.ts";
import { withoutBookkeeping } from "../../diff/bookkeeping-tables.ts";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { proofErrors } from "../../kernel/errors/proof-errors.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { describeOperation } from "../../ops/describe/describe-operation.ts";
import { loadModule } from "../../scripts/load-module.ts";
import { isTypeScript } from "../../scripts/module-format.ts";
import { renderModels } from "../../scripts/render/render-models.ts";
import { compare, type Comparison } from "../compare.ts";
import type { Environment } from "../environment.ts";
import { introspectDatabase } from "../with-database.ts";

/** The models as text, and what came of comparing what they build with the database. */
export interface ProvenModels {
  readonly text: string;
  readonly comparison: Comparison;
}

/** What models would be told about as a mistake of theirs. */
function refuseReferencesOutside(schema: Schema, { diffRules }: Dialect): void {
  const missing = findMissingReference(schema, diffRules);
  if (missing) throw commandErrors.referenceOutside(missing);
}

/**
 * Writes models as text, loads them as a config would, builds them on a scratch database and compares that with the database.
 *
 * @param path where the text will stand
 * @throws CommandError when the database holds nothing that models say
 * @throws ProofError when it differs
 */
export async function makeModels(
  environment: Environment,
  connection: Connection,
  path: string,
): Promise<ProvenModels> {
  const { config } = environment;
  const { schema: found, unmanaged } = await introspectDatabase(environment, connection);
  const schema = withoutBookkeeping(found, environment.dialect.diffRules);
  if (Object.values(schema).every((list: readonly unknown[]) => list.length === 0)) {
    const others = found.tables.map(({ name }) => ({ kind: "table", name }));
    throw commandErrors.nothingToPull({
      unmanaged: [...unmanaged, ...others].map(({ kind, name }) => `${kind} ${name}`),
    });
  }
  refuseReferencesOutside(schema, environment.dialect);
  const { text, unsaid } = renderModels(schema, config.namingConvention, isTypeScript(path));
  if (unsaid.length > 0) {
    throw proofErrors.modelsMissDatabase({ differences: unsaid.map((table) => `table ${table}: no builders make it`) });
  }
  const loaded = await loadModule(path, text);
  if (!loaded.ok) {
    const { location, message } = loaded.failure;
    throw sourceErrors.modelsBroken({ location, message }, loaded.failure.error);
  }
  const reading = { ...environment, config: { ...config, models: loaded.value, comparators: [] } };
  const comparison = await compare(reading, { noRename: true, dropOk: true, requireProof: true });
  if (comparison.operations.length > 0) {
    throw proofErrors.modelsMissDatabase({ differences: comparison.operations.map(describeOperation) });
  }
  return { text, comparison };
}
