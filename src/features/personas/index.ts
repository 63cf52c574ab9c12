export { findPersonaNamed } from "./queries";
export { createPersona, getPersona, listPersonas, personasByIds } from "./service";
