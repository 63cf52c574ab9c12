/** Does something with each, so many at once; the first failure ends it. @param most at least 1 */
export async function eachAtOnce<T>(all: readonly T[], most: number, work: (one: T) => Promise<unknown>) {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, worker));
}
