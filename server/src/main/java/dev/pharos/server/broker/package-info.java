// SPDX-License-Identifier: Apache-2.0
/// The MQTT broker within the server: Apache Artemis behind a gate of ours, which knows every client and lets each
/// device reach its own topic and its Controller's, nothing else (R-MQTT.42).
@NullMarked
package dev.pharos.server.broker;

import org.jspecify.annotations.NullMarked;
