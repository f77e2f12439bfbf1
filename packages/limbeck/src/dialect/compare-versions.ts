/** Less than 0 when `a` is the older one; parts that `a` leaves out are not compared, so that 3.40 is any 3.40.x. */
export function compareVersions(a: string, b: string): number {
  const other = b.split(".").map(Number);
  const differences = a.split(".").map((part, index) => Number(part) - (other[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** The older of two versions: what is compiled for it runs on both. */
export function chooseOlderVersion(a: string, b: string): string {
  return compareVersions(a, b) < 0 ? a : b;
}
