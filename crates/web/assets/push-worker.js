// Shows what the server pushed. It keeps nothing, and stands before no page.
addEventListener("push", (event) => {
  const { title, body, id, lang, urgent, link } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, lang, tag: id, requireInteraction: urgent, data: link }));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data));
});
