// The signed-in person: sign-in, presence, language, password.

import { client, configureApi, take } from "./client";
import type { Language, Me, Presence } from "./shapes";

function remember(me: Me): Me {
  configureApi({ csrf: me.csrf, language: me.language });
  return me;
}

export const signIn = async (email: string, password: string): Promise<Me> =>
  remember(await take(client.POST("/api/console/sign-in", { body: { email, password } })));
export const signOut = () => take(client.POST("/api/console/sign-out"));
export const getMe = async (): Promise<Me> => remember(await take(client.GET("/api/console/me")));
export const setPresence = (presence: Presence) =>
  take(client.PUT("/api/console/me/presence", { body: { presence } }));
export const setLanguage = (language: Language) =>
  take(client.PUT("/api/console/me/language", { body: { language } }));
export const changePassword = (current: string, next: string) =>
  take(client.PUT("/api/console/me/password", { body: { current, new: next } }));
