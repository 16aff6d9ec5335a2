// A new member's days begin where they live. Without this file it is UTC until they say otherwise.
const field = document.querySelector("input[name=time_zone][type=hidden]");
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
