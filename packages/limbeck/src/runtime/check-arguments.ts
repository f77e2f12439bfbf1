import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { showArgument } from "../schema/builder/refuse-unknown-options.ts";
import type { ArgumentRule, ArgumentRules } from "./argument-rules.ts";
import { refusePromises } from "./refuse-promises.ts";

function checkCall(method: string, rules: readonly ArgumentRule[], args: readonly unknown[]): void {
  for (const [position, rule] of rules.entries()) {
    const value = args[position];
    if (!rule.accepts(value)) {
      const expected = `${rule.expected} as argument ${position + 1}`;
      throw operationErrors.wrongArgument({ method, expected, found: showArgument(value) });
    }
    rule.inspect?.(method, value);
  }
  const surplus = args.slice(rules.length).find((value) => value !== undefined);
  if (surplus === undefined) return;
  const expected = rules.length === 1 ? "1 argument" : `${rules.length} arguments`;
  throw operationErrors.wrongArgument({ method, expected, found: `${args.length}` });
}

/** What checked methods do besides. */
interface CheckHooks {
  /** What a method gives instead when an argument is wrong. */
  readonly refuse: (method: string, error: unknown) => unknown;
  /** Whether Limbeck makes the calls of what it has read, where any text may stand, and nobody wrote them. Default false. */
  readonly isOwn?: boolean;
  /** Hears of every call, of a refused one too, before anything comes of it. */
  readonly onCall?: (args: readonly unknown[]) => void;
}

/**
 * The object with every method looking at its arguments before anything else.
 *
 * @param owner what revisions call the object, for example `op`
 */
export function checkArguments<Target extends object>(
  target: Target,
  rules: ArgumentRules<Target>,
  owner: string,
  { refuse, onCall, isOwn = false }: CheckHooks,
): Target {
  // Both records have the methods of Target as keys, which Object.entries cannot say.
  const entries = Object.entries(rules as Readonly<Record<string, readonly ArgumentRule[]>>);
  // The rules name exactly the methods, so whatever is looked up below can be called.
  const methods = target as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const checked = entries.map(([method, own]) => [
    method,
    (...args: readonly unknown[]) => {
      onCall?.(args);
      try {
        // First, because a promise is an object to the rules, and nobody would guess the missing await.
        if (!isOwn) refusePromises(`${owner}.${method}`, args);
        checkCall(`${owner}.${method}`, own, args);
      } catch (error) {
        return refuse(method, error);
      }
      return methods[method]?.(...args);
    },
  ]);
  return { ...target, ...Object.fromEntries(checked) };
}
