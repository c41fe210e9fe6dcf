// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A plug-in of prplOS in small: `Time`, with clients that come and go. Answers as libamxd does, with three tables.
final class PluginOnUbus {
    static final String ROOT = "Time";
    private static final int CSTRING = 1;
    private static final int UINT32 = 8;
    private static final int BOOL = 12;
    private static final int CSV = 17;

    /// What was called and changed something, as `_set Client.1.`.
    final List<String> calls = new CopyOnWriteArrayList<>();
    /// Another plug-in's name, for tests that need two.
    private final String root;

    private final Map<String, UbusTable> objects = new TreeMap<>();
    /// What is said to be supported beside what is there.
    volatile UbusTable lie = UbusTable.EMPTY;
    /// What is said to be there beside what is.
    volatile UbusTable nonsense = UbusTable.EMPTY;
    /// Whether nobody gets an answer any more.
    volatile boolean hangs;
    /// The object that takes no writes.
    volatile String refuses = "none";

    PluginOnUbus(String root) {
        this.root = root;
        objects.put(
                root + ".",
                UbusTable.EMPTY
                        .with("Enable", true)
                        .with("Status", "Synchronized")
                        .with("LocalTimeZone", "CET-1CEST")
                        .with("SharedSecret", "do not tell")
                        .with("ClientNumberOfEntries", 1));
        objects.put(root + ".Client.2.", client("0.pool.ntp.org,1.pool.ntp.org"));
        objects.put(root + ".Client.2.Stats.", UbusTable.EMPTY.with("PacketsSent", 7));
    }

    private static UbusTable client(String servers) {
        return UbusTable.EMPTY.with("Enable", true).with("Servers", servers).with("Port", 123);
    }

    UbusObject object() {
        return new UbusObject(
                root,
                Map.of(
                        "_get_supported", UbusMethod.of(call -> answer(supported())),
                        "_get", UbusMethod.of(call -> answer(all())),
                        "_set", UbusMethod.of(call -> answer(set(call.arguments()))),
                        "_add", UbusMethod.of(call -> answer(add(call.arguments()))),
                        "_del", UbusMethod.of(call -> answer(delete(call.arguments()))),
                        "_exec", UbusMethod.of(call -> answer(run(call.arguments())))));
    }

    private List<UbusTable> answer(UbusTable result) {
        if (hangs) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
        return List.of(result, UbusTable.EMPTY, UbusTable.EMPTY.with("amxd-error-code", 0));
    }

    private UbusTable supported() {
        UbusTable told = UbusTable.EMPTY
                .with(
                        root + ".",
                        described(
                                false,
                                List.of(
                                        parameter("Enable", BOOL, true),
                                        parameter("Status", CSTRING, false),
                                        parameter("LocalTimeZone", CSTRING, true),
                                        parameter("SharedSecret", CSTRING, true),
                                        parameter("ClientNumberOfEntries", UINT32, false)),
                                List.of(UbusTable.EMPTY
                                        .with("command_name", "Sync()")
                                        .with("command_type", 1)
                                        .with("input_arg_names", names("Server"))
                                        .with("output_arg_names", names("Offset")))))
                .with(
                        root + ".Client.{i}.",
                        described(
                                true,
                                List.of(
                                        parameter("Enable", BOOL, true),
                                        parameter("Servers", CSV, true),
                                        parameter("Port", UINT32, true)),
                                List.of()))
                .with(
                        root + ".Client.{i}.Stats.",
                        described(false, List.of(parameter("PacketsSent", UINT32, false)), List.of()));
        for (Map.Entry<String, UbusValue> more : lie.members().entrySet()) {
            told = told.with(more.getKey(), more.getValue());
        }
        return told;
    }

    static UbusTable described(boolean many, List<UbusTable> parameters, List<UbusTable> commands) {
        return UbusTable.EMPTY
                .with("is_multi_instance", many)
                .with("access", 1)
                .with("supported_params", new UbusValue.Array(new ArrayList<>(parameters)))
                .with("supported_commands", new UbusValue.Array(new ArrayList<>(commands)));
    }

    static UbusTable parameter(String name, int type, boolean writable) {
        return UbusTable.EMPTY
                .with("param_name", name)
                .with("type", type)
                .with("access", writable ? 1 : 0)
                .with("value_change", 1);
    }

    private static UbusValue names(String name) {
        return new UbusValue.Array(List.of(new UbusValue.Text(name)));
    }

    private synchronized UbusTable all() {
        UbusTable all = UbusTable.EMPTY;
        for (Map.Entry<String, UbusTable> object : objects.entrySet()) {
            all = all.with(object.getKey(), object.getValue());
        }
        for (Map.Entry<String, UbusValue> more : nonsense.members().entrySet()) {
            all = all.with(more.getKey(), more.getValue());
        }
        return all;
    }

    private synchronized UbusTable set(UbusTable arguments) throws UbusException {
        String relative = arguments.text("rel_path").orElse("");
        String path = root + "." + relative;
        UbusTable object = objects.get(path);
        if (object == null) {
            throw new UbusException(UbusStatus.NOT_FOUND, path);
        }
        if (refuses.equals(relative)) {
            throw new UbusException(UbusStatus.INVALID_ARGUMENT, path);
        }
        objects.put(path, with(object, arguments.table("parameters")));
        calls.add("_set " + relative);
        return UbusTable.EMPTY.with(path, arguments.table("parameters"));
    }

    static UbusTable with(UbusTable object, UbusTable parameters) {
        UbusTable changed = object;
        for (Map.Entry<String, UbusValue> parameter : parameters.members().entrySet()) {
            changed = changed.with(parameter.getKey(), parameter.getValue());
        }
        return changed;
    }

    /// What somebody else changes.
    synchronized void change(String relative, UbusTable parameters) {
        objects.merge(root + "." + relative, parameters, PluginOnUbus::with);
    }

    synchronized void forget(String relative) {
        objects.keySet().removeIf(path -> path.startsWith(root + "." + relative));
    }

    synchronized UbusTable now(String relative) {
        return objects.getOrDefault(root + "." + relative, UbusTable.EMPTY);
    }

    private synchronized UbusTable add(UbusTable arguments) throws UbusException {
        String table = arguments.text("rel_path").orElse("");
        long index = arguments.number("index").orElse(0);
        if (refuses.equals(table)) {
            throw new UbusException(UbusStatus.UNKNOWN_ERROR, table);
        }
        objects.put(root + "." + table + index + ".", with(client("pool.example.com"), arguments.table("parameters")));
        objects.put(root + "." + table + index + ".Stats.", UbusTable.EMPTY.with("PacketsSent", 0));
        calls.add("_add " + table + index + ".");
        return UbusTable.EMPTY.with("index", index).with("object", root + "." + table + index + ".");
    }

    private synchronized UbusTable delete(UbusTable arguments) throws UbusException {
        String row = arguments.text("rel_path").orElse("");
        if (refuses.equals(row)) {
            throw new UbusException(UbusStatus.UNKNOWN_ERROR, row);
        }
        forget(row);
        calls.add("_del " + row);
        return UbusTable.EMPTY;
    }

    private static UbusTable run(UbusTable arguments) throws UbusException {
        String server = arguments.table("args").text("Server").orElse("");
        if (server.isEmpty()) {
            throw new UbusException(UbusStatus.INVALID_ARGUMENT, "Sync");
        }
        return UbusTable.EMPTY.with("Offset", "3 ms to " + server);
    }
}
