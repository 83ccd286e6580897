/**
 * The name that was most probably meant, if one is near. Case and the characters between words do not count.
 *
 * @param most How many slips may lie between the two; by default, one in three characters.
 */
export function nearest(text: string, names: readonly string[], most?: number): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const distances = names.map((name) => ({ name, distance: editDistance(plain(text), plain(name)) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= (most ?? Math.max(1, best.name.length / 3)) ? best.name : undefined;
}

/** How many characters must be inserted, deleted, replaced or exchanged with the next one (Levenshtein and Damerau). */
function editDistance(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, index) => index);
  let [before, row] = [first, first];
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const [replaced = 0, removed = 0, inserted = 0] = [row[j], row[j + 1], next[j]];
      const isExchanged = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const exchanged = isExchanged ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced + (from[i] === to[j] ? 0 : 1), removed + 1, inserted + 1, exchanged));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
