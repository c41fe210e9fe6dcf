// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

/// An object that was found on the bus.
///
/// @param id until its owner or ubusd goes
/// @param methods by name, each a table with the number of the kind of each argument
public record UbusFound(String path, int id, UbusTable methods) {}
