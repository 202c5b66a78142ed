// The typed client of the desk: every call the console makes has one function here.

export * from "./account";
export * from "./actions";
export * from "./bot";
export { configureApi } from "./client";
export * from "./conversations";
export { ApiError, type FieldFault, isCode } from "./error";
export * from "./handoff";
export * from "./knowledge";
export * from "./measures";
export * from "./routing";
export type * from "./shapes";
export * from "./shop";
export * from "./team";
export * from "./workspace";
