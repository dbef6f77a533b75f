setTimeout(()=>location.reload(),3e3+Math.random()*5e3);
