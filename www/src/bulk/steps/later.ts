// The steps after the upload, and the results, under their names.
export { Match as match } from "./match";
export { Fix as fix } from "./fix";
export { Review as review } from "./review";
export { Send as send } from "./send";
export { Results as results } from "./results";
