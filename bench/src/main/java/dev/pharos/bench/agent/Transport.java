// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.bench.broker.MosquittoProcess;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// How the measuring controller is reached.
enum Transport {
    WS,
    MQTT,
    UDS;

    /// The controller's place on this transport, started, for one peer alone.
    ///
    /// @param folder for a socket
    Place open(ControllerEnd controller, Path folder) throws IOException, InterruptedException {
        return switch (this) {
            case WS -> {
                WebSocketServerMtp mtp =
                        new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, ControllerEnd.OWN));
                mtp.start(controller);
                yield new Place(mtp, "ws://127.0.0.1:" + mtp.port() + WebSocketServerConfig.DEFAULT_PATH);
            }
            case UDS -> {
                Path socket = folder.resolve("controller");
                Mtp mtp = new UdsServerMtp(UdsServerConfig.at(socket, ControllerEnd.OWN));
                mtp.start(controller);
                yield new Place(mtp, "unix:" + socket);
            }
            case MQTT -> {
                MosquittoProcess broker = MosquittoProcess.start();
                Mtp mtp = new MqttMtp(MqttConfig.controller(broker.uri(), ControllerEnd.OWN));
                mtp.start(controller);
                yield new Place(mtp, broker.uri().toString(), Optional.of(broker));
            }
        };
    }

    /// Where the controller is.
    ///
    /// @param address what the peer is told
    /// @param broker between them, where there is one
    record Place(Mtp mtp, String address, Optional<MosquittoProcess> broker) implements AutoCloseable {
        Place(Mtp mtp, String address) {
            this(mtp, address, Optional.empty());
        }

        @Override
        public void close() throws IOException {
            mtp.close();
            if (broker.isPresent()) {
                broker.get().close();
            }
        }
    }
}
