// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// All software modules of the catalogue, the newest first.
@Schema(name = "SoftwareModuleList")
public record ModuleList(List<ModuleView> items) {}
