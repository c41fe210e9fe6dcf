// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.broker;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The baseline: two clients of the same MQTT library with nothing of ours between, one of which gives every
/// message back, with QoS 1 and a response topic as USP has them.
final class BarePath implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final String ASK = "bare/controller";
    private static final String ANSWER = "bare/agent";

    private final Mqtt5AsyncClient echo;
    private final Mqtt5AsyncClient caller;
    private final RoundTrips trips = new RoundTrips();

    BarePath(int port) throws InterruptedException, ExecutionException, TimeoutException {
        echo = client(port);
        caller = client(port);
        await(echo.connect());
        await(caller.connect());
        await(echo.subscribeWith()
                .topicFilter(ASK)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> {
                    // what cannot be published never comes back, which the caller sees
                    var _ = echo.publishWith()
                            .topic(message.getResponseTopic().orElseThrow())
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .contentType("usp.msg")
                            .responseTopic(ASK)
                            .payload(message.getPayloadAsBytes())
                            .send();
                })
                .send());
        await(caller.subscribeWith()
                .topicFilter(ANSWER)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> trips.cameBack(message.getPayloadAsBytes()))
                .send());
    }

    private static Mqtt5AsyncClient client(int port) {
        return Mqtt5Client.builder()
                .identifier("bare-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }

    private static void await(CompletableFuture<?> done)
            throws InterruptedException, ExecutionException, TimeoutException {
        done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    double measure(int times) throws Exception {
        return trips.measure(times, message -> {
            var _ = caller.publishWith()
                    .topic(ASK)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .contentType("usp.msg")
                    .responseTopic(ANSWER)
                    .payload(message)
                    .send();
        });
    }

    @Override
    public void close() {
        caller.disconnect().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        echo.disconnect().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
