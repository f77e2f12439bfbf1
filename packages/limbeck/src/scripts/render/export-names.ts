/** Words that no constant can be called. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function " +
    "if implements import in instanceof interface let new null package private protected public return static super switch this throw true try " +
    "typeof undefined var void while with yield"
  ).split(" "),
);

const capitalize = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** `todo_items` becomes `todoItems`; a name without any letter or digit becomes `_`. */
function toCamelCase(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  // TODO_ITEMS would shout in code, and `todoItems` is as it should be.
  const isShouted = words.every((word) => word === word.toUpperCase());
  const [first = "_", ...others] = isShouted ? words.map((word) => word.toLowerCase()) : words;
  const joined = [first.slice(0, 1).toLowerCase() + first.slice(1), ...others.map(capitalize)].join("");
  return /^\p{N}/u.test(joined) ? `_${joined}` : joined;
}

/**
 * Names for the constants of a module, one for each object, in their order.
 *
 * @param objects what each is called in the database, and what is put behind a name that cannot stand alone, for example `Table`
 * @param taken names that the module uses already
 */
export function chooseExportNames(
  objects: readonly { readonly name: string; readonly suffix: string }[],
  taken: readonly string[],
): readonly string[] {
  const used = new Set(taken);
  return objects.map(({ name, suffix }) => {
    const plain = toCamelCase(name);
    const free = [plain, `${plain}${suffix}`].find((choice) => !used.has(choice) && !RESERVED.has(choice));
    let chosen = free ?? `${plain}${suffix}`;
    for (let count = 2; used.has(chosen); count += 1) chosen = `${plain}${suffix}${count}`;
    used.add(chosen);
    return chosen;
  });
}
