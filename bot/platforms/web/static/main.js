// Everything works without this script; with it, nothing needs the page to be loaded again.

import { startComposer } from "./composer.js";
import { startConversation } from "./conversation.js";
import { startPeeking } from "./peek.js";
import { startTheme } from "./theme.js";

document.documentElement.classList.add("scripted");
startTheme();
startPeeking();
const log = document.getElementById("log");
if (log) {
  const conversation = startConversation(log);
  startComposer(document.getElementById("composer"), conversation);
}
