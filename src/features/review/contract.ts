export * from "./client/contract";
export * from "./links/contract";
export * from "./receipts/contract";
