// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

/// Something that was told on the bus: an event to all who listen, or a notification of one object to those who
/// subscribed to it.
///
/// @param name such as `network.interface`, or of a notification `assoc`
public record UbusEvent(String name, UbusTable data) {}
