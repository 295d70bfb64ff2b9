import { list } from "../list.js";

list().then((result) => console.log(JSON.stringify(result)));
