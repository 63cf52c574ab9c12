/** Whoever closed the browser's question wanted nothing; it says so by this name (Web Authentication Level 3, 5.1). */
export const isCanceled = (error: Error | null) => error?.name === "NotAllowedError" || error?.name === "AbortError";
