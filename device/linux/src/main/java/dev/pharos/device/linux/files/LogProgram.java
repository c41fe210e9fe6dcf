// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.files;

import static dev.pharos.device.firmware.files.Limits.LOG_BYTES;

import dev.pharos.device.firmware.Outgoing;
import dev.pharos.device.firmware.files.LogFile;
import dev.pharos.device.linux.program.HostProgram;

/// A log that is in the memory of a daemon, and printed by a program: OpenWrt's `logread`.
///
/// @param program run without any argument
public record LogProgram(HostProgram program) implements LogFile {
    @Override
    public String name() {
        return "syslog";
    }

    /// The daemon's own settings say it.
    @Override
    public long maximumSize() {
        return 0;
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public Outgoing content() throws InterruptedException {
        return Outgoing.of(program.run(Limits.LOG, (int) LOG_BYTES).mustBeGood().output());
    }
}
