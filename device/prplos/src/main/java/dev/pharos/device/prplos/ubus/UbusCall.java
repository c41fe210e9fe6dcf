// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

/// A call of a method of ours.
///
/// @param caller the client that calls
/// @param user under whose rights it runs, as ubusd says, which cannot be forged; empty where unknown
/// @param group likewise
public record UbusCall(int caller, String user, String group, String method, UbusTable arguments) {}
