function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  return value;
}

const maskedBy =
  (mask: (text: string) => string) =>
  (key: string, value: unknown): unknown => {
    const plain = toPlain(key, value);
    return typeof plain === "string" ? mask(plain) : plain;
  };

/** A value as JSON in one line, for programs; texts in it go through `mask`. */
export function formatJsonLine(value: unknown, mask: (text: string) => string): string {
  return JSON.stringify(value, maskedBy(mask));
}

/** A value as JSON for people and programs alike; what JSON cannot say becomes text. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, toPlain, 2);
}

/** A value as JSON for people and programs alike; texts in it go through `mask`. */
export function formatMaskedJson(value: unknown, mask: (text: string) => string): string {
  return JSON.stringify(value, maskedBy(mask), 2);
}
