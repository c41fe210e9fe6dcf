// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of `Device.LocalAgent.MTP.` that say where controllers dial the agent by WebSocket (R-WS.6). Where that is
/// is said when the agent is started, so that the rows can be read and not changed.
///
/// @param places `ws://` or `wss://`, in the order in which the agent listens
record ListenerRows(List<URI> places) {
    private static final String ALIAS = "pharos-listener-";
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /// Those of the addresses that are WebSocket's.
    static ListenerRows of(List<String> addresses) {
        return new ListenerRows(addresses.stream()
                .filter(address -> address.startsWith("ws://") || address.startsWith("wss://"))
                .map(URI::create)
                .toList());
    }

    static boolean isOne(ObjectInstance row) {
        return row.value("Alias").orElse("").startsWith(ALIAS);
    }

    private static Map<String, String> parameters(URI place) {
        boolean encrypted = place.getScheme().equals("wss");
        int usual = encrypted ? TLS_PORT : PLAIN_PORT;
        return Map.of(
                "Port",
                Integer.toString(place.getPort() < 0 ? usual : place.getPort()),
                "Path",
                place.getPath(),
                "EnableEncryption",
                Boolean.toString(encrypted));
    }

    /// Makes the rows what they have to be.
    void show(Transaction transaction) {
        List<ObjectInstance> before = rows(transaction.snapshot());
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String alias = ALIAS + (i + 1);
            String row = before.stream()
                    .filter(one -> one.value("Alias").orElse("").equals(alias))
                    .findFirst()
                    .map(ObjectInstance::path)
                    .orElseGet(() -> transaction.add(LocalAgentModel.MTPS, Map.of("Alias", alias)));
            kept.add(row);
            transaction.set(row + "Enable", "true");
            transaction.set(row + "Protocol", "WebSocket");
            transaction.set(row + "Status", "Up");
            parameters(places.get(i)).forEach((name, value) -> transaction.set(row + "WebSocket." + name, value));
        }
        before.stream()
                .map(ObjectInstance::path)
                .filter(row -> !kept.contains(row))
                .forEach(transaction::delete);
    }

    private static List<ObjectInstance> rows(Snapshot snapshot) {
        return MtpElement.rows(snapshot).stream().filter(ListenerRows::isOne).toList();
    }

    /// @throws UspException where somebody changes where the agent listens
    void validate(ChangeSet proposed) {
        for (ObjectInstance row : rows(proposed.after())) {
            int number = Integer.parseInt(row.value("Alias").orElse("").substring(ALIAS.length()));
            boolean changed = number <= places.size()
                    && !(isTrue(row) && isOfWebSocket(row) && isAt(row, places.get(number - 1)));
            if (changed) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        row.path() + ": where this agent listens is said when it is started");
            }
        }
        if (rows(proposed.after()).size() < rows(proposed.before()).size()) {
            throw new UspException(
                    StandardErrorCode.DELETE_FAILURE, "this agent listens for as long as it is started so");
        }
    }

    private static boolean isTrue(ObjectInstance row) {
        return row.value("Enable").equals(Optional.of("true"));
    }

    private static boolean isOfWebSocket(ObjectInstance row) {
        return row.value("Protocol").equals(Optional.of("WebSocket"));
    }

    private static boolean isAt(ObjectInstance row, URI place) {
        return parameters(place).entrySet().stream()
                .allMatch(wanted -> row.child("WebSocket")
                        .flatMap(shown -> shown.value(wanted.getKey()))
                        .equals(Optional.of(wanted.getValue())));
    }
}
