import type { Statement } from "../../../dialect/statement.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { splitStatements } from "../parse/split-statements.ts";

/** What makes an object may take several statements: one that creates it, and one that switches it off. */
export function splitDefinition({ definition }: DefinedObject): readonly Statement[] {
  return splitStatements(definition).map(({ sql }) => ({ sql }));
}
