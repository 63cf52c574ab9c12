import comments from "./comments.json";
import common from "./common.json";
import details from "./details.json";
import editor from "./editor.json";
import item from "./item.json";
import review from "./review.json";
import roles from "./roles.json";
import shell from "./shell.json";
import status from "./status.json";
import versions from "./versions.json";

export const messages = { comments, common, details, editor, item, review, roles, shell, status, versions };
