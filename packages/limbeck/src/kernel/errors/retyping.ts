/** One change to the command line that was typed. */
export type Retyping =
  /** A target, or one end of a range, becomes another one. */
  | { readonly kind: "target"; readonly from: string; readonly to: string }
  /** A target is left out. */
  | { readonly kind: "withoutTarget"; readonly target: string }
  /** An option that may be repeated is given once more. */
  | { readonly kind: "repeated"; readonly name: string; readonly value: string }
  /** An option gets a value, `true` for a switch, or goes where there is none. */
  | { readonly kind: "option"; readonly name: string; readonly value: string | true | undefined }
  /** Another command gets the same arguments and options. */
  | { readonly kind: "command"; readonly name: string };

/**
 * The changes that make a command of the one that was typed, which would work. Only the command line knows what was typed; whoever calls a function of the package gets
 * the other fixes only.
 */
export type Retypings = readonly Retyping[];

/** The same command with another target, one for each. */
export const retypeTarget = (from: string, instead: readonly string[]): readonly Retypings[] =>
  instead.map((to) => [{ kind: "target", from, to }]);
