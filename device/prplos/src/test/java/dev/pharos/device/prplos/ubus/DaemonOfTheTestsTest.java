// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The conversation over the ubusd of the tests.
class DaemonOfTheTestsTest implements UbusConversation {
    @TempDir
    private Path folder = Path.of("");

    private @Nullable UbusDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = UbusDaemon.at(folder.resolve("ubus.sock"));
    }

    @AfterEach
    void stop() throws IOException {
        Objects.requireNonNull(daemon).close();
    }

    @Override
    public Path socket() {
        return Objects.requireNonNull(daemon).socket();
    }
}
