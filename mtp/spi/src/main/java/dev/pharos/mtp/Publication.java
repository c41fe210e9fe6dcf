// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Bytes;

/// Something else than a Record that we publish at a broker, for whoever listens there.
///
/// @param contentType media type with its character set; carried by MQTT 5 only (R-BULK.8a)
/// @param qos 0 to 2
/// @param retain whether the broker keeps it for those who come later
public record Publication(String topic, Bytes payload, String contentType, int qos, boolean retain) {}
