export { type Client, createClient, type Given, newKey, type Page } from "./client.ts";
export * from "./generated/operations.ts";
export type * from "./generated/schemas.ts";
export type { Answer, Input, Method, Nothing, Operation } from "./operation.ts";
export type { CallOptions, ClientOptions, RequestOptions } from "./options.ts";
export { type Issue, isProblem, Problem, type ProblemCode } from "./problem.ts";
export { type Message, type Piece, readMessages } from "./stream.ts";
