import type { Deferrable } from "../../../schema/model/constraint.ts";
import { quoteName } from "../names.ts";
import type { StorageParameters } from "../options.ts";
import { quoteIdentifier, quoteList, quoteText } from "../quote.ts";

/** `CONSTRAINT "name" ` in front of a constraint, or nothing. */
export function renderConstraintName(name: string | undefined): string {
  return name === undefined ? "" : `CONSTRAINT ${quoteIdentifier(name)} `;
}

/** ` DEFERRABLE INITIALLY DEFERRED` behind a constraint, or nothing. */
export function renderDeferrable(deferrable: Deferrable | undefined): string {
  return deferrable === undefined ? "" : ` DEFERRABLE ${deferrable.toUpperCase()}`;
}

/** ` INCLUDE (...)`, or nothing. */
export function renderInclude(columns: readonly string[] | undefined): string {
  return columns === undefined ? "" : ` INCLUDE (${quoteList(columns)})`;
}

/** The name of a storage parameter; those of TOAST tables have two parts. */
function quoteParameter(name: string): string {
  return name.split(".").map(quoteIdentifier).join(".");
}

/** `name = 'value', ...` */
export function renderParameters(parameters: StorageParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${quoteParameter(name)} = ${quoteText(value)}`)
    .join(", ");
}

/** The names alone, for RESET. */
export function renderParameterNames(parameters: StorageParameters): string {
  return Object.keys(parameters).map(quoteParameter).join(", ");
}

/** ` WITH (...)`, or nothing. */
export function renderWith(parameters: StorageParameters | undefined): string {
  return parameters === undefined ? "" : ` WITH (${renderParameters(parameters)})`;
}

/** ` COLLATE ...`, or nothing. */
export function renderCollate(collation: string | undefined): string {
  return collation === undefined ? "" : ` COLLATE ${quoteName(collation)}`;
}
