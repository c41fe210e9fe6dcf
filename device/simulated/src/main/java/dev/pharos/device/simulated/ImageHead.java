// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.device.firmware.ImageSink;
import java.util.Arrays;

/// Keeps the first bytes of an image, and nothing else.
final class ImageHead implements ImageSink {
    private byte[] bytes = new byte[0];

    @Override
    public void restart() {
        bytes = new byte[0];
    }

    @Override
    public void write(byte[] more, int length) {
        int taken = Math.min(length, Limits.IMAGE_HEAD - bytes.length);
        if (taken > 0) {
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + taken);
            System.arraycopy(more, 0, bytes, before, taken);
        }
    }

    ImageTraits traits() {
        return ImageTraits.of(bytes);
    }
}
