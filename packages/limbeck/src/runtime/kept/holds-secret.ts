const NAME = String.raw`\w*(?:password|passwd|secret|token|api_?key|credentials?)`;

/** What comes before something that nobody else is to read, in SQL and in rows. */
const SECRETS: readonly RegExp[] = [
  /\bPASSWORD\s*'/i,
  /\bIDENTIFIED\s+(?:BY|VIA|WITH)\b/i,
  /\bUSER\s+MAPPING\b/i,
  /\bCONNECTION\s*'/i,
  new RegExp(String.raw`\b${NAME}["\x60\]]?\s*(?::?=|,)\s*(?:'|\$\d|\?)`, "i"),
  new RegExp(String.raw`"${NAME}":"`, "i"),
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@']+:[^\s@']+@/i,
];

/**
 * Whether operations seem to hold a password, a key or the like.
 *
 * @param text the operations as JSON
 */
export function holdsSecret(text: string): boolean {
  const plain = text.replaceAll("\\", "");
  return SECRETS.some((pattern) => pattern.test(plain));
}
