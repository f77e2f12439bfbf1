/** What two streams of a process need so that their texts can be put in order. */
export type OrderedStream = Pick<NodeJS.WriteStream, "destroyed" | "writableLength" | "write">;

/** Writes to one of two streams. */
export type WriteInOrder = (stream: OrderedStream, text: string) => void;

const isBusy = ({ destroyed, writableLength }: OrderedStream): boolean => !destroyed && writableLength > 0;

/**
 * Keeps the texts of two streams in the order in which they are written. Both may lead into one pipe, which takes 64 kB and the rest when that has been read: what
 * the other stream says meanwhile would come in the middle of it.
 */
export function orderWrites(one: OrderedStream, other: OrderedStream): WriteInOrder {
  const waiting: { readonly stream: OrderedStream; readonly text: string }[] = [];
  const send = (): void => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const before = next.stream === one ? other : one;
      // It calls back when all that it was given has been taken.
      if (isBusy(before)) return void before.write("", send);
      waiting.shift();
      next.stream.write(next.text);
    }
  };
  return (stream, text) => {
    waiting.push({ stream, text });
    if (waiting.length === 1) send();
  };
}

/** Calls back once all that was written to two streams has been taken, or nobody takes it any more: with the reason, where that is so of the first one. */
export function whenTaken(
  one: OrderedStream,
  other: OrderedStream,
  then: (failure: Error | null | undefined) => void,
): void {
  one.write("", (failure) => {
    // What waited for the other one to be taken comes now.
    other.write("", () => (isBusy(one) ? whenTaken(one, other, then) : then(failure)));
  });
}
