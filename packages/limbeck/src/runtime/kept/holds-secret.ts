import { maskSecrets } from "../../kernel/mask-secrets.ts";

const NAME = String.raw`\w*(?:password|passwd|secret|token|api_?key|credentials?)`;

/** What else comes before something that nobody else is to read, in SQL and in rows: what is better not kept need not be told exactly from what is. */
const SECRETS: readonly RegExp[] = [
  /\bUSER\s+MAPPING\b/i,
  /\bCONNECTION\s*'/i,
  new RegExp(String.raw`\b${NAME}["\x60\]]?\s*(?::?=|,)\s*(?:'|\$\d|\?)`, "i"),
  new RegExp(String.raw`"${NAME}":"`, "i"),
];

/**
 * Whether operations seem to hold a password, a key or the like.
 *
 * @param text the operations as JSON
 */
export function holdsSecret(text: string): boolean {
  const plain = text.replaceAll("\\", "");
  return maskSecrets(plain) !== plain || SECRETS.some((pattern) => pattern.test(plain));
}
