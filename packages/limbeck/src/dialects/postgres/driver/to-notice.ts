import type { ServerNotice } from "../../../dialect/dialect.ts";

/** What the server tells beside its answers, from whichever driver: they give the fields of the protocol by the same names. */
export function toNotice(fields: object): ServerNotice {
  const read = (name: string): string => {
    const value: unknown = Reflect.get(fields, name);
    return typeof value === "string" ? value : "";
  };
  return { severity: read("severity"), message: read("message") };
}
