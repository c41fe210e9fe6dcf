// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// Why one object or command of a request failed, while others may have succeeded.
public record OperFailure(long errCode, String errMsg) {}
