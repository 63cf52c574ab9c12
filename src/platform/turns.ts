export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets so many work at a time, in the order in which they came. */
export function takingTurns(most: number): InTurn {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working < most) working += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working -= 1;
    }
  };
}

/** The same for each key by itself; nothing is kept of a key where nobody works. */
export function takingTurnsBy(most: number): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, { inTurn: InTurn; there: number }>();
  return async (key, work) => {
    const queue = queues.get(key) ?? { inTurn: takingTurns(most), there: 0 };
    queues.set(key, queue);
    queue.there += 1;
    try {
      return await queue.inTurn(work);
    } finally {
      queue.there -= 1;
      if (queue.there === 0) queues.delete(key);
    }
  };
}
