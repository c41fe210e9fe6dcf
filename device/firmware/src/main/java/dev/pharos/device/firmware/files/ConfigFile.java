// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// A configuration that a device can give away whole, and take back: a row of `Device.DeviceInfo.VendorConfigFile.`.
/// Thread-safe.
public interface ConfigFile {
    /// At most 64 characters.
    String name();

    /// What it is, for people; at most 256 characters.
    String description();

    /// When it was changed last; empty where that is not known. Must be cheap.
    Optional<Instant> date();

    /// As it is now, at most [Limits#CONFIG_BYTES].
    ///
    /// @throws IOException where it cannot be read, or is larger
    Bytes content() throws IOException, InterruptedException;

    /// Finishes what a restore has begun that a restart or a power cut ended. Called once, when the data model starts.
    default void resume() {}

    /// Has the device be configured so from now on. It is looked at as a whole before any of it counts.
    ///
    /// @throws UspException 7022 where it is none for this device, or does not take effect; all is as before then
    /// @throws IOException where the disk does not do it; all is as before then
    void restore(Bytes content) throws IOException, InterruptedException;
}
