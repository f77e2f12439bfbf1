/** Asks what goes on to stop. An AbortSignal is one; described here because the package needs no types of Node. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
