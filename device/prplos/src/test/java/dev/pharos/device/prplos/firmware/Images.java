// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Images with what `fwtool` appends to them.
final class Images {
    private static final int MAGIC = 0x46577830;
    private static final byte SIGNATURE = 0;
    private static final byte INFORMATION = 1;

    private Images() {}

    /// An image for a board, signed.
    static byte[] of(String board, String version) {
        return signed(informed(new byte[50_000], """
                {  "metadata_version": "1.1", "compat_version": "1.0", "supported_devices":["%s"], "version": \
                { "dist": "OpenWrt", "version": "%s", "revision": "r28427-6df0e3d02a", "target": "x86/64",\
                 "board": "generic" } }
                """.formatted(board, version)));
    }

    static byte[] informed(byte[] image, String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return with(image, ByteBuffer.allocate(8 + text.length).put(8, text).array(), INFORMATION);
    }

    static byte[] signed(byte[] image) {
        return with(image, "untrusted comment: of the tests".getBytes(StandardCharsets.US_ASCII), SIGNATURE);
    }

    private static byte[] with(byte[] image, byte[] data, byte kind) {
        return ByteBuffer.allocate(image.length + data.length + 16)
                .put(image)
                .put(data)
                .putInt(MAGIC)
                .putInt(0)
                .put(kind)
                .put(new byte[3])
                .putInt(data.length + 16)
                .array();
    }
}
