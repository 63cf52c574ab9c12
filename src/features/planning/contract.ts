export * from "./briefs/contract";
export * from "./campaigns/contract";
export * from "./tags/contract";
export * from "./templates/contract";
export * from "./views/contract";
