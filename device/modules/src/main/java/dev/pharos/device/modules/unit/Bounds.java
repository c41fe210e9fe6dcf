// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

/// How much of the host an execution unit may have.
///
/// @param memory in KiB, -1 for no bound
/// @param cpu in percent of all processors of the host, -1 for no bound
/// @param processes at once, threads counted
/// @param disk in KiB for its archive unpacked, -1 for no bound
public record Bounds(long memory, int cpu, int processes, long disk) {
    /// With what management says in its place, where it says something: -1 leaves what the archive says.
    public Bounds with(long memoryNow, int cpuNow, long diskNow) {
        return new Bounds(
                memoryNow < 0 ? memory : memoryNow, cpuNow < 0 ? cpu : cpuNow, processes, diskNow < 0 ? disk : diskNow);
    }
}
