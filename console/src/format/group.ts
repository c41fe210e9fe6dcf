// SPDX-License-Identifier: Apache-2.0

/** Groups in the order in which keys first appear. (Map.groupBy is missing in Node 20, which runs the tests.) */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
