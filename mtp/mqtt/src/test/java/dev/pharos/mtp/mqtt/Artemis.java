// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// Apache Artemis within this process.
final class Artemis implements TestBroker {
    private final Path folder;
    private EmbeddedActiveMQ broker;
    private int port;

    Artemis(Path folder) throws IOException {
        this.folder = folder;
        this.broker = launch(0);
    }

    private EmbeddedActiveMQ launch(int wantedPort) throws IOException {
        try {
            ConfigurationImpl configuration = new ConfigurationImpl();
            configuration.setPersistenceEnabled(false);
            configuration.setSecurityEnabled(false);
            configuration.setJMXManagementEnabled(false);
            configuration.setBrokerInstance(folder.toFile());
            // Addresses without a queue; without any, Artemis warns for each queue that it makes.
            configuration.addAddressSetting(
                    "#",
                    new AddressSettings()
                            .setExpiryAddress(SimpleString.of("expired"))
                            .setDeadLetterAddress(SimpleString.of("undeliverable")));
            configuration.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + wantedPort + "?protocols=MQTT");
            EmbeddedActiveMQ started = new EmbeddedActiveMQ().setConfiguration(configuration);
            started.start();
            // Artemis starts normally also when it could not listen.
            NettyAcceptor acceptor = (NettyAcceptor)
                    started.getActiveMQServer().getRemotingService().getAcceptor("mqtt");
            port = acceptor.getActualPort();
            if (port > 0) {
                return started;
            }
            started.stop();
            throw new IOException("Artemis cannot listen on port " + wantedPort);
        } catch (IOException known) {
            throw known;
        } catch (Exception anything) {
            throw new IOException("Artemis does not start", anything);
        }
    }

    private static void stop(EmbeddedActiveMQ running) throws IOException {
        try {
            running.stop();
        } catch (Exception anything) {
            throw new IOException("Artemis does not stop", anything);
        }
    }

    @Override
    public URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    @Override
    public void restart() throws IOException {
        stop(broker);
        broker = launch(port);
    }

    @Override
    public void close() throws IOException {
        stop(broker);
    }
}
