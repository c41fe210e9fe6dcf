// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusFound;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plug-ins on the bus, each by its root object, such as `Time`. Everything is asked of the root, with the way from
/// there, so that no object needs to be looked for.
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    private static final String SUPPORTED = "_get_supported";
    private static final String ERROR = "amxd-error-code";
    private static final String SIZE = "amxb_result_size";

    private final UbusClient ubus;

    Plugins(UbusClient ubus) {
        this.ubus = ubus;
    }

    /// What each plug-in says that it supports, as far as it says so in time.
    ///
    /// @param others whom nobody may stand in for
    Map<String, UbusTable> find(Set<String> others) throws InterruptedException {
        long deadline = System.nanoTime() + Limits.START.toNanos();
        Map<String, UbusTable> found = new LinkedHashMap<>();
        try {
            for (UbusFound object : ubus.lookup("*", Limits.ANSWER)) {
                String root = object.path();
                boolean plugin = root.matches("[A-Za-z_][A-Za-z0-9_-]*")
                        && object.methods().members().containsKey(SUPPORTED)
                        && !others.contains(root);
                long left = deadline - System.nanoTime();
                if (plugin && left > 0 && found.size() < Limits.PLUGINS) {
                    Duration patience = Duration.ofNanos(Math.min(left, Limits.ANSWER.toNanos()));
                    try {
                        found.put(root, call(root, SUPPORTED, all(), patience).result());
                    } catch (UspException silent) {
                        LOG.warn("the plug-in {} does not say what it supports: {}", root, silent.fault());
                    }
                } else if (plugin) {
                    LOG.warn("the plug-in {} was not asked what it supports: no time or no room is left", root);
                }
            }
        } catch (UbusException | IOException none) {
            LOG.warn("the plug-ins on ubus cannot be found: {}", none.getMessage());
        }
        return found;
    }

    private static UbusTable all() {
        return UbusTable.EMPTY.with("parameters", true).with("functions", true).with("events", false);
    }

    /// What a plug-in has now, by path without `Device.`.
    UbusTable get(String root) throws InterruptedException {
        return call(root, "_get", UbusTable.EMPTY.with("depth", -1), Limits.ANSWER)
                .result();
    }

    void set(String root, String relative, UbusTable parameters) throws InterruptedException {
        call(root, "_set", at(relative).with("parameters", parameters), Limits.ANSWER);
    }

    /// Adds a row with this Instance Number.
    ///
    /// @throws UspException also where the plug-in chose another one, whose row is deleted again
    void add(String root, String table, long index, UbusTable parameters) throws InterruptedException {
        UbusTable made = call(
                        root, "_add", at(table).with("index", index).with("parameters", parameters), Limits.ANSWER)
                .result();
        long chosen = made.number("index").orElse(index);
        if (chosen != index) {
            delete(root, table + chosen + ".");
            throw new UspException(
                    StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED,
                    "the plug-in " + root + " takes no row with the number " + index);
        }
    }

    void delete(String root, String row) throws InterruptedException {
        call(root, "_del", at(row), Limits.ANSWER);
    }

    /// Runs a command of an object.
    ///
    /// @param name without `()`
    Reply run(String root, String relative, String name, UbusTable arguments) throws InterruptedException {
        return call(root, "_exec", at(relative).with("method", name).with("args", arguments), Limits.COMMAND);
    }

    private static UbusTable at(String relative) {
        return UbusTable.EMPTY.with("rel_path", relative);
    }

    /// Hears that something of a plug-in is another.
    Closeable follow(String root, Runnable changed) throws UbusException, InterruptedException {
        return ubus.subscribe(root, event -> {
            if (event.name().startsWith("dm:")) {
                changed.run();
            }
        });
    }

    /// What a call gave.
    ///
    /// @param result what the function returned; a single value is called `retval`
    /// @param out what it wrote into its arguments
    record Reply(UbusTable result, UbusTable out) {}

    private Reply call(String root, String method, UbusTable arguments, Duration patience) throws InterruptedException {
        try {
            return reply(root + " " + method, ubus.invoke(root, method, arguments, patience));
        } catch (UbusException refused) {
            throw new UspException(
                    switch (refused.status()) {
                        case NOT_FOUND, METHOD_NOT_FOUND -> StandardErrorCode.OBJECT_DOES_NOT_EXIST;
                        case INVALID_ARGUMENT -> StandardErrorCode.INVALID_VALUE;
                        case NOT_SUPPORTED -> StandardErrorCode.NON_WRITEABLE_PARAMETER;
                        case PERMISSION_DENIED -> StandardErrorCode.PERMISSION_DENIED;
                        default -> StandardErrorCode.INTERNAL_ERROR;
                    },
                    "the plug-in " + root + " answers " + method + " with " + refused.status());
        } catch (IOException broken) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR, "the plug-in " + root + ": " + broken.getMessage());
        }
    }

    /// Three tables: the result, which may come in parts, the arguments, and whether it went well.
    private static Reply reply(String what, List<UbusTable> tables) {
        long error = tables.isEmpty() ? 0 : tables.getLast().number(ERROR).orElse(0);
        if (error != 0) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, what + " failed with the code " + error);
        }
        boolean ended = !tables.isEmpty() && tables.getLast().members().containsKey(ERROR);
        int parts = Math.max(ended ? tables.size() - 2 : tables.size(), Math.min(1, tables.size()));
        Map<String, UbusValue> members = new LinkedHashMap<>();
        tables.subList(0, parts).forEach(table -> members.putAll(table.members()));
        members.keySet().removeAll(Set.of(SIZE, ERROR));
        UbusTable out = ended && tables.size() > 2 ? tables.get(tables.size() - 2) : UbusTable.EMPTY;
        return new Reply(new UbusTable(members), out);
    }
}
