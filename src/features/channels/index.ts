export type { Opening } from "./service";
export { channelOf, channelsByIds, connectedChannels, createSiteChannel, markHealth, openAccount } from "./service";
