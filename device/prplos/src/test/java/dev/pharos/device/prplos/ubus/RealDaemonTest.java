// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/// The conversation over OpenWrt's own ubusd, where the environment names its socket in
/// `PHAROS_UBUS_SOCKET`.
class RealDaemonTest implements UbusConversation {
    private static final String SOCKET = System.getenv().getOrDefault("PHAROS_UBUS_SOCKET", "");

    @BeforeEach
    void a_real_daemon_is_there() {
        Assumptions.assumeTrue(!SOCKET.isEmpty(), "no real ubusd: name its socket in PHAROS_UBUS_SOCKET");
    }

    @Override
    public Path socket() {
        return Path.of(SOCKET);
    }
}
