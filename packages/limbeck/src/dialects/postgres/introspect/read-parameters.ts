import type { StorageParameters } from "../options.ts";

/** Storage parameters as options: `["fillfactor=70"]` is `{ with: { fillfactor: "70" } }`; nothing where there are none. */
export function readParameters(parameters: readonly string[] | null): { readonly with?: StorageParameters } {
  if (parameters === null || parameters.length === 0) return {};
  const entries = parameters.map((parameter) => {
    const end = parameter.indexOf("=");
    return [parameter.slice(0, end), parameter.slice(end + 1)] as const;
  });
  return { with: Object.fromEntries(entries) };
}
