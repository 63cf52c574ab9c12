import { testWeakenings } from "./weakening";

testWeakenings({ share: 1, of: 2 });
