// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;

/// A file that a device has.
///
/// @param number by which it is asked for
/// @param name as the device calls it
public record FileOffer(
        @Schema(allowableValues = {"config", "log"}) String kind, int number, String name) {}
