export { type HealthChecks, watchHealth } from "./service";
