"use client";

import { isProblem } from "@contentos/sdk";
import { useState } from "react";

/**
 * What a form began with, for the server to see whether somebody else has changed it since. Once a save was refused for
 * that, whoever saves again has been told: then there is none.
 */
export function useBase<T>(begun: T) {
  const [base, rebase] = useState<T | undefined>(begun);
  const refused = (error: unknown) => {
    if (isProblem(error, "version_conflict")) rebase(undefined);
  };
  return { base, rebase, refused };
}
