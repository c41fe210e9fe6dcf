// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes the ways to one controller: a row for each protocol, which is written to where it is there, so that what the
/// file does not say of it stays.
final class WayWriting {
    private static final String AGENT_MTPS = "Device.LocalAgent.MTP.";
    private static final String CLIENTS = "Device.MQTT.Client.";
    private static final String CONNECTIONS = "Device.STOMP.Connection.";
    private static final String HEART_BEAT = "60000";

    private final Transaction transaction;
    private final EndpointId own;
    private final EndpointId controller;
    private final String row;

    /// @param row of the controller
    WayWriting(Transaction transaction, EndpointId own, EndpointId controller, String row) {
        this.transaction = transaction;
        this.own = own;
        this.controller = controller;
        this.row = row;
    }

    private List<DescribedWay> ways() {
        Snapshot snapshot = transaction.snapshot();
        return snapshot.object(row)
                .map(found -> DescribedWay.of(snapshot, found))
                .orElse(List.of());
    }

    /// @param urls the best first, of other protocols each
    void write(List<String> urls) {
        Map<String, ControllerMtp> wanted = new TreeMap<>();
        ControllerUrls texts = new ControllerUrls(own, controller);
        for (String url : urls) {
            ControllerMtp way = texts.described(url);
            wanted.put(way.protocol(), way);
        }
        for (DescribedWay known : ways()) {
            if (!wanted.containsKey(known.protocol()) && known.isOpen()) {
                remove(known);
            }
        }
        for (String url : urls) {
            ControllerMtp way = texts.described(url);
            Optional<DescribedWay> known = ways().stream()
                    .filter(one -> one.protocol().equals(way.protocol()))
                    .findFirst();
            boolean same = known.filter(DescribedWay::isOpen)
                    .flatMap(DescribedWay::way)
                    .flatMap(texts::text)
                    .equals(texts.text(way));
            if (!same) {
                describe(way, known);
            }
        }
        order(urls.stream().map(url -> texts.described(url).protocol()).toList());
    }

    private void remove(DescribedWay way) {
        transaction.delete(way.row().path());
        way.agentMtp().filter(mtp -> isUnused(mtp.path())).ifPresent(mtp -> transaction.delete(mtp.path()));
        way.transport()
                .filter(broker -> way.hasBroker() && isUnused(broker.path()))
                .ifPresent(broker -> transaction.delete(broker.path()));
    }

    /// Whether no way of any controller leads there.
    private boolean isUnused(String path) {
        Snapshot snapshot = transaction.snapshot();
        return ControllerElement.rows(snapshot).stream()
                .flatMap(found -> DescribedWay.of(snapshot, found).stream())
                .noneMatch(way -> leadsTo(way, path));
    }

    private static boolean leadsTo(DescribedWay way, String path) {
        return way.agentMtp().stream().anyMatch(mtp -> mtp.path().equals(path))
                || way.transport().stream().anyMatch(broker -> broker.path().equals(path));
    }

    /// Whether ways of others lead there too, whose connection is none of ours.
    private boolean isShared(String path) {
        Snapshot snapshot = transaction.snapshot();
        return ControllerElement.rows(snapshot).stream()
                .filter(found -> !found.path().equals(row))
                .flatMap(found -> DescribedWay.of(snapshot, found).stream())
                .anyMatch(way -> leadsTo(way, path));
    }

    private void describe(ControllerMtp way, Optional<DescribedWay> known) {
        String path = known.map(found -> found.row().path()).orElseGet(() -> transaction.add(row + "MTP."));
        transaction.set(path + "Protocol", way.protocol());
        transaction.set(path + "Enable", "true");
        switch (way) {
            case ControllerMtp.WebSocket(String host, int port, String place, boolean encrypted) -> {
                transaction.set(path + "WebSocket.Host", host);
                transaction.set(path + "WebSocket.Port", Integer.toString(port));
                transaction.set(path + "WebSocket.Path", place);
                transaction.set(path + "WebSocket.EnableEncryption", Boolean.toString(encrypted));
            }
            case ControllerMtp.Mqtt mqtt -> mqtt(mqtt, path, known);
            case ControllerMtp.Stomp stomp -> stomp(stomp, path, known);
            case ControllerMtp.Uds(var socket) ->
                transaction.set(
                        path + "UDS.UnixDomainSocketRef",
                        socket(socket.orElseThrow().toString()));
        }
    }

    /// The row of a broker that this way alone leads to; empty where it is to be added.
    private Optional<String> ownTransport(Optional<DescribedWay> known) {
        return known.flatMap(DescribedWay::transport).map(ObjectInstance::path).filter(path -> !isShared(path));
    }

    private Optional<String> ownEnd(Optional<DescribedWay> known) {
        return known.flatMap(DescribedWay::agentMtp).map(ObjectInstance::path).filter(path -> !isShared(path));
    }

    private void mqtt(ControllerMtp.Mqtt mqtt, String path, Optional<DescribedWay> known) {
        Optional<String> present = ownTransport(known);
        String client = present.orElseGet(() -> transaction.add(CLIENTS));
        ControllerMtp.Server broker = mqtt.broker();
        if (present.isEmpty()) {
            // two clients of one name push each other out
            boolean taken = rows("Device.MQTT.", "Client").stream()
                    .anyMatch(other -> DescribedWay.text(other, "BrokerAddress").equals(broker.host())
                            && DescribedWay.text(other, "ClientID").equals(own.toString()));
            transaction.set(client + "ClientID", taken ? "" : own.toString());
        }
        transaction.set(client + "BrokerAddress", broker.host());
        transaction.set(client + "BrokerPort", Integer.toString(broker.port()));
        transaction.set(client + "TransportProtocol", broker.encrypted() ? "TLS" : "TCP/IP");
        transaction.set(client + "Enable", "true");
        Optional<String> end = ownEnd(known);
        String mtp = end.orElseGet(() -> transaction.add(AGENT_MTPS));
        transaction.set(mtp + "Protocol", "MQTT");
        transaction.set(mtp + "MQTT.Reference", withoutDot(client));
        if (end.isEmpty()) {
            transaction.set(mtp + "MQTT.ResponseTopicConfigured", mqtt.own());
        }
        transaction.set(mtp + "Enable", "true");
        transaction.set(path + "MQTT.Topic", mqtt.topic());
        transaction.set(path + "MQTT.AgentMTPReference", withoutDot(mtp));
    }

    private void stomp(ControllerMtp.Stomp stomp, String path, Optional<DescribedWay> known) {
        Optional<String> present = ownTransport(known);
        ControllerMtp.Server broker = stomp.broker();
        String connection = present.orElseGet(() -> {
            boolean taken = rows("Device.STOMP.", "Connection").stream()
                    .anyMatch(other -> DescribedWay.text(other, "Host").equals(broker.host())
                            && DescribedWay.text(other, "VirtualHost").isEmpty());
            String added = transaction.add(CONNECTIONS);
            // no two rows may have the same key; the name of the host says as much as none
            transaction.set(added + "VirtualHost", taken ? broker.host() : "");
            transaction.set(added + "EnableHeartbeats", "true");
            transaction.set(added + "OutgoingHeartbeat", HEART_BEAT);
            transaction.set(added + "IncomingHeartbeat", HEART_BEAT);
            return added;
        });
        transaction.set(connection + "Host", broker.host());
        transaction.set(connection + "Port", Integer.toString(broker.port()));
        transaction.set(connection + "EnableEncryption", Boolean.toString(broker.encrypted()));
        transaction.set(connection + "Enable", "true");
        String mtp = ownEnd(known).orElseGet(() -> transaction.add(AGENT_MTPS));
        transaction.set(mtp + "Protocol", "STOMP");
        transaction.set(mtp + "STOMP.Reference", withoutDot(connection));
        transaction.set(mtp + "Enable", "true");
        transaction.set(path + "STOMP.Destination", stomp.destination());
        transaction.set(path + "STOMP.Reference", withoutDot(connection));
    }

    /// Sockets are named by whoever starts the agent.
    private String socket(String path) {
        return rows("Device.UnixDomainSockets.", "UnixDomainSocket").stream()
                .filter(socket -> DescribedWay.text(socket, "Path").equals(path))
                .map(ObjectInstance::path)
                .map(WayWriting::withoutDot)
                .findFirst()
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        "a socket of this host is used from the next start on, and by the first controller only: unix:"
                                + path));
    }

    private List<ObjectInstance> rows(String holder, String table) {
        return transaction
                .snapshot()
                .object(holder)
                .map(found -> found.rows(table))
                .orElse(List.of());
    }

    /// Renumbers them where they do not come in this order already.
    private void order(List<String> protocols) {
        Map<String, DescribedWay> known = new TreeMap<>();
        ways().forEach(way -> known.put(way.protocol(), way));
        long last = 1;
        boolean ordered = true;
        for (String protocol : protocols) {
            DescribedWay way = known.get(protocol);
            long order = way == null ? 0 : way.order();
            ordered &= order >= last;
            last = order;
        }
        if (!ordered) {
            for (int i = 0; i < protocols.size(); i++) {
                DescribedWay way = known.get(protocols.get(i));
                if (way != null) {
                    transaction.set(way.row().path() + "Order", Integer.toString(i + 1));
                }
            }
        }
    }

    /// Where the agent listens at its brokers.
    ///
    /// @param topic empty for the usual place
    void listenAt(String topic) {
        for (DescribedWay way : ways()) {
            String end = way.agentMtp().map(ObjectInstance::path).orElse("");
            if (!end.isEmpty() && way.protocol().equals("MQTT")) {
                transaction.set(
                        end + "MQTT.ResponseTopicConfigured", topic.isEmpty() ? MqttTopics.forAgent(own) : topic);
            } else if (!end.isEmpty() && way.protocol().equals("STOMP")) {
                transaction.set(end + "STOMP.Destination", topic);
            }
        }
    }

    void setOfBrokers(String parameter, String value) {
        ways().stream()
                .filter(DescribedWay::hasBroker)
                .flatMap(way -> way.transport().stream())
                .forEach(broker -> transaction.set(broker.path() + parameter, value));
    }

    private static String withoutDot(String path) {
        return path.substring(0, path.length() - 1);
    }
}
