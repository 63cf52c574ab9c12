export { openSubscription } from "./service";
