// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A parameter or object that is there, as ParameterInfoStruct.
///
/// @param name the whole path; that of an object ends with a dot
/// @param writable for a parameter whether it can be set, for a table whether rows can be added, for a row whether it
/// can be deleted
public record ParameterInfo(String name, boolean writable) {}
