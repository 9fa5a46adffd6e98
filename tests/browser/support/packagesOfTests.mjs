// `node --import` this to run a program of another folder with the packages of the tests, where it has none of its own.
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || specifier.startsWith(".")) throw error;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
}
