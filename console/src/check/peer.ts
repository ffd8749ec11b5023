// Whether this browser makes peer connections: two of its own, with a channel through which something comes across. No
// server takes part, so it says nothing about the network between here and the desk.

import { canConnect } from "../sharing/peers";

/** Milliseconds. */
const PATIENCE = 5000;

/** What one side finds of ways to itself, the other takes. */
function passOn(from: RTCPeerConnection, to: RTCPeerConnection): void {
  // One that the other cannot use leaves the others.
  from.onicecandidate = ({ candidate }) => candidate && void to.addIceCandidate(candidate).catch(() => undefined);
}

async function meet(here: RTCPeerConnection, there: RTCPeerConnection): Promise<void> {
  passOn(here, there);
  passOn(there, here);
  const channel = here.createDataChannel("check");
  channel.onopen = () => channel.send("check");
  const across = new Promise<void>((arrived) => {
    there.ondatachannel = (event) => (event.channel.onmessage = () => arrived());
  });
  await here.setLocalDescription();
  if (here.localDescription) await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  if (there.localDescription) await here.setRemoteDescription(there.localDescription);
  await across;
}

export async function tryPeer(): Promise<boolean> {
  if (!canConnect()) return false;
  const made: RTCPeerConnection[] = [];
  const make = () => {
    const connection = new RTCPeerConnection();
    made.push(connection);
    return connection;
  };
  try {
    const late = new Promise<false>((settle) => setTimeout(settle, PATIENCE, false));
    return await Promise.race([meet(make(), make()).then(() => true), late]);
  } catch {
    return false;
  } finally {
    for (const connection of made) connection.close();
  }
}
