// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// One parameter to write, in an Add or a Set.
///
/// @param param relative to the object; may reach into nested single-instance objects
/// @param required whether the object as a whole fails when this parameter does
public record ParameterSetting(String param, String value, boolean required) {}
