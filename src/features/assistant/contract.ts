export * from "./ask/contract";
export * from "./plan/contract";
