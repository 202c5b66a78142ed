/// <reference types="vite/client" />
declare module "virtual:tokens" {
  const rules: string;
  export default rules;
}
