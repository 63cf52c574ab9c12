import { afterEach, describe, expect, it, vi } from "vitest";
import { operationsRoutes } from "./routes";
import { watchHealth } from "./service";

afterEach(() => void vi.useRealTimers());

describe("health", () => {
  it("costs the same however often it is asked: a look every two seconds, and none for a question", async () => {
    vi.useFakeTimers();
    const probe = vi.fn(async () => "Ok");
    const health = watchHealth({ database: probe });
    await vi.advanceTimersByTimeAsync(0);
    const routes = operationsRoutes(health);
    for (let i = 0; i < 100; i++) {
      for (const path of ["/health/live", "/health/ready"]) expect((await routes.request(path)).status).toBe(200);
    }
    expect(probe).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(probe).toHaveBeenCalledTimes(2);
    health.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it("says which part fails, and comes back by itself", async () => {
    vi.useFakeTimers();
    const probe = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("refused")).mockResolvedValue("Ok");
    const health = watchHealth({ database: probe, worker: () => "Running" });
    await vi.advanceTimersByTimeAsync(0);
    const routes = operationsRoutes(health);
    const failing = await routes.request("/health/ready");
    expect([failing.status, await failing.json()]).toEqual([
      503,
      { status: "Failing", checks: { database: "Failing", worker: "Running" } },
    ]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await routes.request("/health/ready")).status).toBe(200);
    health.stop();
  });
});
