import { desk } from "../desk.js";

desk().then((result) => console.log(JSON.stringify(result)));
