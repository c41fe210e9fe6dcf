// SPDX-License-Identifier: Apache-2.0
/// The MQTT transport of USP in both roles (TR-369, section "MQTT Binding"), for MQTT 5 and 3.1.1. One USP
/// Record is the payload of one PUBLISH packet; a connection is the pair of our session at the broker and one
/// peer's reply-to topic.
@NullMarked
package dev.pharos.mtp.mqtt;

import org.jspecify.annotations.NullMarked;
