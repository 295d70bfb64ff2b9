import { form } from "../form.js";

console.log(JSON.stringify(form()));
