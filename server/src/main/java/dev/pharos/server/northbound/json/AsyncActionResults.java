// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

/// That a command goes on.
///
/// @param asyncRequestID by which its end is asked for
public record AsyncActionResults(String asyncRequestID) {}
