import { listErrorCatalogue } from "../kernel/errors/catalogue.ts";
import type { CatalogueEntry } from "../kernel/errors/define-errors.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/**
 * The long explanation of an error code.
 *
 * @param code as an error message shows it; upper or lower case
 * @throws CommandError when there is no such code
 */
export function explain(code: string): CatalogueEntry {
  const catalogue = listErrorCatalogue();
  const wanted = code.toUpperCase();
  const found = catalogue.find((entry) => entry.code === wanted);
  if (found) return found;
  const similar = catalogue
    .map((entry) => entry.code)
    .filter((one) => one.startsWith(wanted.slice(0, 4)) && wanted.length >= 4);
  throw commandErrors.unknownErrorCode({ code, similar: similar.slice(0, 3) });
}

/** Every error code with its explanation, in order. */
export function listErrors(): readonly CatalogueEntry[] {
  return listErrorCatalogue();
}
