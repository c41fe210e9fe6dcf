// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandStore;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Errands for devices of TR-069 in the table `cwmp_errands`.
public final class PostgresErrandStore implements ErrandStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public PostgresErrandStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<StoredErrand> add(EndpointId device, Errand errand, Instant asked, int most) {
        return database.with(handle -> handle.createQuery("""
                        insert into cwmp_errands (device_no, asked, body)
                        select no, :asked, cast(:body as jsonb) from devices where id = :id
                            and (select count(*) from cwmp_errands where device_no = devices.no) < :most
                        returning seq
                        """)
                .bind("asked", Storable.time(asked))
                .bind("body", Storable.text(JSON.writeValueAsString(json(errand))))
                .bind("id", Storable.text(device.toString()))
                .bind("most", most)
                .mapTo(Long.class)
                .findOne()
                .map(seq -> new StoredErrand(seq, device, errand, asked, 0)));
    }

    @Override
    public List<StoredErrand> of(EndpointId device) {
        return database.with(handle -> handle.createQuery("select e.seq, e.asked, e.attempts, e.body"
                        + " from cwmp_errands e join devices d on d.no = e.device_no where d.id = :id order by e.seq")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new StoredErrand(
                        rows.getLong("seq"),
                        device,
                        errand(JSON.readTree(rows.getString("body"))),
                        rows.getTimestamp("asked").toInstant(),
                        rows.getInt("attempts")))
                .list());
    }

    @Override
    public List<EndpointId> crossed(int most) {
        return database.with(handle -> handle.createQuery("select id from devices where status <> 'OFFLINE'"
                        + " and transport <> '" + DeviceRecord.IN_SESSIONS + "'"
                        + " and no in (select device_no from cwmp_errands) limit :most")
                .bind("most", most)
                .mapTo(String.class)
                .map(EndpointId::of)
                .list());
    }

    @Override
    public boolean attempted(StoredErrand errand) {
        return count(errand, errand.attempts(), errand.attempts() + 1);
    }

    @Override
    public void untried(StoredErrand errand) {
        boolean _ = count(errand, errand.attempts() + 1, errand.attempts());
    }

    private boolean count(StoredErrand errand, int from, int to) {
        return database.with(handle -> handle.execute(
                        "update cwmp_errands set attempts = ? where seq = ? and attempts = ?", to, errand.seq(), from))
                > 0;
    }

    @Override
    public OptionalInt withdraw(StoredErrand errand) {
        return database.with(
                handle -> handle.createQuery("delete from cwmp_errands where seq = :seq returning attempts")
                        .bind("seq", errand.seq())
                        .mapTo(Integer.class)
                        .findOne()
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty));
    }

    @Override
    public void done(StoredErrand errand) {
        database.with(handle -> handle.execute("delete from cwmp_errands where seq = ?", errand.seq()));
    }

    /// A list of pairs, since JSON in PostgreSQL keeps no order of names.
    private static ObjectNode json(Errand errand) {
        ObjectNode json = JSON.createObjectNode();
        switch (errand) {
            case Errand.SetValues(Map<String, String> values) -> {
                ArrayNode pairs = json.putArray("set");
                values.forEach((path, value) -> pairs.addArray().add(path).add(value));
            }
            case Errand.ReadValues(List<String> paths) -> {
                ArrayNode read = json.putArray("read");
                paths.forEach(read::add);
            }
            case Errand.AddRow(String table, Map<String, String> values) -> {
                json.put("add", table);
                ArrayNode pairs = json.putArray("values");
                values.forEach((name, value) -> pairs.addArray().add(name).add(value));
            }
            case Errand.DeleteRows(List<String> rows) -> {
                ArrayNode delete = json.putArray("delete");
                rows.forEach(delete::add);
            }
            case Errand.MeetController(UspDoor door) -> DoorJson.write(door, json.putObject("meet"));
            case Errand.LeaveController(UspDoor door) -> DoorJson.write(door, json.putObject("leave"));
            case Errand.FetchFile(
                    String type,
                    String url,
                    String commandKey,
                    long size,
                    String name,
                    Instant until,
                    Optional<Instant> within) -> {
                ObjectNode fetch = json.putObject("fetch")
                        .put("type", type)
                        .put("url", url)
                        .put("key", commandKey)
                        .put("size", size)
                        .put("name", name)
                        .put("until", until.getEpochSecond());
                within.ifPresent(end -> fetch.put("within", end.getEpochSecond()));
            }
            case Errand.SendFile(String type, String url, String commandKey, Instant until) ->
                json.putObject("send")
                        .put("type", type)
                        .put("url", url)
                        .put("key", commandKey)
                        .put("until", until.getEpochSecond());
            case Errand.ChangeModules change -> ModulesJson.write(change, json.putObject("modules"));
            case Errand.RequestStates request -> ModulesJson.write(request, json.putArray("states"));
            case Errand.CallMethod(AcsRequest<?> request) -> MethodJson.write(request, json.putObject("call"));
            case Errand.Restart(boolean factoryReset) -> json.put("restart", factoryReset ? "factory" : "as it is");
        }
        return json;
    }

    private static Errand errand(JsonNode json) {
        if (json.has("set")) {
            return new Errand.SetValues(pairs(json.get("set")));
        }
        if (json.has("add")) {
            return new Errand.AddRow(json.get("add").stringValue(), pairs(json.path("values")));
        }
        if (json.has("delete")) {
            return new Errand.DeleteRows(words(json.get("delete")));
        }
        if (json.has("meet")) {
            return new Errand.MeetController(DoorJson.read(json.get("meet")));
        }
        if (json.has("leave")) {
            return new Errand.LeaveController(DoorJson.read(json.get("leave")));
        }
        if (json.has("fetch")) {
            return fetch(json.get("fetch"));
        }
        if (json.has("send")) {
            JsonNode send = json.get("send");
            return new Errand.SendFile(
                    send.get("type").stringValue(),
                    send.get("url").stringValue(),
                    send.get("key").stringValue(),
                    Instant.ofEpochSecond(send.get("until").longValue()));
        }
        if (json.has("modules")) {
            return ModulesJson.change(json.get("modules"));
        }
        if (json.has("states")) {
            return ModulesJson.request(json.get("states"));
        }
        if (json.has("call")) {
            return new Errand.CallMethod(MethodJson.read(json.get("call")));
        }
        if (json.has("restart")) {
            return new Errand.Restart(json.get("restart").stringValue().equals("factory"));
        }
        return new Errand.ReadValues(words(json.path("read")));
    }

    /// Before it had a type, it was for firmware.
    private static Errand.FetchFile fetch(JsonNode fetch) {
        return new Errand.FetchFile(
                fetch.path("type").stringValue(DownloadType.FIRMWARE.text()),
                fetch.get("url").stringValue(),
                fetch.get("key").stringValue(),
                fetch.get("size").longValue(),
                fetch.path("name").stringValue(""),
                Instant.ofEpochSecond(fetch.path("until").longValue(Instant.MAX.getEpochSecond())),
                fetch.has("within")
                        ? Optional.of(Instant.ofEpochSecond(fetch.get("within").longValue()))
                        : Optional.empty());
    }

    private static Map<String, String> pairs(JsonNode json) {
        Map<String, String> pairs = new LinkedHashMap<>();
        json.forEach(pair -> pairs.put(pair.get(0).stringValue(), pair.get(1).stringValue()));
        return pairs;
    }

    private static List<String> words(JsonNode json) {
        List<String> words = new ArrayList<>();
        json.forEach(word -> words.add(word.stringValue()));
        return words;
    }
}
