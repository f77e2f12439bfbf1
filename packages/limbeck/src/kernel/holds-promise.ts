/** Whether a promise became part of a text, for which JavaScript writes this: `await` is missing. */
export const holdsPromise = (text: string): boolean => text.includes("[object Promise]");
