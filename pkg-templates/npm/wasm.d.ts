/** The module, as the runtime or the bundler hands it out: a `WebAssembly.Module`, or the URL of it. */
declare const module: object | string;
export default module;
