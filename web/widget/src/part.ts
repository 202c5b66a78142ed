// Parts of the chat that only some pages need, from where the chat itself comes from.

export const part = (api: string, name: string) => import(/* @vite-ignore */ `${api}/widget/${name}.js`);
