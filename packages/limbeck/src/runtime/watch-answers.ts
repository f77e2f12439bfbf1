/** A promise that tells when somebody asks for what it holds: `await` does, and so does `Promise.all`. */
class Answer<Result> extends Promise<Result> {
  onAsked: () => void = () => undefined;

  /** What is made of it, as by `then`, is a promise like any other. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a promise has it
  override then<Kept = Result, Caught = never>(
    ...handlers: Parameters<Promise<Result>["then"]>
  ): Promise<Kept | Caught> {
    this.onAsked();
    // The handlers are of these types where this method was called.
    return super.then(...handlers) as Promise<Kept | Caught>;
  }
}

/** Which answers nobody has asked for. */
export interface AnswerWatch<Place> {
  /** @returns the same answer, watched */
  readonly watch: <Result>(answer: Promise<Result>, place: Place) => Promise<Result>;
  /** @throws what `refuse` makes of the place of the first one that nobody has asked for */
  readonly requireRead: () => void;
}

/** Watches answers that are of no use to anybody who does not await them. */
export function watchAnswers<Place extends object>(refuse: (place: Place) => Error): AnswerWatch<Place> {
  const unread = new Map<object, Place>();
  return {
    watch<Result>(answer: Promise<Result>, place: Place) {
      const watched = new Answer<Result>((resolve, reject) => {
        answer.then(resolve, reject);
      });
      // Where it fails and nobody asks for it, the failure is told by whoever runs the query.
      watched.catch(() => undefined);
      unread.set(watched, place);
      watched.onAsked = () => unread.delete(watched);
      return watched;
    },
    requireRead() {
      const [first] = unread.values();
      if (first) throw refuse(first);
    },
  };
}
