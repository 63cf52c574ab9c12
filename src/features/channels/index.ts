export { tellExpiring, warnOfEnd } from "./access";
export { warnTask } from "./jobs";
export type { OpenAccount, Opening } from "./service";
export {
  channelOf,
  channelsByIds,
  connectedChannels,
  createSiteChannel,
  listChannels,
  markHealth,
  openAccount,
} from "./service";
export { wantChannels } from "./wanted/service";
