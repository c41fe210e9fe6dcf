// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// A parameter that could not be written.
public record ParamError(String param, long errCode, String errMsg) {}
