"use strict";
const token = new URLSearchParams(location.search).get("token");
fetch("/api/settings", { headers: { Authorization: `Bearer ${token}` } })
  .then((answer) => answer.json())
  .then((settings) => { document.getElementById("answer").textContent = JSON.stringify(settings, null, 1); });
