"use client";

import type { CallOptions, Client, Given, Operation, Page } from "@contentos/sdk";
import {
  type InfiniteData,
  type UseInfiniteQueryOptions,
  type UseMutationOptions,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { client } from "./api";
import { keepKeys } from "./kept-keys";
import { withProof } from "./proof";
import { useGuestCredential, useWorkspaceId } from "./workspace-scope";

export type ReadKey = readonly [workspaceId: string | null, operationId: string, input?: unknown, kind?: "pages"];

/** Where what was read is kept; without an input, all that was read by an operation. */
export const readKey = (
  workspaceId: string | null,
  operation: Operation<unknown, unknown>,
  ...input: [input?: unknown, kind?: "pages"]
): ReadKey => [workspaceId, operation.id, ...input];

export function useScope(): { workspaceId: string | null; scoped: Client } {
  const workspaceId = useWorkspaceId();
  const credential = useGuestCredential();
  if (credential) return { workspaceId: `guest ${credential}`, scoped: client.asGuest(credential) };
  return { workspaceId, scoped: client.in(workspaceId ?? undefined) };
}

// It is the query client that tries again, and that tells whoever looks meanwhile.
const ONCE = { retries: 0 };
/** The input may be left out where nothing in it is needed. */
type Asked<I, O> = Record<never, never> extends I ? [input?: I | undefined, options?: O] : [input: I, options?: O];
type Reading<A, S> = Omit<UseQueryOptions<A, Error, S, ReadKey>, "queryKey" | "queryFn">;

/** What an operation answers, kept by workspace, operation and input. */
export function useRead<I, A, S = A>(operation: Operation<I, A>, ...asked: Asked<I, Reading<A, S>>) {
  const [input, options = {}] = asked as [input?: I, options?: Reading<A, S>];
  const { workspaceId, scoped } = useScope();
  return useQuery({
    ...options,
    queryKey: readKey(workspaceId, operation, input ?? {}),
    queryFn: ({ signal }) => scoped.call(operation, ...given(input, { ...ONCE, signal })),
  });
}

type Walking<P, S> = Omit<
  UseInfiniteQueryOptions<P, Error, S, ReadKey, string | null>,
  "queryKey" | "queryFn" | "initialPageParam" | "getNextPageParam"
>;

/** The pages of a list, as many as were asked for. */
export function usePages<I, P extends Page<unknown>, S = InfiniteData<P, string | null>>(
  operation: Operation<I, P>,
  ...asked: Asked<I, Walking<P, S>>
) {
  const [input, options = {}] = asked as [input?: I, options?: Walking<P, S>];
  const { workspaceId, scoped } = useScope();
  return useInfiniteQuery({
    ...options,
    // Not where `useRead` keeps a single one: that is no list of pages.
    queryKey: readKey(workspaceId, operation, input ?? {}, "pages"),
    queryFn: ({ pageParam: cursor, signal }) =>
      scoped.call(operation, ...given({ ...input, ...(cursor && { cursor }) }, { ...ONCE, signal })),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

type Writing<I, A, C> = Omit<UseMutationOptions<A, Error, I, C>, "mutationFn">;

/** Something done by an operation. Tried again after an answer that did not come, it is still done once. */
export function useWrite<I, A, C = unknown>(operation: Operation<I, A>, options: Writing<I, A, C> = {}) {
  const { workspaceId, scoped } = useScope();
  const [keys] = useState(keepKeys);
  return useMutation({
    ...options,
    mutationFn: (input: I) =>
      withProof(() =>
        keys.use([workspaceId, operation.id, input], (idempotencyKey) =>
          scoped.call(operation, ...given(input, { idempotencyKey })),
        ),
      ),
  });
}

/** Has all anew that was read by these operations in the current workspace. */
export function useRefresh() {
  const { workspaceId } = useScope();
  const queries = useQueryClient();
  return async (...operations: Operation<unknown, unknown>[]): Promise<void> => {
    await Promise.all(
      operations.map((operation) => queries.invalidateQueries({ queryKey: readKey(workspaceId, operation) })),
    );
  };
}

/** Shows in lists what became of one thing as soon as that is answered; they are loaded anew after it, which may take a while. */
export function useReplaceIn() {
  const { workspaceId } = useScope();
  const queries = useQueryClient();
  return <T extends { id: string }>(list: { id: string }, thing: T): void => {
    queries.setQueriesData<InfiniteData<Page<T>>>({ queryKey: [workspaceId, list.id] }, (read) => {
      if (!read?.pages) return read;
      const newer = (items: T[]) => items.map((one) => (one.id === thing.id ? thing : one));
      return { ...read, pages: read.pages.map((page) => ({ ...page, items: newer(page.items) })) };
    });
  };
}

const given = <I>(input: unknown, options: CallOptions) => [input, options] as Given<I>;
