import { findSecrets } from "./mask-secrets.ts";

/** Shorter ones would be found in words that tell something else. */
const SHORTEST = 3;

/** Servers cut what they quote; this much of a secret is not there by chance. */
const LONG = 30;

const MARKS = /^(?:[NE]|U&)?(?:''|['"]|\$\w*\$)|(?:''|['"]|\$\w*\$)$/gi;

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** Where a long secret begins and is cut off, as much of it as stands there. */
function hideBeginning(message: string, secret: string): string {
  const start = secret.length > LONG ? message.indexOf(secret.slice(0, LONG)) : -1;
  if (start === -1) return message;
  let length = LONG;
  while (length < secret.length && message[start + length] === secret[length]) length += 1;
  return `${message.slice(0, start)}***${message.slice(start + length)}`;
}

function hideOne(message: string, secret: string): string {
  const bare = secret.replaceAll(MARKS, "");
  const plain = message.replaceAll(secret, bare === secret ? "***" : "'***'");
  // Marks that were doubled are single ones where the server has read the text around them.
  const spellings = [bare, bare.replaceAll("''''", "''"), bare.replaceAll("''", "'"), bare.replaceAll("''''", "'")];
  return [...new Set(spellings)]
    .filter((spelling) => spelling.length >= SHORTEST)
    .reduce((rest, spelling) => {
      const whole = new RegExp(String.raw`(?<!\w)${escape(spelling)}(?!\w)`, "g");
      return hideBeginning(rest.replaceAll(whole, "***"), spelling);
    }, plain);
}

/**
 * What a database says of a statement, without the secrets of the statement: it quotes them where nothing tells any more that they are some.
 *
 * @example
 * hideSecretsOf("SET PASSWORD 'secret'", "syntax error near ''secret''"); // syntax error near ''***''
 */
export function hideSecretsOf(statement: string, message: string): string {
  // What is empty stands everywhere.
  const secrets = findSecrets(statement).filter((secret) => secret !== "");
  return secrets.reduce(hideOne, message);
}
