// The signed-in person: sign-in, presence, language, password.

import type { Language, Me, Presence } from "./contract";
import { call, configureApi } from "./http";

const ME = "/api/console/me";

function remember(me: Me): Me {
  configureApi({ csrf: me.csrf, language: me.language });
  return me;
}

export const signIn = async (email: string, password: string): Promise<Me> =>
  remember(await call<Me>("POST", "/api/console/sign-in", { body: { email, password } }));
export const signOut = () => call<void>("POST", "/api/console/sign-out");
export const getMe = async (): Promise<Me> => remember(await call<Me>("GET", ME));
export const setPresence = (presence: Presence) =>
  call<void>("PUT", `${ME}/presence`, { body: { presence } });
export const setLanguage = (language: Language) =>
  call<void>("PUT", `${ME}/language`, { body: { language } });
export const changePassword = (current: string, next: string) =>
  call<void>("PUT", `${ME}/password`, { body: { current, new: next } });
