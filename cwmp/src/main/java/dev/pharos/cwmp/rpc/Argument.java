// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A named argument of RequestDownload, as ArgStruct.
public record Argument(String name, String value) {}
