// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.Notice;
import dev.pharos.controller.acs.NoticeStore;
import dev.pharos.controller.acs.Notices;
import dev.pharos.cwmp.Notification;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How devices of TR-069 tell of changes, in the table `cwmp_notices`.
public final class PostgresNoticeStore implements NoticeStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public PostgresNoticeStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(EndpointId device, Notices notices) {
        database.with(handle -> handle.createUpdate("""
                        insert into cwmp_notices (device_no, asked, body)
                        select no, :asked, cast(:body as jsonb) from devices where id = :id
                        on conflict (device_no) do update set asked = excluded.asked, body = excluded.body
                        """)
                .bind("asked", Storable.time(notices.asked()))
                .bind("body", json(notices))
                .bind("id", Storable.text(device.toString()))
                .execute());
    }

    @Override
    public Optional<Notices> find(EndpointId device) {
        return database.with(handle -> handle.createQuery("select n.asked, n.body from cwmp_notices n"
                        + " join devices d on d.no = n.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) ->
                        read(rows.getTimestamp("asked").toInstant(), JSON.readTree(rows.getString("body"))))
                .findOne());
    }

    private static String json(Notices notices) {
        ObjectNode json = JSON.createObjectNode();
        json.put("objection", notices.objection());
        ArrayNode all = json.putArray("all");
        notices.all().forEach(each -> {
            ObjectNode one = all.addObject()
                    .put("name", each.parameter())
                    .put("told", each.actual().name());
            each.wanted().ifPresent(wanted -> one.put("wanted", wanted.name()));
            if (!each.refusal().isEmpty()) {
                one.put("refusal", each.refusal());
            }
        });
        // a zero character, which a device may say, is none for PostgreSQL
        return Storable.text(JSON.writeValueAsString(json)).replace("\\u0000", "\\ufffd");
    }

    private static Notices read(Instant asked, JsonNode json) {
        List<Notice> all = new ArrayList<>();
        json.path("all")
                .forEach(one -> all.add(new Notice(
                        one.get("name").stringValue(),
                        Notification.valueOf(one.get("told").stringValue()),
                        one.has("wanted")
                                ? Optional.of(
                                        Notification.valueOf(one.get("wanted").stringValue()))
                                : Optional.empty(),
                        one.path("refusal").asString(""))));
        return new Notices(asked, all, json.path("objection").asString(""));
    }
}
