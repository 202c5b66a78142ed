// Calling an agent who isn't looking: desktop notification, a short tone, and a number in the tab's title.

import { useSyncExternalStore } from "react";
import { keep, kept } from "../app/keep";

export interface AlertSettings {
  isSoundOn: boolean;
  isDesktopOn: boolean;
}
export const alertSettings = (): AlertSettings =>
  kept<AlertSettings>("alerts") ?? { isSoundOn: true, isDesktopOn: true };
export const keepAlertSettings = (settings: AlertSettings): void => keep("alerts", settings);

export const desktopPermission = (): NotificationPermission | "unsupported" =>
  "Notification" in window ? Notification.permission : "unsupported";
export const askDesktopPermission = async (): Promise<NotificationPermission | "unsupported"> =>
  "Notification" in window ? Notification.requestPermission() : "unsupported";

let audio: AudioContext | undefined;
let isMuted = false;
const listeners = new Set<() => void>();

/** Browsers let a page sound only after somebody has touched it: until then an agent would miss every call. */
export const useIsMuted = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isMuted,
  );
function noteMuted(): void {
  const now = audio?.state === "suspended";
  if (now === isMuted) return;
  isMuted = now;
  for (const listener of listeners) listener();
}
/** Wakes the sound; does nothing before the first call or once it is awake. */
export function unmute(): void {
  if (audio?.state === "suspended") void audio.resume().then(noteMuted, noteMuted);
}
if (typeof window !== "undefined")
  for (const touch of ["pointerdown", "keydown"]) window.addEventListener(touch, unmute, { passive: true });

/** Two soft notes; made here, so no sound file is shipped. */
export function beep(): void {
  try {
    audio ??= new AudioContext();
    unmute();
    noteMuted();
    const start = audio.currentTime;
    for (const [index, pitch] of [660, 880].entries()) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, start + index * 0.14);
      gain.gain.linearRampToValueAtTime(0.12, start + index * 0.14 + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + index * 0.14 + 0.3);
      tone.connect(gain).connect(audio.destination);
      tone.start(start + index * 0.14);
      tone.stop(start + index * 0.14 + 0.32);
    }
  } catch {
    // Without sound the notification and the title still speak.
  }
}

export function callAgent(title: string, text: string, onOpen: () => void, tag = "tandem-queue"): void {
  const settings = alertSettings();
  if (settings.isSoundOn) beep();
  if (!settings.isDesktopOn || desktopPermission() !== "granted" || document.hasFocus()) return;
  // Called again under the same tag, it would only replace the text; TypeScript doesn't know `renotify`.
  const options: NotificationOptions & { renotify: boolean } = {
    body: text,
    icon: "/console/icon.svg",
    tag,
    requireInteraction: true,
    renotify: true,
  };
  const shown = new Notification(title, options);
  shown.onclick = () => {
    window.focus();
    shown.close();
    onOpen();
  };
}

export function showInTitle(count: number, name: string): void {
  document.title = count > 0 ? `(${count}) ${name}` : name;
}
