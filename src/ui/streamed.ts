"use client";

import type { Given, Operation } from "@contentos/sdk";
import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useScope } from "./query";

type Streaming<I, A> = Omit<UseMutationOptions<A, Error, I>, "mutationFn"> & {
  /** Whether to hang up when whoever asked is gone, since nobody else would see the answer. */
  endsWithPage?: boolean;
};

/**
 * Something done by an operation whose answer comes in pieces: `partial` is what there is of it so far, and `cancel` ends
 * it, with what it costs. Not tried again with the same key: what was cut off was paid, and is over.
 */
export function useStreamed<I, A>(
  operation: Operation<I, A>,
  { endsWithPage = false, ...options }: Streaming<I, A> = {},
) {
  const { scoped } = useScope();
  const [partial, setPartial] = useState<Partial<A>>();
  const [canceled, setCanceled] = useState(false);
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => (endsWithPage ? () => underWay.current?.abort() : undefined), [endsWithPage]);
  const write = useMutation({
    ...options,
    // Without a network it fails and says so, rather than waiting for one under the words that an answer is on its way.
    networkMode: "always",
    mutationFn: async (input: I) => {
      const aborter = new AbortController();
      underWay.current = aborter;
      setPartial(undefined);
      setCanceled(false);
      const given = [input, { signal: aborter.signal, retries: 0 }] as unknown as Given<I>;
      for await (const piece of scoped.stream(operation, ...given)) {
        if (piece.event === "done") return piece.value;
        setPartial(piece.value);
      }
      throw new Error("A stream ended without an answer and without a refusal");
    },
  });
  return {
    ...write,
    /** Not of one that was canceled. */
    error: canceled ? null : write.error,
    partial: write.isPending ? partial : undefined,
    canceled: canceled && !write.isPending,
    cancel() {
      setCanceled(true);
      underWay.current?.abort();
    },
  };
}
