// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

import dev.pharos.device.firmware.ImageSink;
import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Holds a file that is fetched, as long as it is small.
final class MemorySink implements ImageSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Bytes content() {
        return Bytes.adopt(bytes.toByteArray());
    }

    @Override
    public void restart() {
        bytes.reset();
    }

    @Override
    public void write(byte[] more, int length) throws IOException {
        if (bytes.size() + length > Limits.CONFIG_BYTES) {
            throw new IOException("a configuration has at most " + Limits.CONFIG_BYTES + " bytes");
        }
        bytes.write(more, 0, length);
    }
}
