// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The response to a method that this side does not know and so has never asked for. What it says is not read.
public record UnknownResponse(String method) implements Response {}
