/** How often it is asked whether the parent still lives, in ms. */
const PARENT_CHECK_MS = 500;

/** Resolves at Ctrl-C, at SIGTERM, and when the `npm` that started us is gone. A second signal ends at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    process.on("SIGHUP", stop);
    const parent = process.ppid;
    // A server that outlives its terminal would hold the port and answer nobody's Ctrl-C.
    if (process.env.npm_lifecycle_event && parent > 1) {
      setInterval(() => {
        if (process.ppid !== parent && !asked) stop();
      }, PARENT_CHECK_MS).unref();
    }
  });
}
