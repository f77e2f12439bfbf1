import { buildSchemaOn } from "../../dialect/build-schema-on.ts";
import { asPrecondition } from "../../kernel/errors/as-precondition.ts";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import { ProofError } from "../../kernel/errors/proof-errors.ts";
import { CORRECT_MODELS, sourceErrors } from "../../kernel/errors/source-errors.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { findSoftDeleteColumn } from "../../schema/builder/build-table.ts";
import { conventionalName, nameConstraints, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { ModelDefinition } from "../../schema/builder/table-definition.ts";
import { buildDrizzleModels, type DrizzleModels } from "../drizzle/build-drizzle-models.ts";
import type { SchemaSource, SoftDeletes } from "../schema-source.ts";
import { requireReferences } from "./require-references.ts";
import { requireSoundTables } from "./require-sound-tables.ts";

/** Models, by what they are written with. */
export type LoadedModels =
  | { readonly kind: "limbeck"; readonly models: readonly ModelDefinition[] }
  | ({ readonly kind: "drizzle" } & DrizzleModels);

/** The tables of the models that delete softly, each with the column that says when a row was deleted. */
function findSoftDeletes(models: readonly ModelDefinition[]): SoftDeletes {
  return new Map(
    models.flatMap((model) => {
      const column = "columns" in model ? findSoftDeleteColumn(model.columns) : undefined;
      return "columns" in model && column !== undefined ? [[model.name, column] as const] : [];
    }),
  );
}

/** What cannot be built is a mistake in the models: no revision has failed. */
function blameModels(error: unknown): never {
  if (error instanceof ProofError) {
    const { change, message } = error.context;
    throw sourceErrors.modelsRefused({ change: String(change), message: String(message) }, error);
  }
  throw error instanceof OperationError ? asPrecondition(error, [CORRECT_MODELS]) : error;
}

/**
 * Models written with `limbeck/schema`, or with Drizzle. Names that they leave out are given by the convention, and match what has no name in the
 * database; the order of their columns means nothing. Views and triggers may be made in revisions and stand in no model.
 *
 * @param load gives the models; called once, when they are needed
 */
export function createModelsSource(load: () => Promise<LoadedModels>, convention: NamingConvention): SchemaSource {
  const describe = (models: readonly ModelDefinition[], dialect: Dialect): Schema => {
    const { diffRules } = dialect;
    const schema = buildSchema(models, convention, dialect);
    requireSoundTables(schema, diffRules);
    requireReferences(schema, diffRules);
    return schema;
  };
  let loading: Promise<LoadedModels> | undefined;
  const loadOnce = (): Promise<LoadedModels> => (loading ??= load());
  return {
    name: "the models",
    isComplete: false,
    async build(scratch, dialect) {
      const loaded = await loadOnce();
      if (loaded.kind === "drizzle") return buildDrizzleModels(scratch, dialect, loaded);
      return buildSchemaOn(scratch, dialect, describe(loaded.models, dialect)).catch(blameModels);
    },
    async describe(dialect) {
      const loaded = await loadOnce();
      return loaded.kind === "drizzle" ? undefined : describe(loaded.models, dialect);
    },
    async listSoftDeletes() {
      const loaded = await loadOnce();
      return loaded.kind === "drizzle" ? new Map() : findSoftDeletes(loaded.models);
    },
    interpret: (schema) => ({
      ...schema,
      tables: schema.tables.map((table) => ({
        ...table,
        constraints: nameConstraints(table.constraints, table.name, convention),
      })),
    }),
    adaptRules: (rules) => ({
      ...rules,
      conventionName: (constraint, table, context) => conventionalName(constraint, table, convention, context),
    }),
  };
}
