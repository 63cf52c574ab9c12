import { read, readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Mailer } from "@/platform/mailer";
import type { Keyring } from "@/platform/secrets";
import * as contract from "./contract";
import * as service from "./service";

export type NotificationsDeps = { keyring: Keyring; mailer: Mailer };

export const notificationsRoutes = ({ keyring, mailer }: NotificationsDeps) =>
  createRouter()
    .openapi(contract.listNotifications, (c) =>
      read(c, contract.NotificationPage, (tx) => service.listNotifications(tx, c.req.valid("query"))),
    )
    .openapi(contract.countUnread, (c) => read(c, contract.Unread, service.countUnread))
    .openapi(contract.markNotificationsRead, (c) =>
      write(c, contract.Unread, 200, (tx, actor) => service.markNotificationsRead(tx, actor, c.req.valid("json"))),
    )
    .openapi(contract.getNotificationPreferences, (c) =>
      readAs(c, contract.Preferences, service.getNotificationPreferences),
    )
    .openapi(contract.setNotificationPreferences, (c) =>
      write(c, contract.Preferences, 200, (tx, actor) =>
        service.setNotificationPreferences(tx, actor, c.req.valid("json")),
      ),
    )
    .openapi(contract.resumeNotificationMail, (c) =>
      write(c, contract.Preferences, 200, service.resumeNotificationMail),
    )
    .openapi(contract.getNotificationSettings, (c) =>
      readAs(c, contract.Settings, (tx, actor) =>
        service.getNotificationSettings(tx, actor, { keyring, mails: !mailer.off }),
      ),
    )
    .openapi(contract.setNotificationSettings, (c) =>
      write(c, contract.Settings, 200, (tx, actor) =>
        service.setNotificationSettings(tx, actor, c.req.valid("json"), {
          keyring,
          clock: c.var.clock,
          mails: !mailer.off,
        }),
      ),
    )
    .openapi(contract.listDeliveries, (c) =>
      readAs(c, contract.DeliveryPage, (tx, actor) => service.listDeliveries(tx, actor, c.req.valid("query"))),
    );
