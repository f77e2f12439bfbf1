import type { JsonValue } from "../../schema/model/json.ts";
import type { CustomVerbs, OperationMap } from "../operation.ts";

/** A kind of operation of your own. */
export interface CustomDefinition<Data extends JsonValue> extends CustomVerbs<Data> {
  /** What the function that makes it is exported as: generated revisions call it by this name. */
  readonly name: string;
  /** Where it is exported: `import.meta.url` of that file, or the name of a package. */
  readonly module: string;
}

/** Makes an operation of its data; the type of a definition that names another one, or itself, as its way back. */
export type MakeOperation<Data extends JsonValue> = (data: Data) => OperationMap["custom"];

/**
 * Defines a kind of operation that Limbeck does not know. Revisions run one with `op.invoke`; comparators and `processRevision` of the config give some to
 * autogenerate, which writes the call into the revision, and imports the function.
 *
 * @param definition its name, where it is exported, and its verbs
 * @returns makes an operation of its data, which is to be plain data
 * @example
 * type Grant = { table: string; role: string };
 *
 * export const grantSelect: MakeOperation<Grant> = defineOperation<Grant>({
 *   name: "grantSelect",
 *   module: import.meta.url,
 *   describe: ({ table, role }) => `let ${role} read ${table}`,
 *   compile: ({ table, role }) => [`GRANT SELECT ON "${table}" TO "${role}"`],
 *   reverse: (data) => revokeSelect(data),
 *   affects: () => [],
 * });
 */
export function defineOperation<Data extends JsonValue>(definition: CustomDefinition<Data>): MakeOperation<Data> {
  const { name, module, ...verbs } = definition;
  // Its verbs are only ever called with its own data.
  return (data) => ({ kind: "custom", name, module, data, verbs: verbs as unknown as CustomVerbs });
}
