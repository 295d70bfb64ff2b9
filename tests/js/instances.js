// To be imported before the package: the instances that it makes, whose memory is nobody else's to see.
export const instances = [];

const { Instance } = WebAssembly;
WebAssembly.Instance = function (...args) {
  const instance = new Instance(...args);
  instances.push(instance);
  return instance;
};
WebAssembly.Instance.prototype = Instance.prototype;

/** The memory of an instance, whatever it is called. */
export const memoryOf = ({ exports }) => Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
