import autocannon from "autocannon";

export type Load = {
  /** With `[<id>]` where a request differs from the next. */
  method: "GET" | "POST";
  paths: string[];
  headers: Record<string, string>;
  /** Made anew for each request; with the path's index. */
  body?: (index: number) => string;
  /** Before each round. */
  prepare?: () => Promise<void>;
};

const CONNECTIONS = 16;

/** Requests per second over `seconds` at 16 connections. Anything but a 2xx makes the figure worthless, so it throws. */
export async function requestsPerSecond(
  origin: string,
  { method, paths, headers, body, prepare }: Load,
  seconds: number,
): Promise<number> {
  let index = 0;
  await prepare?.();
  const result = await autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method,
        headers,
        setupRequest: (request) => {
          const at = index++;
          return { ...request, path: paths[at % paths.length]!, ...(body && { body: body(at) }) };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${method} ${paths[0]} at ${origin}: ${result.non2xx} answers were no 2xx, ${result.errors} failed`,
    );
  }
  return result.requests.total / result.duration;
}

/** Runs each contender in turn, round after round, so that a drifting machine drifts for all of them alike. */
export async function interleaved<K extends string>(
  contenders: Record<K, () => Promise<number>>,
  rounds: number,
): Promise<Record<K, number[]>> {
  const names = Object.keys(contenders) as K[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await contenders[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? names.toReversed() : names) figures[name].push(await contenders[name]());
  }
  return figures;
}

/** Milliseconds that a GET takes, asked for one after the other; the median. */
export async function requestMs(url: string, headers: Record<string, string>, requests: number): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < requests; n++) {
    const began = performance.now();
    const response = await fetch(url, { headers });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
    took.push(performance.now() - began);
  }
  return median(took);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** @param share such as 0.95 */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
