export { personasByIds } from "./service";
