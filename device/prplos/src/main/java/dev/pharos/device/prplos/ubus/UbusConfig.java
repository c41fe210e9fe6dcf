// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.usp.Frozen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where ubusd is.
///
/// @param sockets where it may listen; the first that is there is taken
/// @param pause between two tries to reach it
public record UbusConfig(List<Path> sockets, Duration pause) {
    /// The places of OpenWrt, now and in older releases, and the pause that its own programs make.
    public static final UbusConfig OF_THIS_HOST = new UbusConfig(
            List.of(Path.of("/var/run/ubus/ubus.sock"), Path.of("/var/run/ubus.sock")), Duration.ofSeconds(1));

    public UbusConfig {
        sockets = Frozen.list(sockets);
    }

    public static UbusConfig at(Path socket) {
        return new UbusConfig(List.of(socket), OF_THIS_HOST.pause());
    }

    public UbusConfig withPause(Duration other) {
        return new UbusConfig(sockets, other);
    }
}
