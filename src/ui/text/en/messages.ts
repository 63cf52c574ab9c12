import ai from "./ai.json";
import analytics from "./analytics.json";
import assets from "./assets.json";
import assist from "./assist.json";
import audit from "./audit.json";
import auth from "./auth.json";
import billing from "./billing.json";
import channels from "./channels.json";
import client from "./client.json";
import comments from "./comments.json";
import details from "./details.json";
import distribution from "./distribution.json";
import editor from "./editor.json";
import { first } from "./first";
import forwarding from "./forwarding.json";
import item from "./item.json";
import keys from "./keys.json";
import notifications from "./notifications.json";
import personas from "./personas.json";
import privacy from "./privacy.json";
import problems from "./problems.json";
import retention from "./retention.json";
import review from "./review.json";
import seo from "./seo.json";
import settings from "./settings.json";
import site from "./site.json";
import transfer from "./transfer.json";
import versions from "./versions.json";
import webhooks from "./webhooks.json";
import workspaces from "./workspaces.json";

export const messages = {
  ...first,
  ai,
  analytics,
  assets,
  assist,
  audit,
  auth,
  billing,
  channels,
  client,
  comments,
  details,
  distribution,
  editor,
  forwarding,
  item,
  keys,
  notifications,
  personas,
  privacy,
  problems,
  retention,
  review,
  seo,
  settings,
  site,
  transfer,
  versions,
  webhooks,
  workspaces,
};
