// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.mtp.RetryBackoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A way to one controller, all of it as the data model says.
public sealed interface Route {
    /// @param backoff between attempts
    record WebSocket(String host, int port, String path, boolean encrypted, RetryBackoff backoff) implements Route {}

    /// @param topic the controller's
    /// @param own where we listen, unless the broker says where; empty: where the broker or a filter says
    /// @param filters further ones that we subscribe to
    /// @param qos with which we publish, 0 or 1
    /// @param will what the broker publishes for us when it loses us
    record Mqtt(
            MqttClient client, String topic, Optional<String> own, List<Filter> filters, int qos, Optional<Will> will)
            implements Route {
        Mqtt with(List<Filter> others) {
            return new Mqtt(client, topic, own, others, qos, will);
        }
    }

    /// @param destination the controller's
    /// @param own where we listen, unless the broker says where
    record Stomp(StompConnection connection, String destination, Optional<String> own) implements Route {}

    record Uds(Path socket) implements Route {}

    /// A broker and who we are there.
    ///
    /// @param username empty for none
    /// @param password as the data model has it; empty where it is left to the program
    record Broker(String host, int port, boolean encrypted, String username, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return (encrypted ? "tls " : "") + host + ":" + port + (username.isEmpty() ? "" : " as " + username);
        }
    }

    /// A row of `Device.MQTT.Client.`.
    ///
    /// @param clientId empty where the broker is to choose
    /// @param clean whether the broker begins a session without memory of the last
    /// @param keepAlive zero for none
    record MqttClient(
            Broker broker, boolean version5, String clientId, boolean clean, Duration keepAlive, Retry retry) {}

    /// How a broker is tried again.
    ///
    /// @param answerTime how long it may take to answer a SUBSCRIBE before the attempt counts as failed
    /// @param longest no wait is longer
    record Retry(RetryBackoff backoff, Duration longest, Duration answerTime) {}

    /// As the data model has it: where it is no topic, or there is no value, the connection is misconfigured.
    record Will(String topic, String value, int qos, boolean retain) {}

    /// A subscription to a topic filter.
    record Filter(String topic, int qos) {}

    /// A row of `Device.STOMP.Connection.`.
    ///
    /// @param heartBeat how often we send and want to hear; empty for no heart-beats
    /// @param initial the first bound of the wait between attempts
    /// @param multiplier of it in thousandths
    /// @param longest no bound is larger
    record StompConnection(
            Broker broker,
            String virtualHost,
            Optional<HeartBeat> heartBeat,
            Duration initial,
            int multiplier,
            Duration longest) {}

    /// @param outgoing zero for none
    /// @param incoming zero for none
    record HeartBeat(Duration outgoing, Duration incoming) {}
}
