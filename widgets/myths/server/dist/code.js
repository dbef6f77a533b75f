async function r(...t){try{return await navigator.clipboard.writeText(t.map(e=>e.innerText).join(`

`)),!0}catch{let[e,c]=[t[0],t[t.length-1]];return getSelection()?.setBaseAndExtent(e,0,c,c.childNodes.length),document.execCommand("copy")}}var o=t=>{let e=document.getElementById(t);if(!e)throw new Error(`the page has no #${t}`);return e};var n=o("code-tools"),s=o("copy-status"),a=t=>{s.textContent=t??""};n.hidden=!1;o("print").onclick=()=>print();o("copy").onclick=async()=>{let t=await r(o("recovery-code"));a(t?n.dataset.copied:n.dataset.failed)};
