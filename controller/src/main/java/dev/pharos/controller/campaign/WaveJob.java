// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

/// A job that a campaign has made.
///
/// @param wave the first is 0; that of a roll-back is for all
public record WaveJob(int wave, Purpose purpose, long job) {

    /// What it is for.
    public enum Purpose {
        /// What the health gate compares, before the wave.
        READ,
        UPDATE,
        /// The same once more, after it.
        CHECK,
        ROLL_BACK
    }
}
