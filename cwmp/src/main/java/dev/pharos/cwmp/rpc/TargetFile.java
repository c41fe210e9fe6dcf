// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// How large a file is and what it shall be called on the device.
///
/// @param fileSize in bytes, up to 2^32-1; 0 where it is not known
/// @param targetFileName empty where the device may choose
public record TargetFile(long fileSize, String targetFileName) {}
