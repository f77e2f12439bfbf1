import type { ServerNotice } from "../../../dialect/dialect.ts";

/** There is nothing to roll back where a statement that stands alone has failed: nobody but this tool asks for that. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NO_TRANSACTION = "25P01";

/** Passes on what the server tells beside its answers, from whichever driver: they give the fields of the protocol by the same names. */
export function passNotice(fields: object, onNotice: (notice: ServerNotice) => void): void {
  const read = (name: string): string => {
    const value: unknown = Reflect.get(fields, name);
    return typeof value === "string" ? value : "";
  };
  if (read("code") !== NO_TRANSACTION) onNotice({ severity: read("severity"), message: read("message") });
}
