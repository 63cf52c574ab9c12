export function missingServices(): string[];
export function freePort(): Promise<number>;
