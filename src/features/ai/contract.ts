export * from "./adapt/contract";
export * from "./alt-text/contract";
export * from "./generations/contract";
export * from "./headline/contract";
export * from "./rewrite/contract";
export * from "./seo/contract";
export * from "./settings/contract";
export * from "./voice/contract";
