// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.MTP.`: where the program makes the connections, a row for each kind of transport in use; where
/// the agent makes them, one for each broker or socket, and one for WebSocket. Its Status says whether a connection
/// stands. One more for each WebSocket address at which the agent listens itself.
public final class MtpElement implements ServiceElement {
    private final AgentConfig config;
    private final Dialling dialling;
    private final Map<String, Integer> open = new HashMap<>(2);
    private ListenerRows listeners = new ListenerRows(List.of());
    private @Nullable DeviceContext context;

    /// Who makes the connections.
    public enum Dialling {
        /// The program that runs the agent.
        BY_PROGRAM,
        /// The agent, by addresses that are those of its last start or were written over USP since.
        AS_BEFORE,
        /// The agent, by addresses that its configuration names for the first time.
        ANEW;

        boolean byAgent() {
            return this != BY_PROGRAM;
        }
    }

    public MtpElement(AgentConfig config, Dialling dialling) {
        this.config = config;
        this.dialling = dialling;
    }

    @Override
    public SupportedDataModel supported() {
        return dialling.byAgent() ? LocalAgentModel.DIALLED_MTP : LocalAgentModel.MTP;
    }

    @Override
    public synchronized void start(DeviceContext mounted) {
        context = mounted;
        mounted.update(transaction -> {
            switch (dialling) {
                case BY_PROGRAM -> addKinds(transaction);
                case ANEW -> addConfigured(transaction);
                case AS_BEFORE -> {}
            }
            return transaction;
        });
    }

    private void addKinds(Transaction transaction) {
        List<String> protocols = AgentElement.protocols(config);
        for (int i = 0; i < protocols.size(); i++) {
            String row = transaction.add(LocalAgentModel.MTPS, i + 1L);
            transaction.set(row + "Enable", "true");
            transaction.set(row + "Protocol", protocols.get(i));
            transaction.set(row + "Status", "Down");
        }
    }

    private void addConfigured(Transaction transaction) {
        ConfiguredMtp.removeFrom(transaction, rows(transaction.snapshot()));
        for (ConfiguredMtp configured : ConfiguredMtp.of(config)) {
            String row = configured.addTo(transaction, LocalAgentModel.MTPS);
            transaction.set(row + "Enable", "true");
            transaction.set(row + "Protocol", configured.mtp().protocol());
            refer(transaction, row, configured);
        }
    }

    private static void refer(Transaction transaction, String row, ConfiguredMtp configured) {
        Snapshot snapshot = transaction.snapshot();
        switch (configured.mtp()) {
            case ControllerMtp.Mqtt mqtt -> {
                transaction.set(row + "MQTT.Reference", configured.reference(rows(snapshot, "Device.MQTT.", "Client")));
                transaction.set(row + "MQTT.ResponseTopicConfigured", mqtt.own());
            }
            case ControllerMtp.Stomp _ ->
                transaction.set(
                        row + "STOMP.Reference", configured.reference(rows(snapshot, "Device.STOMP.", "Connection")));
            case ControllerMtp.Uds(var socket) ->
                socket.ifPresent(_ -> transaction.set(
                        row + "UDS.UnixDomainSocketRef",
                        configured.reference(rows(snapshot, "Device.UnixDomainSockets.", "UnixDomainSocket"))));
            case ControllerMtp.WebSocket _ -> {}
        }
    }

    static List<ObjectInstance> rows(Snapshot snapshot) {
        return rows(snapshot, LocalAgentModel.LOCAL_AGENT, "MTP");
    }

    static List<ObjectInstance> rows(Snapshot snapshot, String holder, String table) {
        return snapshot.object(holder).map(object -> object.rows(table)).orElse(List.of());
    }

    /// Where the agent listens for controllers from now on.
    ///
    /// @param addresses such as `wss://0.0.0.0:8443/usp`
    public synchronized void listening(List<String> addresses) {
        listeners = ListenerRows.of(addresses);
        if (dialling.byAgent() && context != null) {
            ListenerRows shown = listeners;
            context.update(transaction -> {
                shown.show(transaction);
                return transaction;
            });
        }
    }

    /// Refuses what this agent does not do.
    @Override
    public void validate(ChangeSet proposed) {
        listeners.validate(proposed);
        for (ObjectInstance row : rows(proposed.after())) {
            Optional<String> qos = row.child("MQTT").flatMap(mqtt -> mqtt.value("PublishQoS"));
            if (qos.filter("2"::equals).isPresent()) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        row.path() + "MQTT.PublishQoS: this agent publishes with 0 or 1");
            }
        }
    }

    /// A connection of this kind has come or gone.
    public synchronized void connections(String protocol, int difference) {
        int before = open.getOrDefault(protocol, 0);
        int now = before + difference;
        open.put(protocol, now);
        boolean shownElsewhere = dialling.byAgent() && (protocol.equals("MQTT") || protocol.equals("STOMP"));
        if (context != null && !shownElsewhere && (before == 0) != (now == 0)) {
            context.update(transaction -> {
                for (ObjectInstance row : rows(transaction.snapshot())) {
                    if (row.value("Protocol").orElse("").equals(protocol) && !ListenerRows.isOne(row)) {
                        transaction.set(row.path() + "Status", now > 0 ? "Up" : "Down");
                    }
                }
                return transaction;
            });
        }
    }
}
