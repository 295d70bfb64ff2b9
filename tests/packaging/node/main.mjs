import { desk } from "./app/desk.js";

console.log(JSON.stringify(await desk()));
