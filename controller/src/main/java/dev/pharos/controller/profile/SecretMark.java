// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;

/// What is kept of a secret that we wrote, to know whether another is wanted: nobody finds the secret from it without
/// our key, and the same secret has another mark on each device and parameter.
@FunctionalInterface
public interface SecretMark {
    Bytes of(EndpointId device, String path, String secret);
}
