begin(respondWidget);
// The fonts of a page of the host come after its first words.
requestAnimationFrame(() => setTimeout(() => document.getElementById("fonts")?.setAttribute("media", "all")));
