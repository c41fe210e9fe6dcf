// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.broker;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Our MQTT MTP as an Agent and as a Controller, which gives every Record back.
final class OurPath implements AutoCloseable {
    private static final EndpointId CONTROLLER = EndpointId.of("self::bench-controller");
    private static final EndpointId AGENT = EndpointId.of("proto::bench-agent");
    private static final long PATIENCE_SECONDS = 30;

    private final MqttMtp controller;
    private final MqttMtp agent;
    private final RoundTrips trips = new RoundTrips();
    private final MtpConnection toController;

    OurPath(URI broker) throws Exception {
        controller = new MqttMtp(MqttConfig.controller(broker, CONTROLLER));
        agent = new MqttMtp(MqttConfig.agent(broker, AGENT, MqttTopics.forController(CONTROLLER)));
        controller.start(new Receiver(new CompletableFuture<>(), OurPath::giveBack));
        CompletableFuture<MtpConnection> connected = new CompletableFuture<>();
        agent.start(new Receiver(connected, (from, record) -> trips.cameBack(record.toByteArray())));
        toController = connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        trips.awaitWay(message -> toController.send(Bytes.copyOf(message)));
    }

    private static void giveBack(MtpConnection from, Bytes record) {
        try {
            from.send(record);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    double measure(int times) throws Exception {
        return trips.measure(times, message -> toController.send(Bytes.copyOf(message)));
    }

    @Override
    public void close() {
        agent.close();
        controller.close();
    }

    private record Receiver(CompletableFuture<MtpConnection> first, BiConsumer<MtpConnection, Bytes> records)
            implements MtpReceiver {
        @Override
        public void connected(MtpConnection connection) {
            first.complete(connection);
        }

        @Override
        public void received(MtpConnection connection, Bytes record) {
            records.accept(connection, record);
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {}

        @Override
        public void refused(PeerIdentity peer, String reason) {
            first.completeExceptionally(new IOException(reason));
        }
    }
}
