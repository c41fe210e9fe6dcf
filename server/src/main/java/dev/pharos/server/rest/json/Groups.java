// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All groups, by name.
public record Groups(List<Group> items) {}
