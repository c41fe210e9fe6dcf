// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.tls.Certificates;
import java.io.IOException;
import java.nio.file.Path;

/// What the devices of the comparison of traffic have in common.
///
/// @param folder where each keeps what it keeps
record TrafficBed(ServerProcess server, RestConnection rest, Certificates certificates, Path folder) {
    TrafficDevice device(TrafficWay way, String serial) throws IOException {
        return TrafficDevice.start(this, way, serial);
    }
}
