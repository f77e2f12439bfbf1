import type { CompileContext } from "../../../dialect/dialect.ts";
import type { ObjectOperationKind } from "../../../dialect/refuse-objects.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationTable } from "../../../ops/operation.ts";
import { quoteName } from "../names.ts";
import { quoteText } from "../quote.ts";
import { compileAlterEnum, renderCreateEnum } from "./enum-operations.ts";
import { compileCreateObject, compileDropObject, compileReplaceObject } from "./object-operations.ts";
import { SEQUENCE_COMPILERS } from "./sequence-operations.ts";

type Compile = OperationTable<readonly Statement[], [CompileContext]>;

/**
 * What PostgreSQL runs for operations on enums, sequences and objects.
 *
 * @param compile gives all compilers: what stands in the way of a change goes and comes back by them
 */
export function createObjectCompilers(compile: () => Compile): Pick<Compile, ObjectOperationKind> {
  return {
    createEnum: ({ enum: { name, values } }) => [{ sql: renderCreateEnum(name, values) }],
    dropEnum: ({ enum: { name } }) => [{ sql: `DROP TYPE ${quoteName(name)}` }],
    alterEnum: (operation, context) => compileAlterEnum(operation, context, compile()),
    renameEnumValue: ({ name, from, to }) => [
      { sql: `ALTER TYPE ${quoteName(name)} RENAME VALUE ${quoteText(from)} TO ${quoteText(to)}` },
    ],
    ...SEQUENCE_COMPILERS,
    createObject: compileCreateObject,
    dropObject: compileDropObject,
    replaceObject: (operation, context) => compileReplaceObject(operation, context, compile()),
  };
}
