// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// The diagnostics of a device, the newest first.
public record DiagnosticList(List<Diagnostic> items) {}
