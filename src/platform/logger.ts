import { type DestinationStream, type Logger, pino } from "pino";
import { maskText, scrub, scrubArguments, serializeError } from "./log-safety";

export type { Logger };
export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/**
 * A JSON logger whose lines hold no secrets and no bodies: members are judged by their names at any depth, errors are
 * reduced to what is known to be safe, and the finished line is searched for credentials within text.
 * @param destination where lines go; standard output by default
 */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream | undefined }): Logger {
  const logger = pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError },
      formatters: { level: (label) => ({ level: label }), log: (members) => scrub(members) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, scrubArguments(args) as Parameters<typeof method>);
        },
        streamWrite: maskText,
      },
    },
    options.destination ?? pino.destination(1),
  );
  // pino gives a child's own members to no formatter. `this` is the logger that is asked, which may be a child itself.
  const { child } = logger;
  const safeChild: typeof child = function (this: Logger, bindings, childOptions) {
    return child.call(this, scrub(bindings), childOptions) as never;
  };
  return Object.assign(logger, { child: safeChild });
}

/** How long a line may wait before it is written, in ms. */
const WRITE_EVERY_MS = 500;

/**
 * Standard output, written by the page instead of by the line: a system call for each request took a tenth of
 * what a read costs. What waits is written at the end of the process, also after a defect; `kill -9` loses half a second.
 */
export function bufferedOutput(): DestinationStream & { close(): void } {
  const output = pino.destination({ dest: 1, sync: false, minLength: 4_096 });
  const flush = () => {
    try {
      output.flushSync();
    } catch {
      // It is not open yet, or whoever read it has gone.
    }
  };
  const timer = setInterval(flush, WRITE_EVERY_MS);
  timer.unref();
  process.on("exit", flush);
  return {
    write: (line: string) => output.write(line),
    close() {
      clearInterval(timer);
      process.off("exit", flush);
      flush();
    },
  };
}
