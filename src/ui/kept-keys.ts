import { isProblem, newKey } from "@contentos/sdk";

/** Keys for what is written: the same for the same thing until it is known what became of it. */
export function keepKeys(make: () => string = newKey) {
  const kept = new Map<string, string>();
  return {
    async use<T>(thing: unknown, work: (key: string) => Promise<T>): Promise<T> {
      const name = JSON.stringify(thing);
      const key = kept.get(name) ?? make();
      kept.set(name, key);
      const forget = () => kept.delete(name);
      try {
        const answer = await work(key);
        forget();
        return answer;
      } catch (error) {
        if (!mayHaveHappened(error)) forget();
        throw error;
      }
    },
  };
}

/** Whether nobody can say if the work was done: no answer, one that was cut, or a server that lost its footing. */
const mayHaveHappened = (error: unknown) => !isProblem(error) || error.status === 0 || error.status >= 500;
