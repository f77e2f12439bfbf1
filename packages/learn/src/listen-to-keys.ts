/** The keys that are pressed. */
export interface Keys {
  /** The next one; the same promise until it comes. */
  readonly next: () => Promise<string>;
  readonly stop: () => void;
}

/** The part of a terminal that keys come from. */
export type KeySource = Pick<NodeJS.ReadStream, "on" | "off" | "pause" | "resume" | "setRawMode" | "setEncoding">;

/** Listens to single keys of a terminal, without Enter. */
export function listenToKeys(source: KeySource): Keys {
  const pressed: string[] = [];
  let waiting: PromiseWithResolvers<string> | undefined;
  const take = (text: string): void => {
    pressed.push(...text.split(""));
    const first = pressed[0];
    if (waiting === undefined || first === undefined) return;
    pressed.shift();
    waiting.resolve(first);
    waiting = undefined;
  };
  source.setRawMode(true);
  source.setEncoding("utf8");
  source.resume();
  source.on("data", take);
  return {
    next: () => {
      const first = pressed.shift();
      if (first !== undefined) return Promise.resolve(first);
      waiting ??= Promise.withResolvers<string>();
      return waiting.promise;
    },
    stop: () => {
      source.off("data", take);
      source.setRawMode(false);
      source.pause();
    },
  };
}
