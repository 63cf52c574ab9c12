import { ChannelCallback } from "@/screens/channel-callback";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Channels" };

export default function Page() {
  return (
    <AllWords>
      <ChannelCallback />
    </AllWords>
  );
}
