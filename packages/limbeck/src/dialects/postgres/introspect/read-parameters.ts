import type { StorageParameters } from "../options.ts";

/** Storage parameters as options: `["fillfactor=70"]` is `{ with: { fillfactor: "70" } }`; nothing where there are none. */
export function readParameters(parameters: readonly string[] | null): { readonly with?: StorageParameters } {
  return parameters === null || parameters.length === 0 ? {} : { with: toParameters(parameters) };
}

/** `["fillfactor=70"]` is `{ fillfactor: "70" }`. */
export function toParameters(parameters: readonly string[]): StorageParameters {
  const entries = parameters.map((parameter) => {
    const end = parameter.indexOf("=");
    return [parameter.slice(0, end), parameter.slice(end + 1)] as const;
  });
  return Object.fromEntries(entries);
}
