"use client";

import type { Operation, Page } from "@contentos/sdk";
import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { client } from "./api";
import { useWorkspaceId } from "./workspace-scope";

type AllKey = readonly [workspaceId: string | null, operationId: string, input: unknown, kind: "all"];
type Reading<T> = Omit<UseQueryOptions<T[], Error, T[], AllKey>, "queryKey" | "queryFn">;

/** All items of a list, page after page, told when the last one is there: for what is bounded, such as a month. */
export function useAll<I, T>(operation: Operation<I, Page<T>>, input: I, options: Reading<T> = {}) {
  const workspaceId = useWorkspaceId();
  return useQuery({
    ...options,
    queryKey: [workspaceId, operation.id, input, "all"] as const,
    queryFn: async ({ signal }) => {
      const items: T[] = [];
      const given = [input, { signal, retries: 0 }] as never;
      for await (const item of client.in(workspaceId ?? undefined).pages(operation, ...(given as [I])))
        items.push(item);
      return items;
    },
  });
}
