"use client";

import { type Asset, listAssets } from "@contentos/sdk";
import { useEffect, useRef, useState } from "react";
import { client } from "@/ui/api";
import { useRefresh } from "@/ui/query";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { uploadFile } from "./upload";

export type Job = {
  key: number;
  file: File;
  folderId: string | undefined;
  state: "Waiting" | "Sending" | "Done" | "Failed";
  /** From 0 to 1. */
  share: number;
  error?: Error;
  asset?: Asset;
  stop: AbortController;
};

/** So many files are on their way at the same time. */
const AT_ONCE = 2;
let lastKey = 0;

/** Uploads that were asked for, in the order in which they were. */
export function useUploads() {
  const workspaceId = useWorkspaceId();
  const refresh = useRefresh();
  const [jobs, setJobs] = useState<Job[]>([]);
  const latest = useRef(jobs);
  latest.current = jobs;
  const running = useRef(new Set<number>());

  const patch = (key: number, change: Partial<Job>) =>
    setJobs((all) => all.map((job) => (job.key === key ? { ...job, ...change } : job)));
  const forget = (key: number) => setJobs((all) => all.filter((job) => job.key !== key));

  const run = async ({ key, file, folderId, stop }: Job) => {
    patch(key, { state: "Sending", share: 0 });
    try {
      const asset = await uploadFile(client.in(workspaceId ?? undefined), file, {
        folderId,
        signal: stop.signal,
        onProgress: (share) => patch(key, { share }),
      });
      patch(key, { state: "Done", share: 1, asset });
      await refresh(listAssets);
    } catch (error) {
      if (!stop.signal.aborted) patch(key, { state: "Failed", error: error as Error });
    } finally {
      running.current.delete(key);
      // Has the next one begin.
      setJobs((all) => [...all]);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: Whenever a job comes or ends, the next one may begin.
  useEffect(() => {
    const next = jobs.filter(({ key, state }) => state === "Waiting" && !running.current.has(key));
    for (const job of next.slice(0, Math.max(AT_ONCE - running.current.size, 0))) {
      running.current.add(job.key);
      void run(job);
    }
  }, [jobs]);
  const busy = jobs.some(({ state }) => state === "Waiting" || state === "Sending");
  useEffect(() => {
    if (!busy) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [busy]);

  return {
    jobs,
    add: (files: File[], folderId: string | undefined) =>
      setJobs((all) => [
        ...all,
        ...files.map((file): Job => {
          lastKey += 1;
          return { key: lastKey, file, folderId, state: "Waiting", share: 0, stop: new AbortController() };
        }),
      ]),
    cancel: ({ key, stop }: Job) => {
      stop.abort();
      forget(key);
    },
    retry: ({ key }: Job) => patch(key, { state: "Waiting", stop: new AbortController() }),
    clear: () => setJobs((all) => all.filter(({ state }) => state === "Waiting" || state === "Sending")),
  };
}
export type Uploads = ReturnType<typeof useUploads>;
