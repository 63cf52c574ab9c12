import { testWeakenings } from "./weakening";

testWeakenings({ share: 0, of: 2 });
