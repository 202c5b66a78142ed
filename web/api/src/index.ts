// The typed client of the desk: every call the console makes has one function here.

export * from "./account";
export type * from "./contract";
export * from "./conversations";
export { ApiError, type FieldFault, isCode } from "./error";
export { configureApi } from "./http";
export * from "./knowledge";
export * from "./shop";
export * from "./team";
