// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Why one parameter could not be set, as SetParameterValuesFault.
public record ParameterFault(String parameterName, FaultStruct fault) {}
