import assets from "./assets.json";
import audit from "./audit.json";
import common from "./common.json";
import personas from "./personas.json";
import review from "./review.json";
import roles from "./roles.json";
import settings from "./settings.json";
import shell from "./shell.json";
import status from "./status.json";
import transfer from "./transfer.json";

export const messages = { assets, audit, common, personas, review, roles, settings, shell, status, transfer };
