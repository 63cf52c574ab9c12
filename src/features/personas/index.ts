export { findPersonaNamed } from "./queries";
export { createPersona, listPersonas, personasByIds } from "./service";
