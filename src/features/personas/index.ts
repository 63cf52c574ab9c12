export { createPersona, listPersonas, personasByIds } from "./service";
