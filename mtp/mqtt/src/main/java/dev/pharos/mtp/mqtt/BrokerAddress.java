// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import dev.pharos.mtp.tls.ClientTls;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the MQTT library where the broker is. TLS belongs into this one object: a TLS configuration that is
/// set on the client's builder after a transport configuration is silently dropped, and the session would be
/// in the clear.
final class BrokerAddress {
    private BrokerAddress() {}

    /// @param seen is given the certificates of a broker that was found good
    static MqttClientTransportConfig of(
            MqttConfig config, @Nullable ClientTls tls, Consumer<List<X509Certificate>> seen) {
        MqttClientTransportConfigBuilder builder = MqttClientTransportConfig.builder()
                .serverHost(config.host())
                .serverPort(config.port())
                .socketConnectTimeout(Limits.ANSWER_TIME.toSeconds(), TimeUnit.SECONDS)
                .mqttConnectTimeout(Limits.ANSWER_TIME.toSeconds(), TimeUnit.SECONDS);
        if (config.secure() != (tls != null)) {
            throw new IllegalStateException("TLS is used exactly where the URI of the broker says so");
        }
        return tls == null
                ? builder.build()
                : builder.sslConfig(secure(tls, seen)).build();
    }

    private static MqttClientSslConfig secure(ClientTls tls, Consumer<List<X509Certificate>> seen) {
        return MqttClientSslConfig.builder()
                .protocols(ClientTls.PROTOCOLS)
                .trustManagerFactory(tls.trust(seen))
                .keyManagerFactory(tls.keys().orElse(null))
                .build();
    }
}
