// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;

/// A parameter that could not be written although its object could; `param` is relative to the object.
public record ParameterError(String param, Fault fault) {}
