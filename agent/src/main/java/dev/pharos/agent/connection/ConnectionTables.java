// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.localagent.ConfiguredMtp;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `Device.MQTT.`, `Device.STOMP.` and `Device.UnixDomainSockets.`: the brokers and sockets by which this agent reaches
/// its controllers. An enabled row connects as soon as an enabled row of `Device.LocalAgent.Controller.{i}.MTP.` leads
/// to it; one that none leads to stays Disabled.
public final class ConnectionTables implements ServiceElement {
    private static final String CLIENTS = "Device.MQTT.Client.";
    private static final String STATISTICS = CLIENTS + "{i}.Stats.";
    private static final String CONNECTIONS = "Device.STOMP.Connection.";
    private static final String SOCKETS = "Device.UnixDomainSockets.UnixDomainSocket.";
    private static final List<String> MQTT_TRANSPORTS = List.of("TCP/IP", "TLS");
    private static final int BEST_QOS = 1;

    private final AgentConfig config;
    private final boolean anew;
    private final Clock clock;
    private volatile Consumer<String> reconnect = row -> {};
    private volatile Function<String, BrokerTraffic> traffic = row -> BrokerTraffic.NONE;
    private @Nullable DeviceContext context;

    /// @param anew whether the configuration names other addresses than at the last start
    public ConnectionTables(AgentConfig config, boolean anew, Clock clock) {
        this.config = config;
        this.anew = anew;
        this.clock = clock;
    }

    /// How a connection stands.
    enum Status {
        OFF,
        CONNECTING,
        UNREACHABLE,
        MISCONFIGURED,
        UP
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.CONNECTIONS;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
        List<ConfiguredMtp> configured = ConfiguredMtp.of(config);
        mounted.update(transaction -> {
            transaction.set("Device.MQTT.Capabilities.ProtocolVersionsSupported", "3.1.1,5.0");
            transaction.set("Device.MQTT.Capabilities.TransportProtocolSupported", String.join(",", MQTT_TRANSPORTS));
            if (anew) {
                for (String table : List.of(CLIENTS, CONNECTIONS)) {
                    ConfiguredMtp.removeFrom(transaction, rows(transaction.snapshot(), table));
                }
                configured.forEach(mtp -> add(transaction, mtp));
            }
            // Rows that only this configuration can make.
            configured.forEach(mtp -> addSocket(transaction, mtp));
            return transaction;
        });
    }

    static List<ObjectInstance> rows(Snapshot snapshot, String table) {
        int name = table.lastIndexOf('.', table.length() - 2) + 1;
        return snapshot.object(table.substring(0, name))
                .map(holder -> holder.rows(table.substring(name, table.length() - 1)))
                .orElse(List.of());
    }

    private void add(Transaction transaction, ConfiguredMtp configured) {
        switch (configured.mtp()) {
            case ControllerMtp.Mqtt(ControllerMtp.Server broker, String _, String _) -> {
                String row = configured.addTo(transaction, CLIENTS);
                transaction.set(row + "Enable", "true");
                transaction.set(row + "Name", configured.alias());
                transaction.set(row + "BrokerAddress", broker.host());
                transaction.set(row + "BrokerPort", Integer.toString(broker.port()));
                transaction.set(row + "TransportProtocol", MQTT_TRANSPORTS.get(broker.encrypted() ? 1 : 0));
                transaction.set(row + "ClientID", config.endpointId().toString());
                transaction.set(row + "Username", broker.username());
            }
            case ControllerMtp.Stomp(ControllerMtp.Server broker, String _) -> {
                boolean taken = rows(transaction.snapshot(), CONNECTIONS).stream()
                        .anyMatch(row -> row.value("Host").orElse("").equals(broker.host())
                                && row.value("Username").orElse("").equals(broker.username())
                                && row.value("VirtualHost").orElse("").isEmpty());
                String row = configured.addTo(transaction, CONNECTIONS);
                transaction.set(row + "Enable", "true");
                transaction.set(row + "Host", broker.host());
                transaction.set(row + "Port", Integer.toString(broker.port()));
                transaction.set(row + "EnableEncryption", Boolean.toString(broker.encrypted()));
                transaction.set(row + "Username", broker.username());
                // No two rows may have the same key; the name of the host says as much as none.
                transaction.set(row + "VirtualHost", taken ? broker.host() : "");
                // A broker that is gone without a word is noticed, and an agent costs it a byte a minute.
                transaction.set(row + "EnableHeartbeats", "true");
                transaction.set(row + "OutgoingHeartbeat", "60000");
                transaction.set(row + "IncomingHeartbeat", "60000");
            }
            case ControllerMtp.WebSocket _, ControllerMtp.Uds _ -> {}
        }
    }

    private static void addSocket(Transaction transaction, ConfiguredMtp configured) {
        if (configured.mtp() instanceof ControllerMtp.Uds(var socket) && socket.isPresent()) {
            String row = configured.addTo(transaction, SOCKETS);
            transaction.set(row + "Mode", "Connect");
            transaction.set(row + "Path", socket.get().toString());
        }
    }

    /// Refuses what this agent does not do.
    @Override
    public void validate(ChangeSet proposed) {
        for (ObjectInstance client : rows(proposed.after(), CLIENTS)) {
            if (!MQTT_TRANSPORTS.contains(client.value("TransportProtocol").orElse("TCP/IP"))) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        client.path() + "TransportProtocol: this agent speaks MQTT over " + MQTT_TRANSPORTS);
            }
            for (ObjectInstance subscription : client.rows("Subscription")) {
                if (Integer.parseInt(subscription.value("QoS").orElse("0")) > BEST_QOS) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE, subscription.path() + "QoS: this agent takes 0 or 1");
                }
            }
        }
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.startsWith(STATISTICS);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        String row = object.path().substring(0, object.path().length() - "Stats.".length());
        return ClientStatistics.value(traffic.apply(row), parameter);
    }

    /// @param asked says what has passed over the connection of a row
    void onTraffic(Function<String, BrokerTraffic> asked) {
        traffic = asked;
    }

    /// @param act is given the path of a row whose connection is to be made anew
    void onReconnect(Consumer<String> act) {
        reconnect = act;
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        reconnect.accept(call.object().path());
        return Map.of();
    }

    /// Shows how a connection stands in the rows that describe it, as far as they are still there.
    ///
    /// @param told where the broker wants us to listen; empty where it does not say
    void show(Routes.Wanted wanted, Status status, String told) {
        DeviceContext mounted = context;
        if (mounted == null) {
            return;
        }
        mounted.update(transaction -> {
            Snapshot snapshot = transaction.snapshot();
            if (snapshot.object(wanted.agentMtp()).isPresent()) {
                transaction.set(wanted.agentMtp() + "Status", agentMtp(status));
                if (wanted.route() instanceof Route.Mqtt) {
                    transaction.set(wanted.agentMtp() + "MQTT.ResponseTopicDiscovered", told);
                } else if (wanted.route() instanceof Route.Stomp) {
                    transaction.set(wanted.agentMtp() + "STOMP.DestinationFromServer", told);
                }
            }
            if (snapshot.object(wanted.transport()).isPresent()) {
                transport(transaction, wanted, status, told);
            }
            return wanted;
        });
    }

    private void transport(Transaction transaction, Routes.Wanted wanted, Status status, String told) {
        String row = wanted.transport();
        if (row.startsWith(CLIENTS)) {
            transaction.set(row + "Status", mqtt(status));
            transaction.set(row + "ResponseInformation", told);
        } else {
            transaction.set(row + "Status", stomp(status));
            transaction.set(
                    row + "LastChangeDate",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    private static String agentMtp(Status status) {
        return switch (status) {
            case OFF, CONNECTING -> "Down";
            case UNREACHABLE, MISCONFIGURED -> "Error";
            case UP -> "Up";
        };
    }

    private static String mqtt(Status status) {
        return switch (status) {
            case OFF -> "Disabled";
            case CONNECTING -> "Connecting";
            case UNREACHABLE -> "Error_BrokerUnreachable";
            case MISCONFIGURED -> "Error_Misconfigured";
            case UP -> "Connected";
        };
    }

    private static String stomp(Status status) {
        return switch (status) {
            case OFF -> "Disabled";
            case CONNECTING -> "Connecting";
            case UNREACHABLE -> "ServerNotPresent";
            case MISCONFIGURED -> "Error_Misconfigured";
            case UP -> "Enabled";
        };
    }
}
