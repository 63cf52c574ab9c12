import "@tanstack/react-query";

declare module "@tanstack/react-query" {
  interface Register {
    /** What is done quietly changes nothing that others are shown, such as keeping a draft. */
    mutationMeta: { quiet?: boolean };
  }
}
