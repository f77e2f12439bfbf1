import { buildSchemaOn } from "../../dialect/build-schema-on.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { conventionalName, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../../schema/builder/table-definition.ts";
import { requireReferences } from "./require-references.ts";
import { requireSoundTables } from "./require-sound-tables.ts";
import type { SchemaSource } from "../schema-source.ts";

/**
 * Models written with `limbeck/schema`. Names that they leave out are given by the convention, and match what has no name in the
 * database; the order of their columns means nothing. Views and triggers may be made in revisions and stand in no model.
 *
 * @param load gives the models; called when they are needed
 */
export function createModelsSource(
  load: () => Promise<readonly ModelDefinition[]>,
  convention: NamingConvention,
): SchemaSource {
  return {
    name: "the models",
    isComplete: false,
    async build(scratch, dialect) {
      const schema = buildSchema(await load(), convention);
      requireSoundTables(schema, dialect.diffRules);
      requireReferences(schema, dialect.diffRules);
      await buildSchemaOn(scratch, dialect, schema);
    },
    adaptRules: (rules) => ({
      ...rules,
      conventionName: (constraint, table, context) => conventionalName(constraint, table, convention, context),
    }),
  };
}
