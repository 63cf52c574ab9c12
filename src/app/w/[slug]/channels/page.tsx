import { ChannelsScreen } from "@/screens/channels";
import { AllWords } from "@/ui/text/all-words";

export const metadata = { title: "Channels" };

export default function Page() {
  return (
    <AllWords>
      <ChannelsScreen />
    </AllWords>
  );
}
