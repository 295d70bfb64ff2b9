import { validateOrder } from "giftcard-partners/order";
import { order } from "./data.js";
import { checkByHand } from "./peers/hand.js";
const bytes=new TextEncoder().encode(JSON.stringify(order(1).value)); const dec=new TextDecoder(); const text=JSON.stringify(order(1).value); const obj=order(1).value;
const bad=new TextEncoder().encode(JSON.stringify(order(1,"one bad line").value));
const f={ours:()=>validateOrder(bytes),empty:()=>validateOrder(new Uint8Array(0)), bad:()=>validateOrder(bad), text:()=>validateOrder(text), obj:()=>validateOrder(obj), hand:()=>checkByHand(JSON.parse(dec.decode(bytes))), decode:()=>dec.decode(bytes), parse:()=>JSON.parse(text), str:()=>JSON.stringify(obj)};
const best={};
for(let r=0;r<40;r++) for(const [k,fn] of Object.entries(f)){const s=performance.now();for(let i=0;i<20000;i++)fn();const t=(performance.now()-s)/20;best[k]=Math.min(best[k]??1e9,t);}
console.log(Object.entries(best).map(([k,v])=>k+" "+v.toFixed(2)+"µs").join(" · "));
