function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  return value;
}

/** A value as JSON in one line, for programs; texts in it go through `mask`. */
export function formatJsonLine(value: unknown, mask: (text: string) => string): string {
  return JSON.stringify(value, (key, entry: unknown) => {
    const plain = toPlain(key, entry);
    return typeof plain === "string" ? mask(plain) : plain;
  });
}

/** A value as JSON for people and programs alike; what JSON cannot say becomes text. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, toPlain, 2);
}
