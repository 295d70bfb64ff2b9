const {RecipientImport, Campaign}=await import("giftcard-partners");
const N=100000; const text=Buffer.from("email,name,product,value\n"+Array.from({length:N},(_,i)=>`person${i}@example.org,Person ${i},INKWHISTLE,25\n`).join(""));
const L={}; for(let k=0;k<7;k++){
let t=performance.now(); const lap=(w)=>{const n=performance.now();(L[w]??=[]).push(n-t);t=performance.now();};
const i=new RecipientImport({type:"DigitalDelivery"}); i.push(text); const r=i.finish(); lap("import");
const p=r.plan({campaign:"x",maxLinesPerOrder:500}); lap("plan");
const d=[...p.digests(new Uint8Array(16))]; lap("digests");
const b=p.toBytes(); lap("toBytes "+b.length);
const q=Campaign.fromBytes(b); lap("fromBytes");
const o=[...p.orders()]; lap("orders");
const o2=[...q.orders()]; lap("orders2"); if (!o.every((x,i)=>Buffer.compare(x.body,o2[i].body)===0)) console.log("DIFFER");
p.free(); r.free(); q.free();}
for (const [w,l] of Object.entries(L)) console.log(w, l.sort((a,b)=>a-b)[3].toFixed(1));
