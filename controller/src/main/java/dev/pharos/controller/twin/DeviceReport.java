// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a device collected at one moment.
///
/// @param collected by the device's clock; empty where the report does not say when
/// @param values by what the report calls them, in its order
public record DeviceReport(Optional<Instant> collected, Map<String, String> values) {}
