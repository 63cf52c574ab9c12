import { WorkTooLongError, withinTime } from "@/platform/bounded-work";
import { SourceProblem } from "./entry";

/**
 * In ms, by the clock on the wall. A job is not waited for by anybody, and a busy machine must not make a good document
 * look bad: several times what ordinary ones take on a quiet one. The thread is held meanwhile.
 */
const patienceFor = (chars: number) => Math.min(10_000, 2_000 + chars * 0.05);

/** Ends what a hostile text would keep busy for ever. @throws {SourceProblem} */
export function withinPatience<T>(what: "HTML" | "Markdown", chars: number, work: () => T): T {
  try {
    return withinTime(patienceFor(chars), work);
  } catch (cause) {
    const tooDeep = cause instanceof RangeError && cause.message.includes("call stack");
    if (!tooDeep && !(cause instanceof WorkTooLongError)) throw cause;
    throw new SourceProblem(`Its ${what} is nested too deeply or too intricate to read.`, { cause });
  }
}
