export { record } from "./service";
