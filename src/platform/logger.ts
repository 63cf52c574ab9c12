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
