import { createContext, Script } from "node:vm";

const context = createContext({ work: undefined as (() => unknown) | undefined });
const script = new Script("work()");

export class WorkTooLongError extends Error {
  override name = "WorkTooLongError";
}

/**
 * Runs synchronous work and ends it after `timeoutMs`: the only way to stop, within one thread, a parser that some inputs
 * send into quadratic time. Costs about 0.1 ms. A process that was stopped or starved meanwhile is given another try,
 * so that what renders on a quiet machine renders on a busy one.
 * @throws {WorkTooLongError}
 */
export function withinTime<T>(timeoutMs: number, work: () => T): T {
  for (let attempt = 1; ; attempt++) {
    const before = process.cpuUsage();
    const outer = context.work;
    context.work = work;
    try {
      return script.runInContext(context, { timeout: Math.ceil(timeoutMs) }) as T;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const { user, system } = process.cpuUsage(before);
      const starved = (user + system) / 1000 < timeoutMs / 2;
      if (!starved || attempt === 3) throw new WorkTooLongError(`Not done within ${timeoutMs} ms`);
    } finally {
      context.work = outer;
    }
  }
}

const isTimeout = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
