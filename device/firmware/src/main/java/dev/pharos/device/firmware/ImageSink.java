// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.io.IOException;

/// Where the bytes of an image go, in their order.
public interface ImageSink {
    /// Forgets what was written: the image comes from its first byte again.
    ///
    /// @throws IOException where it cannot, for lack of room for instance
    void restart() throws IOException;

    /// @param length how many of the bytes
    /// @throws IOException where it does not take them, for lack of room for instance
    void write(byte[] bytes, int length) throws IOException;

    /// Told how the server calls this version of the file, before its first byte.
    ///
    /// @param tag a strong entity tag, or empty
    default void identified(String tag) throws IOException {}
}
