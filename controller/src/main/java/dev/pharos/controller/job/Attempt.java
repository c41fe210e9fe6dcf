// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.EndpointId;

/// A step that is ours to do with a device, as is written down before anything is sent.
///
/// @param tries of this step, this one included
/// @param modelHash of the device's data model, empty where it is not known
public record Attempt(long job, EndpointId device, int step, int tries, String modelHash) {

    Attempt next() {
        return new Attempt(job, device, step + 1, 1, modelHash);
    }
}
