export type HealthChecks = { latest(): Record<string, string>; stop(): void };

/** How often the process looks at itself, in ms. A public question costs no look. */
const LOOK_EVERY_MS = 2_000;

/** Looks by itself and remembers what it saw, so that asking from outside does no work. */
export function watchHealth(probes: Record<string, () => Promise<string> | string>): HealthChecks {
  const seen: Record<string, string> = {};
  const look = () =>
    Promise.all(
      Object.entries(probes).map(async ([name, probe]) => {
        seen[name] = await Promise.resolve()
          .then(probe)
          .catch(() => "Failing");
      }),
    );
  void look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return { latest: () => seen, stop: () => clearInterval(timer) };
}
