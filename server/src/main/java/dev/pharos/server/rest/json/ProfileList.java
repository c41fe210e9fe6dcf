// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Profiles, or the versions of one, the newest first.
@Schema(name = "Profiles")
public record ProfileList(List<ProfileView> items) {}
